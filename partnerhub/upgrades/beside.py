"""What upgrade invitations put on a lead's page: the way to send one, the card, and their events."""

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.beside import Beside
from leads.models import Lead
from leads.states import OPEN, Kind
from partnerhub.actors import Seat
from partnerhub.records.standing import standing_of
from partnerhub.roles import PARTNER
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import current_terms, invitations_of, why_not
from partnerhub.upgrades.services import INVITATIONS
from partnerhub.upgrades.states import OPEN as OUT
from partnerhub.web.actions import Action


def beside_lead(lead: Lead, membership: Seat) -> Beside | None:
    """For Plus leads alone; one statement for the invitations, one for the terms while one could be sent."""
    if lead.program.kind != Kind.PLUS or lead.submitted_at is None:
        return None
    sent = invitations_of(lead)
    actions = [_send(lead, sent, membership)] if membership.side == PARTNER and lead.status in OPEN else []
    actions = [action for action in actions if not any(reason.final for reason in action.reasons if not reason.ok)]
    if not sent:
        return Beside(actions)
    card = standing_of(INVITATIONS, sent[0], see=_("See invitation"))
    is_out = sent[0].status in OUT and lead.status in OPEN
    return Beside(actions, [one.pk for one in sent], card.template, card.next if is_out else "", context=card.context)


def _send(lead: Lead, sent: list[UpgradeInvitation], membership: Seat) -> Action:
    return Action(
        "send_upgrade",
        _("Send upgrade invitation"),
        f"{reverse('upgrades:send', args=[lead.pk])}?seen={lead.version}",
        reasons=why_not(lead, current_terms(), sent, membership),
    )
