"""The *Referral history* (A11)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.models import Lead
from partnerhub.roles import LEADS_VIEW, PARTNER, REFERRALS_VIEW, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell
from referrals.filters import ReferralFilter
from referrals.services import REFERRALS
from referrals.states import TONES, Status


class Merchant(cell.Link):
    """The merchant; a state is named where it is not the usual one."""

    def html(self, look: cell.Look) -> cell.Writer:
        write, unusual = super().html(look), [status for status in Status if status != Status.ACTIVE]
        pill = ' <span class="status" data-tone="{}">{}</span>'
        pills = {status.value: format_html(pill, TONES[status], status.label) for status in unusual}
        return lambda referral: write(referral) + pills.get(referral.status, "")


MERCHANT = Merchant("merchant", to=Lead.urls, key="lead_id", permission=LEADS_VIEW)


ABOUT_REFERRALS = {
    PARTNER: _(
        "Every lead that was awarded, or whose deal was won, and what it brings."
        " A dash stands for an amount not reported yet."
    ),
    VENDOR: _(
        "Every lead of a partner that was awarded, or whose deal was won, and what it brings."
        " A dash stands for an amount not reported yet."
    ),
}
COMES_HERE = {
    PARTNER: _("When a lead of yours is awarded, or its deal is won, it appears here with its plan and what it earns."),
    VENDOR: _("When a lead is awarded, or its deal is won, it appears here with its plan and what its partner earns."),
}


class ReferralList(ListOf):
    """The referral history that a member may see, the latest first unless sorted otherwise."""

    name, title, section, caption = "referrals", _("Referral history"), _("Referrals"), _("Referrals")
    about = ABOUT_REFERRALS
    counted = ngettext_lazy("%(number)s referral", "%(number)s referrals", "count")
    page_name, permission, filter_class = "referrals:history", REFERRALS_VIEW, ReferralFilter
    default_order, live = "-date", "referral"
    columns = (
        Column("merchant", _("Merchant"), "merchant_key", always=True, cell=MERCHANT),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("date", _("Date"), "happened_on", css="keep", cell=cell.Day("happened_on")),
        Column("plan", _("Plan"), "plan", cell=cell.Tags(lambda referral: [referral.plan])),
        Column("revenue", _("Revenue"), "revenue_order", css="amount", cell=cell.Money("revenue")),
        Column("earned", _("Earned"), "earned_order", css="amount", cell=cell.Money("earned", cents=True)),
        Column("currency", _("Currency"), css="late", shown=False, cell=cell.Text("currency")),
        Column("status", _("Status"), css="late", shown=False, cell=cell.Text("get_status_display")),
        Column("terms", _("Terms"), css="late", shown=False, cell=cell.Text("terms_version")),
        Column("updated", _("Updated"), "updated_at", css="late", shown=False, cell=cell.Ago("updated_at")),
    )
    exported = ("date", "merchant", "plan", "currency", "revenue", "earned", "status", "terms", "partner")
    nothing_found = Blank("search", _("No referral matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("coins", _("No referrals yet"), COMES_HERE)

    def rows(self) -> QuerySet[Any]:
        return REFERRALS.rows(self.membership)
