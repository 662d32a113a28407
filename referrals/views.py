"""*Referral history*: the page and its export (A11)."""

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.roles import LEADS_VIEW, PARTNER, REFERRALS_VIEW, VENDOR
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.exports import Row, csv_response
from partnerhub.web.listing import Address, list_context
from partnerhub.web.lists import Order, order_of, size_of
from partnerhub.web.views import PortalView
from referrals.filters import NAMES, ReferralFilter
from referrals.models import Referral
from referrals.states import TONES, Status
from referrals.tables import DEFAULT_ORDER, columns_for

HEADS = (
    gettext_lazy("Date"),
    gettext_lazy("Merchant"),
    gettext_lazy("Plan"),
    gettext_lazy("Currency"),
    gettext_lazy("Revenue"),
    gettext_lazy("Earned"),
    gettext_lazy("Status"),
    gettext_lazy("Terms"),
)


class HistoryView(PortalView):
    """The whole page, or only its list where htmx asks for it."""

    permission = REFERRALS_VIEW

    def get(self, request: Any) -> HttpResponseBase:
        membership = request.membership
        found = ReferralFilter(request.GET, membership)
        columns = columns_for(membership.side)
        order = order_of(request.GET.get("sort", ""), columns, DEFAULT_ORDER)
        size = size_of(request.GET.get("size"))
        page = found.page(order, cursor=request.GET.get("cursor", ""), size=size)
        address = Address(request.GET, own=NAMES)
        context = list_context(columns, order, page, size, address) | {
            "found": found,
            "rows": _rows(page.rows),
            "is_narrowed": bool(found.chosen),
            "is_partner": membership.side == PARTNER,
            "list_url": reverse("referrals:history"),
            "leads_url": reverse("leads:list") if membership.can(LEADS_VIEW) else "",
            "export_url": f"{reverse('referrals:export')}{address.without('size')}",
            "crumbs": [(_("Referrals"), None), (_("Referral history"), None)],
        }
        if request.htmx and request.htmx.target == "list":
            return self.page("referrals/_list.html", context)
        chosen = found.chosen.get("plan", [])
        context["plans"] = [(program.slug, program.name, program in chosen) for program in found.programs]
        context["plan_clear_url"] = address.without("plan")
        return self.page("referrals/history.html", context)


class ExportView(PortalView):
    """Exactly what is filtered, in the list's order, as CSV."""

    permission = REFERRALS_VIEW

    def get(self, request: Any) -> HttpResponseBase:
        member, tenant = request.membership, request.tenant
        order = order_of(request.GET.get("sort", ""), columns_for(member.side), DEFAULT_ORDER)
        words = {status.value: str(status.label) for status in Status}
        is_vendor = member.side == VENDOR

        def row_of(referral: Referral) -> Row:
            row = _csv_row(referral, words)
            return [*row, referral.partner.name] if is_vendor else row

        return csv_response(
            f"referrals-{tenant.slug}-{localdate().isoformat()}.csv",
            [*HEADS, gettext_lazy("Partner")] if is_vendor else HEADS,
            _all_in(order, ReferralFilter(request.GET, member)),
            row_of,
            inside=lambda: tenant_scope(tenant, side=member.side, partner_id=member.partner_id, user_id=member.user_id),
        )


def _rows(referrals: list[Referral]) -> list[dict[str, Any]]:
    """One flat row per referral; a state is named where it is not the usual one."""
    words = {status.value: (str(status.label), TONES[status]) for status in Status if status != Status.ACTIVE}
    nothing = ("", "")
    return [{"referral": one, "status": words.get(one.status, nothing)} for one in referrals]


def _all_in(order: Order, found: ReferralFilter) -> Any:
    sign = "-" if order.descending else ""
    return found.rows.order_by(f"{sign}{order.column.sort}", f"{sign}id")


def _csv_row(referral: Referral, words: dict[str, str]) -> list[Any]:
    return [
        referral.happened_on,
        referral.merchant,
        referral.plan,
        referral.currency,
        _amount(referral.revenue_minor, referral.currency),
        _amount(referral.earned_minor, referral.currency),
        words[referral.status],
        referral.terms_version,
    ]


def _amount(minor: int | None, currency: str) -> Decimal | None:
    """The amount as a number for a spreadsheet, in whole units of its currency."""
    return None if minor is None else Decimal(minor).scaleb(-get_currency_precision(currency))
