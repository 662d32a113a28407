"""The list of the vendor's responses: what awaits one, and what was answered."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from partnerhub.responses.models import VendorResponse
from partnerhub.responses.services import RESPONSES
from partnerhub.responses.states import RESPONSE_TONES, ResponseStatus
from partnerhub.roles import PARTNER, RESPONSES_VIEW, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class ResponseList(ListOf):
    """The requests that a member may see, the latest activity first unless sorted otherwise."""

    name, title, section = "responses", _("Vendor responses"), _("Opportunities")
    about = {
        PARTNER: _("What the vendor says to your shared deals."),
        VENDOR: _("Which shared deals await our response."),
    }
    counted = ngettext_lazy("%(number)s request", "%(number)s requests", "count")
    kept, page_name, permission = RESPONSES, "responses:responses", RESPONSES_VIEW
    narrowed_by, default_order, live = ("status", "due"), "-updated", "vendorresponse"
    columns = (
        Column("deal", _("Deal"), always=True, cell=cell.Link("deal.name", to=VendorResponse.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", ResponseStatus, RESPONSE_TONES)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("representative", _("Seller"), side=VENDOR, css="mid", cell=cell.Text("named")),
        Column("seller", _("Seller"), side=PARTNER, css="mid", cell=cell.Text("seller_name")),
        Column("due", _("Answer by"), "due_at", cell=cell.Day("due_at")),
        Column("told", pgettext_lazy("noun", "Reason"), side=PARTNER, css="late", cell=cell.Text("told_in_words")),
        Column("reason", pgettext_lazy("noun", "Reason"), side=VENDOR, css="late", cell=cell.Text("reason_label")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No request matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("people", _("No requests yet"), _("When a deal is shared, the vendor is asked to respond."))
