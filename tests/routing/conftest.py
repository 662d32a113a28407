"""Rules that are on, and leads that come in."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Program
from partnerhub.accounts.models import Membership
from partnerhub.routing.models import RuleSet
from partnerhub.routing.selectors import programs_without_fallback
from partnerhub.routing.services import begin_rule_set, name_fallback, set_rules, switch_on
from tests.routing.brings import rule

__all__ = ["rule"]
SwitchOn = Callable[..., RuleSet]


@pytest.fixture
def rules_on(acting: Any, manager: Membership) -> SwitchOn:
    """`rules_on(rule, …)` writes a version with these rules and switches it on; without another, the manager is the
    fallback of each program.
    """

    def make(*rules: dict[str, Any]) -> RuleSet:
        with acting(manager):
            for program in programs_without_fallback():
                name_fallback(Program.objects.get(name=program).pk, to=manager.pk, by=manager)
            draft = set_rules(begin_rule_set(by=manager).pk, rules, by=manager)
            return switch_on(draft.pk, by=manager, seen=draft.version)

    return make
