"""What upgrade invitations hear of leads."""

from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.upgrades.services import end_with_lead


@hears("lead.withdrawn", "lead.objected", "lead.refused", "lead.awarded", "lead.converted")
def lead_decided(event: Event) -> None:
    end_with_lead(event.subject_id)
