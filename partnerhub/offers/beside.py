"""What the page of a deal shows of the offer that it was."""

from django.utils.translation import gettext_lazy as _

from deals.models import Deal
from deals.panels import Panel, PanelRow
from partnerhub.accounts.models import Membership
from partnerhub.offers.services import OFFERS
from partnerhub.offers.states import OFFER_TONES, OfferStatus


def offer_of_deal(membership: Membership, deal: Deal) -> Panel | None:
    """None for a deal that nobody offered, and for who does not see offers."""
    found = OFFERS.rows(membership).filter(deal=deal).first()
    if found is None:
        return None
    tone, icon = OFFER_TONES[OfferStatus(found.status)]
    row = PanelRow(found.need, found.urls.page, "", found.get_status_display(), tone, icon)
    return Panel("offer", _("Offered by the vendor"), "", "send", [row])
