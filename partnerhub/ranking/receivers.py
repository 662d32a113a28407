"""What may change the rank of a partner: noted in the same transaction, counted by the worker."""

from collections.abc import Sequence

from partnerhub.events.models import Event
from partnerhub.events.services import hears_together
from partnerhub.ranking.services import note_uncounted

BY_THEMSELVES = frozenset({"lead.claimed", "lead.converted", "claim.progress", "claim.offered"})
"""Of leads and their claims, beside what changes their status."""


@hears_together("lead.*", "claim.*")
def lead_moved_on(events: Sequence[Event]) -> None:
    note_uncounted([event for event in events if event.kind in BY_THEMSELVES or "status" in event.after])


@hears_together("deal.*")
def deal_moved_on(events: Sequence[Event]) -> None:
    note_uncounted([event for event in events if event.after])


@hears_together("clock.answer_overdue")
def answer_is_late(events: Sequence[Event]) -> None:
    note_uncounted(events)
