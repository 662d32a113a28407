"""What may change the rank of a partner: noted in the same transaction, counted by the worker."""

from collections.abc import Sequence

from leads.states import Status as LeadStatus
from partnerhub.events.models import Event
from partnerhub.events.services import hears_together
from partnerhub.ranking.services import note_uncounted

BY_PROGRESS = frozenset({"lead.converted", "claim.progress"})
"""Of leads and their claims, beside what changes their status."""
LEAD_COUNTS_FROM = frozenset(
    {LeadStatus.IN_PROGRESS, LeadStatus.AWARDED, LeadStatus.NOT_ELIGIBLE, LeadStatus.MORE_INFO}
)
LEAD_COUNTS_TO = LEAD_COUNTS_FROM - {LeadStatus.MORE_INFO}


@hears_together("lead.*")
def lead_moved_on(events: Sequence[Event]) -> None:
    """A lead that comes in counts nothing yet, nor does a question before it is answered, nor what a partner takes from
    a queue or is given: only the answer to an offer does at once.
    """
    note_uncounted([event for event in events if event.kind in BY_PROGRESS or _counts(event)])


def _counts(event: Event) -> bool:
    if event.kind == "lead.claimed":
        return bool(event.data.get("was_offered"))
    return event.before.get("status") in LEAD_COUNTS_FROM or event.after.get("status") in LEAD_COUNTS_TO


@hears_together("claim.*")
def claim_moved_on(events: Sequence[Event]) -> None:
    """An offer counts nothing before it is answered."""
    moved = [event for event in events if event.kind in BY_PROGRESS or "status" in event.after]
    note_uncounted([event for event in moved if event.kind != "claim.offered"])


@hears_together("deal.*")
def deal_moved_on(events: Sequence[Event]) -> None:
    note_uncounted([event for event in events if event.after])


@hears_together("dealoffer.*")
def offered_deal_moved_on(events: Sequence[Event]) -> None:
    """An offer counts nothing before it is answered."""
    note_uncounted([event for event in events if event.after and event.kind != "dealoffer.sent"])


@hears_together("clock.answer_overdue")
def answer_is_late(events: Sequence[Event]) -> None:
    note_uncounted(events)
