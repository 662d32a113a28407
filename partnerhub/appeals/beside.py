"""What appeals put on a lead's page: the card of its appeal, the way to begin it anew, and the links between clones."""

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.beside import Beside
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.appeals.selectors import CLONED_FROM, appeal_of, clones_of
from partnerhub.appeals.services import APPEALS
from partnerhub.appeals.states import Status
from partnerhub.records.standing import standing_of
from partnerhub.roles import LEADS_SUBMIT, PARTNER
from partnerhub.web.actions import Action


def appeal_beside(lead: Lead, membership: Membership) -> Beside | None:
    """The card of its appeal; no statement where it has none."""
    appeal = appeal_of(lead) if lead.appeal_text else None
    if appeal is None:
        return None
    card = standing_of(APPEALS, appeal, see=_("See appeal"))
    next_words = card.next if appeal.status == Status.OPEN else ""
    return Beside(events=[appeal.pk], template=card.template, next=next_words, context=card.context)


def clones_beside(lead: Lead, membership: Membership) -> Beside | None:
    """*Clone*, where the lead came to nothing; and the leads that it is linked with. One statement or two."""
    if lead.submitted_at is None:
        return None
    clones = clones_of(lead, membership)
    template = "appeals/clones.html" if clones["source"] or clones["made"] else ""
    return Beside(_clone(lead, membership), template=template, context={"clones": clones}, paper=True)


def _clone(lead: Lead, membership: Membership) -> list[Action]:
    may = membership.side == PARTNER and membership.can(LEADS_SUBMIT) and lead.status in CLONED_FROM
    may = may and lead.objected_at is None
    return [Action("clone", _("Clone"), reverse("appeals:clone", args=[lead.pk]))] if may else []
