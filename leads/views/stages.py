"""Where a lead stands on its way: two or three stages, one of them now."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.states import Kind, Status


class StagePlace(StrEnum):
    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Stage:
    label: str | Promise
    place: StagePlace


_DECISION = _("Decision")
_PAYOUT = _("Payout, if it meets the terms")


def stages_of(lead: Lead) -> list[Stage]:
    """What is behind the lead, where it is, and what is to come. A decided lead has nothing to come."""
    behind, ahead = _around(lead)
    now = Stage(Status(lead.status).label, StagePlace.NOW)
    return [*(Stage(word, StagePlace.DONE) for word in behind), now, *(Stage(word, StagePlace.LATER) for word in ahead)]


def _around(lead: Lead) -> tuple[list[str | Promise], list[str | Promise]]:
    """The words before the status and after it."""
    submitted = Status.SUBMITTED.label
    match lead.status:
        case Status.SUBMITTED if lead.program.kind == Kind.POS and not lead.sales_support:
            return [], [_PAYOUT]
        case Status.SUBMITTED:
            return [], [Status.IN_PROGRESS.label, _DECISION]
        case Status.IN_PROGRESS | Status.MORE_INFO:
            return [submitted], [_DECISION]
        case Status.CONVERTED:
            return [submitted, Status.IN_PROGRESS.label], []
    return [submitted], []
