"""What the conflict desk hears of leads."""

from partnerhub.conflicts.services import end_case_with_lead, open_case
from partnerhub.events.models import Event
from partnerhub.events.services import hears


@hears("lead.submitted")
def lead_sent_for_review(event: Event) -> None:
    if event.data.get("is_in_review"):
        open_case(event.subject_id)


@hears("lead.let_stand", "lead.awarded", "lead.refused", "lead.withdrawn", "lead.objected")
def case_over(event: Event) -> None:
    """Only of a lead in review: an award and *Let it stand* say that it was."""
    if event.kind in {"lead.refused", "lead.withdrawn"} or "is_in_review" in event.after:
        end_case_with_lead(event)
