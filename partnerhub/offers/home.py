"""What offered deals put on a person's home: those that wait for the partner's answer."""

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.offers.services import OFFERS
from partnerhub.offers.states import OfferStatus
from partnerhub.roles import DEALS_MANAGE, PARTNER
from partnerhub.web.formats import moment_text
from partnerhub.web.homes import Figure, Part

MOST_OFFERS_COUNTED = 100


def home_of(membership: Membership) -> Part:
    """The task of whoever may accept, with the time by which the first is due; one statement."""
    if membership.side != PARTNER or not membership.can(DEALS_MANAGE):
        return Part()
    rows = OFFERS.rows(membership).filter(status=OfferStatus.RECEIVED, due_at__gt=now()).order_by("due_at")
    due = list(rows.values_list("due_at", flat=True)[: MOST_OFFERS_COUNTED + 1])
    if not due:
        return Part()
    count = f"{MOST_OFFERS_COUNTED}+" if len(due) > MOST_OFFERS_COUNTED else str(len(due))
    note = _("the first by %(moment)s") % {"moment": moment_text(due[0])}
    url = f"{reverse('offers:offers')}?status={OfferStatus.RECEIVED.value}"
    return Part(figures=[Figure(_("Deals offered to you"), count, note, url)])
