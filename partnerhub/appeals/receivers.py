"""What appeals hear of leads, and of their clocks."""

from partnerhub.appeals.services import decided_with_lead, move_appeals, open_appeal, remind_deciders
from partnerhub.clocks.services import register_step
from partnerhub.clocks.states import Clocked
from partnerhub.events.models import Event
from partnerhub.events.services import hears


@hears("lead.appealed")
def lead_appealed(event: Event) -> None:
    open_appeal(event)


@hears("lead.refused", "lead.started", "lead.awarded", "lead.withdrawn", "lead.objected")
def appeal_decided(event: Event) -> None:
    decided_with_lead(event)


register_step(Clocked.APPEAL, moved=move_appeals, remind=remind_deciders)
