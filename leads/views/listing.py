"""*Submitted leads*: the list of a seat, with search, filters, order, columns and pages, all in the address (A6)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.filters import NOBODY, LeadFilter
from leads.models import Program
from leads.selectors import drafts_of, programs, representatives
from leads.states import LISTED, Status
from leads.tables import DEFAULT_ORDER, RowWriter, columns_for, program_names
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, LEADS_VIEW_ASSIGNED, PARTNER, roles_with
from partnerhub.web.lists import PAGE_SIZES, Column, Order, Page, order_of, size_of
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
        offered = programs()
        people = [] if is_fragment else representatives()
        found = LeadFilter(request.GET, membership, programs=offered, representatives=people)
        columns = columns_for(membership.side)
        order = order_of(request.GET.get("sort", ""), columns, DEFAULT_ORDER)
        size = size_of(request.GET.get("size"))
        page = found.page(order, cursor=request.GET.get("cursor", ""), size=size)
        address = Address(request.GET)
        shown = _shown(columns, request.GET.getlist("columns"))
        offered_names = {program.pk: program.name for program in offered}
        names = program_names(page.rows, offered_names, lambda: dict(Program.objects.values_list("pk", "name")))
        context = {
            "found": found,
            "is_narrowed": bool(found.chosen),
            "is_partner": membership.side == PARTNER,
            "sees_assigned_only": membership.can(LEADS_VIEW_ASSIGNED),
            "programs": offered if membership.can(LEADS_SUBMIT) else [],
            "leads": page.rows,
            "body": RowWriter(shown, names, reverse("leads:list")).rows(page.rows),
            "heads": _heads(shown, order, address),
            "pager": _pager(page, size, address),
            "sorts": _sorts(columns, order, address),
            "columns": [
                {"key": column.key, "label": column.label, "always": column.always, "chosen": column in shown}
                for column in columns
            ],
            "address": address,
            "export_url": f"{reverse('leads:export')}{address.without('cursor', 'size')}",
        }
        if is_fragment:
            return self.page("leads/_list.html", context)
        context |= {
            "tabs": _tabs(request.GET, membership),
            "filters": _filters(found, offered, people, address),
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


class Address:
    """The list's address, and others that differ from it in one thing."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query

    def with_(self, **values: str) -> str:
        """The address with these parameters; a page's cursor does not outlive a change."""
        query = self.query.copy()
        query.pop("cursor", None)
        for name, value in values.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def without(self, *names: str) -> str:
        query = self.query.copy()
        for name in ("cursor", *names):
            query.pop(name, None)
        return f"?{query.urlencode()}"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filters' form carries along: everything that is not a filter."""
        return self.hidden(*LeadFilter.names())

    @property
    def hidden_columns(self) -> list[tuple[str, str]]:
        return self.hidden("columns")

    @property
    def reset_columns(self) -> str:
        return self.without("columns")

    def hidden(self, *names: str) -> list[tuple[str, str]]:
        """The parameters that a form beside the list has to carry along, without these."""
        left_out = {"cursor", *names}
        return [(name, value) for name, values in self.query.lists() if name not in left_out for value in values]


def _shown(columns: tuple[Column, ...], chosen: list[str]) -> list[Column]:
    if not chosen:
        return [column for column in columns if column.shown]
    return [column for column in columns if column.always or column.key in chosen]


def _heads(shown: list[Column], order: Order, address: Address) -> list[dict[str, Any]]:
    """The head cells: pressing the sorted column turns its order."""
    heads = []
    for column in shown:
        is_sorted = column == order.column
        turned = f"-{column.key}" if is_sorted and not order.descending else column.key
        heads.append(
            {
                "label": column.label,
                "css": column.css,
                "url": address.with_(sort=turned) if column.sort else "",
                "aria": ("descending" if order.descending else "ascending") if is_sorted else "",
            }
        )
    return heads


def _sorts(columns: tuple[Column, ...], order: Order, address: Address) -> dict[str, Any]:
    """The orders as a menu, for where the rows are cards and there is no head."""
    entries = []
    current = ""
    for column in columns:
        if not column.sort:
            continue
        for descending in (False, True):
            wanted = Order(column, descending)
            words = {"label": column.label, "way": _("descending") if descending else _("ascending")}
            label = _("%(label)s, %(way)s") % words
            entries.append({"label": label, "url": address.with_(sort=wanted.parameter), "current": wanted == order})
            current = label if wanted == order else current
    return {"entries": entries, "current": current}


def _pager(page: Page, size: int, address: Address) -> dict[str, Any]:
    return {
        "first_row": page.first_row,
        "last_row": page.last_row,
        "newer_url": address.with_(cursor=page.newer) if page.newer else None,
        "older_url": address.with_(cursor=page.older) if page.older else None,
        "size": size,
        "sizes": PAGE_SIZES,
        "hidden": address.hidden("size"),
    }


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


def _filters(found: LeadFilter, offered: list[Program], people: list[Any], address: Address) -> list[dict[str, Any]]:
    chosen = found.chosen
    words = {name: value for _label, value, name in found.active}
    support = {True: "true", False: "false"}.get(chosen.get("sales_support"), "")
    menus: list[tuple[str, Any, list[tuple[str, Any]], Any, bool]] = [
        ("program", _("Program"), [(one.slug, one.name) for one in offered], chosen.get("program", []), False),
        ("status", _("Status"), [(one.value, one.label) for one in LISTED], chosen.get("status", []), False),
        (
            "representative",
            _("Representative"),
            [(NOBODY, _("Not assigned")), *((str(one.pk), one.name) for one in people)],
            [chosen.get("representative", "")],
            True,
        ),
        ("sales_support", _("Sales support"), [("true", _("Yes")), ("false", _("No"))], [support], True),
    ]
    return [
        {
            "id": f"filter-{name}",
            "name": name,
            "label": label,
            "value": words.get(name, ""),
            "choices": [(value, text, value in selected) for value, text in choices],
            "clear_url": address.without(name),
            "single": single,
        }
        for name, label, choices, selected, single in menus
    ]
