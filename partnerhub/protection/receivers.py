"""What protection hears of leads."""

from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.protection.services import close, note_activity, protect


@hears("lead.started", "lead.award_taken_back")
def lead_accepted(event: Event) -> None:
    protect(event.subject_id, event.occurred_at)


@hears("lead.awarded")
def lead_awarded(event: Event) -> None:
    close(event.subject_id, is_kept=True)


@hears("lead.refused", "lead.withdrawn", "lead.objected", "lead.converted")
def lead_over(event: Event) -> None:
    """A converted lead holds nobody out any more: the registration of its deal does (rulings 14)."""
    close(event.subject_id, is_kept=False)


@hears("note.shared", "lead.info_given", "file.attached")
def lead_worked_on(event: Event) -> None:
    if event.subject_type == "lead":
        note_activity(event)
