"""What offered deals put on a person's home: those that wait for the partner's answer."""

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.offers.services import OFFERS
from partnerhub.offers.states import OfferStatus
from partnerhub.roles import DEALS_MANAGE, PARTNER
from partnerhub.web.homes import MOST_COUNTED, Part, due_part


def home_of(membership: Membership) -> Part:
    """The task of whoever may accept; one statement."""
    if membership.side != PARTNER or not membership.can(DEALS_MANAGE):
        return Part()
    rows = OFFERS.rows(membership).filter(status=OfferStatus.RECEIVED, due_at__gt=now()).order_by("due_at")
    url = f"{reverse('offers:offers')}?status={OfferStatus.RECEIVED.value}"
    return due_part(_("Deals offered to you"), list(rows.values_list("due_at", flat=True)[: MOST_COUNTED + 1]), url)
