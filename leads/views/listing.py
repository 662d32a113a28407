"""*Submitted leads*: the list of a seat, with search, filters, order, columns and pages, all in the address (A6)."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leads.filters import LEFT, NOBODY, LeadFilter
from leads.selectors import Choice, choices, drafts_of, names_on, programs
from leads.states import LISTED, Status
from leads.tables import DEFAULT_ORDER, FIELDS, RowWriter, columns_for
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, LEADS_VIEW_ASSIGNED, PARTNER, roles_with
from partnerhub.web.listing import Address, list_context, pager_of, shown_of
from partnerhub.web.lists import DEFAULT_SIZE, Column, Order, Page, columns_for_order, order_of, size_of
from partnerhub.web.lists.controls import column_chooser, filter_menu, head_row, sort_menu
from partnerhub.web.views import PortalView

DRAFTS_SHOWN = 100


class LeadListView(PortalView):
    """The whole page, or only its list where htmx asks for it."""

    permission = LEADS_VIEW

    def get(self, request: Any) -> HttpResponseBase:
        membership = request.membership
        if request.GET.get("view") == "drafts" and membership.can(LEADS_SUBMIT):
            return self.page("leads/drafts.html", self._drafts())
        is_fragment = request.htmx and request.htmx.target == "list"
        offered, people = (None, None) if is_fragment else choices()
        found = LeadFilter(request.GET, membership, programs=offered, representatives=people)
        columns = columns_for(membership.side)
        order = order_of(request.GET.get("sort", ""), columns, DEFAULT_ORDER)
        size = size_of(request.GET.get("size"))
        page = found.page(order, columns_for_order(FIELDS, order), cursor=request.GET.get("cursor", ""), size=size)
        address = Address(request.GET, own=LeadFilter.names())
        shown = shown_of(columns, request.GET.getlist("columns"))
        base = reverse("leads:list")
        context = {
            "address": address,
            "pager": pager_of(page, size, address),
            "controls": _controls(columns, order, address),
            "found": found,
            "is_narrowed": bool(found.chosen),
            "is_partner": membership.side == PARTNER,
            "sees_assigned_only": membership.can(LEADS_VIEW_ASSIGNED),
            "programs": _to_submit(membership, offered, page.rows),
            "leads": page.rows,
            "body": RowWriter(shown, names_on(page.rows, "name"), base).rows(page.rows) if page.rows else "",
            "export_url": f"{reverse('leads:export')}{address.without('cursor', 'size')}",
        }
        if is_fragment:
            return self.page("leads/_list.html", context)
        context |= {
            "tabs": _tabs(request.GET, membership),
            "filters": _filters(found, offered or [], people or [], address),
            "submit_roles": [] if membership.can(LEADS_SUBMIT) else roles_with(LEADS_SUBMIT, membership.side),
            "crumbs": [(_("Referrals"), None), (_("Leads"), None)],
        }
        return self.page("leads/list.html", context)

    def _drafts(self) -> dict[str, Any]:
        membership = self.request.membership
        rows = drafts_of(membership).select_related("program", "submitted_by__user").order_by("-updated_at", "-id")
        return {
            "drafts": list(rows[:DRAFTS_SHOWN]),
            "programs": programs(),
            "tabs": _tabs(self.request.GET, membership),
            "crumbs": [(_("Referrals"), None), (_("Leads"), reverse("leads:list")), (_("Drafts"), None)],
        }


def _to_submit(membership: Any, offered: list[Choice] | None, rows: list[Any]) -> list[Choice]:
    """The programs into which the member may submit; a fragment offers them only where it has nothing else to show."""
    if not membership.can(LEADS_SUBMIT):
        return []
    return offered if offered is not None else [] if rows else choices()[0]


def _tabs(query: QueryDict, membership: Any) -> list[dict[str, Any]]:
    """Quick views: each is an address that anybody can make by hand."""
    base = reverse("leads:list")
    views = [
        (_("All"), {}),
        (_("In progress"), {"status": Status.IN_PROGRESS.value}),
        (_("More information needed"), {"status": Status.MORE_INFO.value}),
        (_("Awarded"), {"status": Status.AWARDED.value}),
    ]
    if membership.can(LEADS_SUBMIT):
        views.append((_("Drafts"), {"view": "drafts"}))
    here = {name: query[name] for name in ("status", "view") if len(query.getlist(name)) == 1}
    return [
        {"label": label, "url": f"{base}?{urlencode(view)}" if view else base, "current": here == view}
        for label, view in views
    ]


def _controls(columns: Sequence[Column], order: Order, address: Address) -> dict[str, SafeString]:
    """Head row, sort menu and column chooser."""
    drawn = list_context(columns, order, Page([], order), DEFAULT_SIZE, address)
    return {
        "heads": head_row(drawn["heads"]),
        "sorter": sort_menu(drawn["sorts"]),
        "columns": column_chooser(drawn["columns"], address.hidden_columns, address.reset_columns),
    }


def _filters(found: LeadFilter, offered: list[Choice], people: list[Choice], address: Address) -> list[SafeString]:
    chosen = found.chosen
    words = {name: value for _label, value, name in found.active}
    support = {True: "true", False: "false", None: ""}[chosen.get("sales_support")]
    menus: list[tuple[str, Any, list[tuple[str, Any]], Any, bool]] = [
        ("program", _("Program"), [(one.slug, one.name) for one in offered], chosen.get("program", []), False),
        ("status", _("Status"), [(one.value, one.label) for one in LISTED], chosen.get("status", []), False),
        (
            "representative",
            _("Representative"),
            [
                (NOBODY, _("Not assigned")),
                (LEFT, _("Nobody looks after it")),
                *((str(one.pk), one.name) for one in people),
            ],
            [chosen.get("representative", "")],
            True,
        ),
        ("sales_support", _("Sales support"), [("true", _("Yes")), ("false", _("No"))], [support], True),
    ]
    return [
        filter_menu(
            name,
            label,
            words.get(name, ""),
            [(value, text, value in selected) for value, text in choices],
            address.without(name),
            single=single,
        )
        for name, label, choices, selected, single in menus
    ]
