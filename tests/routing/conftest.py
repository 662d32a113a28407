"""Rules that are on, and leads that come in."""

from collections.abc import Callable
from typing import Any

import pytest

from partnerhub.accounts.models import Membership
from partnerhub.routing.models import RuleSet
from partnerhub.routing.services import begin_rule_set, set_rules, switch_on
from tests.routing.brings import rule

__all__ = ["rule"]
SwitchOn = Callable[..., RuleSet]


@pytest.fixture
def rules_on(acting: Any, manager: Membership) -> SwitchOn:
    """`rules_on(rule, …)` writes a version with these rules and switches it on."""

    def make(*rules: dict[str, Any]) -> RuleSet:
        with acting(manager):
            draft = set_rules(begin_rule_set(by=manager).pk, rules, by=manager)
            return switch_on(draft.pk, by=manager, seen=draft.version)

    return make
