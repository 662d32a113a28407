"""What appeals hear of leads."""

from partnerhub.appeals.services import decided_with_lead, open_appeal
from partnerhub.events.models import Event
from partnerhub.events.services import hears


@hears("lead.appealed")
def lead_appealed(event: Event) -> None:
    open_appeal(event)


@hears("lead.refused", "lead.started", "lead.awarded", "lead.withdrawn", "lead.objected")
def appeal_decided(event: Event) -> None:
    decided_with_lead(event)
