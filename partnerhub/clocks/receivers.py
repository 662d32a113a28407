"""What clocks hear of leads."""

from django.utils.timezone import now

from partnerhub.clocks.services import keep_clocks
from partnerhub.events.models import Event
from partnerhub.events.services import LONG_PAST, hears

MOVING = frozenset(
    {
        *("lead.set_aside", "lead.taken_up", "lead.looked_at_again", "lead.support_asked"),
        *("lead.seen", "lead.unseen"),
    }
)
OF_VENDORS = frozenset({"lead.claimed", "lead.entered", "lead.entered_for"})
BY_THE_WORKER = frozenset({"lead.submitted"})
"""The submission has the conflict check alone (rulings 11): the worker begins its clock before it tells of it."""


@hears("lead.*")
def lead_moved(event: Event) -> None:
    if event.kind not in OF_VENDORS | BY_THE_WORKER and ("status" in event.after or event.kind in MOVING):
        keep_clocks(event.subject_id, event.kind, event.occurred_at, late=event.occurred_at < now() - LONG_PAST)
