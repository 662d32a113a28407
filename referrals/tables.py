"""The *Referral history* (A11)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_VIEW, PARTNER, REFERRALS_VIEW, VENDOR
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell
from referrals.filters import ReferralFilter
from referrals.selectors import listed_referrals
from referrals.states import TONES, Status


class Merchant(cell.Link):
    """The merchant; a state is named where it is not the usual one."""

    def html(self, look: cell.Look) -> cell.Writer:
        write, unusual = super().html(look), [status for status in Status if status != Status.ACTIVE]
        pill = ' <span class="status" data-tone="{}">{}</span>'
        pills = {status.value: format_html(pill, TONES[status], status.label) for status in unusual}
        return lambda referral: write(referral) + pills.get(referral.status, "")


class ReferralList(ListOf):
    """The referral history that a member may see, the latest first unless sorted otherwise."""

    membership: Membership

    name, title, section, caption = "referrals", _("Referral history"), _("Referrals"), _("Referrals")
    about = {
        PARTNER: _("Every lead that was awarded, and what it brings. A dash stands for an amount not reported yet."),
        VENDOR: _(
            "Every lead that was awarded to a partner, and what it brings."
            " A dash stands for an amount not reported yet."
        ),
    }
    counted = ngettext_lazy("%(number)s referral", "%(number)s referrals", "count")
    page_name = "referrals:history"
    permission = REFERRALS_VIEW
    filter_class = ReferralFilter
    default_order = "-date"
    live = "referral"
    columns = (
        Column(
            "merchant",
            _("Merchant"),
            "merchant_key",
            always=True,
            cell=Merchant("merchant", to=Lead.urls, key="lead_id", permission=LEADS_VIEW),
        ),
        Column("partner", _("Partner"), css="mid", side=VENDOR, cell=cell.Text("partner.name")),
        Column("date", _("Date"), "happened_on", css="keep", cell=cell.Day("happened_on")),
        Column("plan", _("Plan"), "plan", cell=cell.Tags(lambda referral: [referral.plan])),
        Column("revenue", _("Revenue"), "revenue_order", css="amount", cell=cell.Money("revenue")),
        Column("earned", _("Earned"), "earned_order", css="amount", cell=cell.Money("earned", cents=True)),
        Column("updated", _("Updated"), "updated_at", css="late", shown=False, cell=cell.Ago("updated_at")),
    )
    exported = (
        Column("date", _("Date"), cell=cell.Day("happened_on")),
        Column("merchant", _("Merchant"), cell=cell.Text("merchant")),
        Column("plan", _("Plan"), cell=cell.Text("plan")),
        Column("currency", _("Currency"), cell=cell.Text("currency")),
        *columns[4:6],
        Column("status", _("Status"), cell=cell.Text(lambda referral: Status(referral.status).label)),
        Column("terms", _("Terms"), cell=cell.Text("terms_version")),
        columns[1],
    )
    nothing_found = Blank("search", _("No referral matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank(
        "coins",
        _("No referrals yet"),
        {
            PARTNER: _("When a lead of yours is awarded, it appears here with its plan and what it earns."),
            VENDOR: _("When a lead is awarded, it appears here with its plan and what its partner earns."),
        },
    )

    def rows(self) -> QuerySet[Any]:
        return listed_referrals(self.membership)
