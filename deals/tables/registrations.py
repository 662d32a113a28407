"""The list of deal registrations: what ends first comes first."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from deals.models import DealRegistration
from deals.services.registering import DEAL_REGISTRATIONS
from deals.states.registrations import REGISTRATION_TONES, RegistrationStatus
from partnerhub.roles import DEALS_VIEW, PARTNER, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class DealRegistrationList(ListOf):
    name, title, section = "deal-registrations", _("Deal registrations"), _("Opportunities")
    about = {
        PARTNER: _("How long your shared deals protect their customers for you."),
        VENDOR: _("How long shared deals protect their customers, and what waits for your decision."),
    }
    counted = ngettext_lazy("%(number)s registration", "%(number)s registrations", "count")
    kept, page_name, permission = DEAL_REGISTRATIONS, "deals:deal-registrations", DEALS_VIEW
    narrowed_by, default_order, live = ("status", "until"), "until", "dealregistration"
    columns = (
        Column("deal", _("Deal"), always=True, cell=cell.Link("deal.name", to=DealRegistration.urls)),
        Column("customer", _("Customer"), css="mid", cell=cell.Text("deal.company.name")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", RegistrationStatus, REGISTRATION_TONES)),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("until", _("Protected until"), "until", cell=cell.Day("until")),
        Column("left", _("Days left"), cell=cell.Text("left")),
        Column("extension", _("Extension"), css="late", cell=cell.Text("get_extension_display")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No registration matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("lock", _("No registrations yet"), _("A deal is registered when it is shared."))
