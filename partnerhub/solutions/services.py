"""Verbs on solutions: kept by their partner, reviewed by the vendor (rulings 21)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted
from partnerhub.partners import kept
from partnerhub.partners.entries import change_entry
from partnerhub.partners.models import Solution
from partnerhub.records.kinds import Records
from partnerhub.records.values import needs_text
from partnerhub.roles import PROFILE_MANAGE, SOLUTIONS_VIEW
from partnerhub.solutions.selectors import seen_by
from partnerhub.solutions.states import SOLUTION


class Solutions(Records[Solution]):
    """What the record machinery knows of solutions."""

    permission = SOLUTIONS_VIEW
    model, machine = Solution, SOLUTION
    plural, called, many, icon = "all_solutions", _("Solution"), _("Solutions"), "layers"
    joins = ("partner",)
    labels = {
        "name": _("Name"),
        "status": _("Status"),
        "description": _("Description"),
        "website": _("Website"),
        "is_retired": _("Retired"),
    }
    tells = {"name": "name", "partner_name": "partner.name"}

    seen_by = staticmethod(seen_by)


SOLUTIONS = Solutions()


@transaction.atomic
def draft_solution(*, by: Membership, **values: str) -> Solution:
    """A draft of the own partner's. Raises Refused by field, NotPermitted."""
    if not by.can(PROFILE_MANAGE) or by.partner_id is None:
        raise NotPermitted(PROFILE_MANAGE)
    return SOLUTIONS.find(by, kept.add_solution(by.partner_id, values, by=by).pk)


@SOLUTIONS.verb("edit")
@transaction.atomic
def edit_solution(solution_id: UUID, *, by: Membership, seen: int | None = None, **values: str) -> Solution:
    """Other words, in whatever state but the last. Raises Refused by field, Stale."""
    held = SOLUTIONS.locked(solution_id, by=by, seen=seen)
    SOLUTION.check("edit", held, by)
    change_entry(held, values, by=by, kind="solution.changed", seen=None)
    return held


def _simple(name: str) -> Any:
    """The verb of a step that asks for nothing, or for the words to the partner."""

    @SOLUTIONS.verb(name)
    @transaction.atomic
    def verb(solution_id: UUID, *, by: Membership, seen: int | None = None, **asked: str) -> Solution:
        held = SOLUTIONS.locked(solution_id, by=by, seen=seen)
        SOLUTION.check(name, held, by)
        data = {"reason_text": needs_text(asked["text"], "text")} if asked else {}
        return SOLUTIONS.take(name, held, by=by, data=data)

    return verb


send_for_review, publish_solution, ask_to_change, mark_co_sell_ready, withdraw_solution = map(
    _simple, ("send_for_review", "publish", "ask_to_change", "mark_co_sell_ready", "withdraw")
)
