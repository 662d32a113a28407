"""What deals hear of from the packages below, and what one may write on a deal."""

from uuid import UUID

from deals.models import Deal
from deals.selectors.talk import can_comment, can_note
from deals.services.deals import DEALS, note_both_at_work
from deals.services.registering import end_registrations
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.notes import subjects
from partnerhub.roles import VENDOR


def register_talk() -> None:
    """Called once when the app is ready."""
    subjects.register(
        "deal", find=_find, can_comment=can_comment, describe=DEALS.event_data, can_note=can_note, names=_named
    )


def _named(deal: Deal) -> list[UUID | None]:
    return [*deal.team, deal.vendor_contact_id]


def _find(membership: Membership, deal_id: UUID) -> Deal | None:
    try:
        return DEALS.find(membership, deal_id)
    except Deal.DoesNotExist:
        return None


@hears("deal.won", "deal.lost", "deal.struck")
def deal_closed(event: Event) -> None:
    end_registrations(event.subject_id)


@hears("note.shared", "file.attached")
def other_side_wrote(event: Event) -> None:
    """The other side's first message or file: both are at work on the deal from then on (states.md, Deal)."""
    if event.subject_type == "deal" and event.actor_side == VENDOR:
        note_both_at_work(event.subject_id)
