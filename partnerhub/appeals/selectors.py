"""What a member may see of appeals: those of the leads that they may see."""

from leads.models import Lead
from leads.selectors import leads_for
from leads.states import Status
from partnerhub.actors import Seat
from partnerhub.appeals.models import Appeal
from partnerhub.web.rows import read

CLONED_FROM = (Status.NOT_ELIGIBLE, Status.WITHDRAWN)
CLONE_LINKS = """
    SELECT source_id, clone_id FROM appeals_leadclone
    WHERE tenant_id = %s AND (source_id = %s OR clone_id = %s) LIMIT 20
"""


def appeal_of(lead: Lead) -> Appeal | None:
    """The appeal of a lead; None where there is none."""
    return Appeal.objects.select_related("appealed_by__user").filter(lead=lead).first()


def clones_of(lead: Lead, membership: Seat) -> dict[str, list[Lead]]:
    """The leads that were begun with this one's answers, and the one with whose it was: {made, source}, as far as the
    member may see them. Two statements."""
    pairs = read(CLONE_LINKS, [lead.tenant_id, lead.pk, lead.pk])
    if not pairs:
        return {"source": [], "made": []}
    found = {one.pk: one for one in leads_for(membership).filter(pk__in={key for pair in pairs for key in pair})}
    return {
        "source": [found[source] for source, clone in pairs if clone == lead.pk and source in found],
        "made": [found[clone] for source, clone in pairs if source == lead.pk and clone in found],
    }
