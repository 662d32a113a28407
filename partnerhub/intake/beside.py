"""What intake puts on a lead's page: by which link it came in, and that the person objected."""

from django.utils.translation import gettext as _

from leads.beside import Beside
from leads.models import Lead
from leads.states import Origin
from partnerhub.actors import Seat
from partnerhub.intake.selectors import intakes_of

OUTCOME = "intake/beside.html"


def intake_beside(lead: Lead, membership: Seat) -> Beside | None:
    """One statement, and none for leads that came in by another road."""
    if lead.origin != Origin.INTAKE:
        return None
    intake = intakes_of(lead).first()
    if intake is None:
        return None
    words = ""
    if intake.objected_at is not None:
        words = _("The person objected to being referred. Nobody works on this lead, and nobody may write to them.")
    return Beside((), [intake.pk], OUTCOME, words, context={"intake": intake, "objected": bool(words)})
