"""The list of offered deals: for a partner what waits for its answer, for the vendor what became of each."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from partnerhub.offers.models import DealOffer
from partnerhub.offers.services import OFFERS
from partnerhub.offers.states import OFFER_TONES, OfferStatus
from partnerhub.roles import OFFERS_VIEW, PARTNER, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class OfferList(ListOf):
    """The offers that a member may see, the latest activity first unless sorted otherwise."""

    name, title, section = "offers", _("Offered deals"), _("Opportunities")
    about = {
        PARTNER: _("Deals that the vendor offers you. You get to know the customer when you accept."),
        VENDOR: _("Deals that you offer to partners, and what became of them."),
    }
    counted = ngettext_lazy("%(number)s offer", "%(number)s offers", "count")
    kept, page_name, permission = OFFERS, "offers:offers", OFFERS_VIEW
    new = ("offers:new-offer", _("Offer a deal"))
    narrowed_by, default_order, live = ("status", "due"), "-updated", "dealoffer"
    columns = (
        Column("need", _("What it is about"), always=True, cell=cell.Link("need", to=DealOffer.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", OfferStatus, OFFER_TONES)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("country", _("Country"), css="mid", cell=cell.Text("country.name")),
        Column("value", _("Value"), css="amount", cell=cell.Money("value")),
        Column("due", _("Answer by"), "due_at", cell=cell.Day("due_at")),
        Column("reason", pgettext_lazy("noun", "Reason"), css="late", side=VENDOR, cell=cell.Text("reason_label")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No offer matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        *("send", _("No offers yet")),
        {
            PARTNER: _("When the vendor offers you a deal, it appears here, and you get mail."),
            VENDOR: _("Offer a deal to the partner who fits: they accept or decline it."),
        },
    )
