"""The lists of registrations and of incentives."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.registrations.models import Incentive, Registration
from partnerhub.registrations.services import INCENTIVES, REGISTRATIONS
from partnerhub.registrations.states import INCENTIVE_TONES, REGISTERED_TONES, IncentiveStatus, RegisteredStatus
from partnerhub.roles import PARTNER, REGISTRATIONS_VIEW, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell


class RegistrationList(ListOf):
    """The registrations that a member may see, the latest activity first unless sorted otherwise."""

    name, title, section = "registrations", _("Incentive registrations"), _("Opportunities")
    about = {
        PARTNER: _("Your won deals that are registered for an incentive."),
        VENDOR: _("Won deals that partners have registered for an incentive."),
    }
    counted = ngettext_lazy("%(number)s registration", "%(number)s registrations", "count")
    kept, page_name, permission = REGISTRATIONS, "registrations:registrations", REGISTRATIONS_VIEW
    narrowed_by, default_order, live = ("status", "due"), "-updated", "registration"
    columns = (
        Column("deal", _("Deal"), always=True, cell=cell.Link("deal.name", to=Registration.urls)),
        Column("status", _("Status"), css="state", cell=cell.Status("status", RegisteredStatus, REGISTERED_TONES)),
        Column("incentive", _("Incentive"), css="mid", cell=cell.Text("incentive.name")),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("contract", _("Contract value"), cell=cell.Money("contract", cents=True)),
        Column("due", _("To be sent by"), "due_at", cell=cell.Day("due_at")),
        Column("owner", _("Owner"), css="late", cell=cell.Text("owner_name")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No registration matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("award", _("No registrations yet"), _("A won deal is registered for an incentive on its page."))


class IncentiveList(ListOf):
    """The tenant's incentives, by name unless sorted otherwise."""

    name, title, section = "incentives", _("Incentives"), _("Programme")
    about = _("What partners register won deals for. Deals are registered only for those for own solutions (IP).")
    counted = ngettext_lazy("%(number)s incentive", "%(number)s incentives", "count")
    kept, page_name, permission = INCENTIVES, "registrations:incentives", REGISTRATIONS_VIEW
    new = ("registrations:new-incentive", _("New incentive"))
    narrowed_by, default_order = ("status",), "name"
    columns = (
        Column("name", _("Name"), "name", always=True, cell=cell.Link("name", to=Incentive.urls)),
        Column("code", _("Code"), css="mid", cell=cell.Text("code")),
        Column("status", _("Status"), css="state", cell=cell.Status("status", IncentiveStatus, INCENTIVE_TONES)),
        Column("is_ip", _("For own solutions (IP)"), css="mid", cell=cell.YesNo("is_ip")),
        Column("threshold", _("A deal is worth at least"), cell=cell.Money("threshold")),
        Column("updated", _("Last activity"), "updated_at", css="late", cell=cell.Ago("updated_at")),
    )
    nothing_found = Blank("search", _("No incentive matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("award", _("No incentives yet"), _("Add what partners register won deals for."))
