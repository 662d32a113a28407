"""Assigning many leads at once, with a result for each of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.models import Lead
from leads.selectors import leads_for, workloads
from leads.services import assign_leads
from leads.services.steps import LEADS
from leads.views.triage.pages import crumbs, list_context
from leads.views.triage.queue import SIZE, Place, taken_row
from leads.views.undo import undo_all_tag, undo_all_url
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Refused, Stale
from partnerhub.records.differences import people_in, rows_of
from partnerhub.roles import LEADS_TRIAGE
from partnerhub.tenancy.models import new_id
from partnerhub.web.preferences import safe_next

Result = Lead | Refused | Stale


class BulkAssignView(SeatView):
    """GET: to whom? (for htmx, the menu alone; it serves a single lead too). POST: assign, and tell row by row."""

    permission = LEADS_TRIAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        chosen = request.GET.getlist("lead")
        if request.htmx:
            return self.page("leads/triage_people.html", self._people(chosen))
        return self._ask(chosen) if versions_of(chosen) else redirect(self._next())

    def post(self, request: MemberRequest) -> HttpResponseBase:
        values = request.POST.getlist("lead")
        chosen = versions_of(values)
        if not chosen:
            messages.warning(request, _("No lead is selected. Select the leads to assign first."))
            return redirect(self._next())
        if len(chosen) > SIZE:
            return self._ask(values, error=_("Assign at most 50 leads at once."), status=422)
        to = _id_of(request.POST.get("to", ""))
        if to is None:
            return self._ask(values)
        try:
            together = new_id()
            results = assign_leads(chosen, to=to, by=request.membership, together=together)
        except Refused as refusal:
            return self._ask(values, error=" ".join(str(reason.text) for reason in refusal.reasons), status=422)
        return self._tell(results, to, together)

    def _next(self) -> str:
        return safe_next(self.request, reverse("leads:triage"))

    def _people(self, chosen: list[str]) -> dict[str, Any]:
        """Whom to choose from. A single lead is sent to its own step, many to the list's form."""
        single = versions_of(chosen) if len(chosen) == 1 else {}
        lead_id, version = next(iter(single.items()), (None, None))
        return {
            "people": workloads(self.request.membership),
            "action": reverse("leads:step", args=[lead_id, "assign"]) if lead_id else "",
            "version": version,
            "next": self._next(),
        }

    def _ask(self, chosen: list[str], *, error: str = "", status: int = 200) -> HttpResponseBase:
        """The page behind the menu."""
        leads = leads_for(self.request.membership).filter(pk__in=versions_of(chosen)).order_by("submitted_at", "id")
        context = {
            "people": workloads(self.request.membership),
            "leads": [(f"{lead.pk}:{versions_of(chosen)[lead.pk]}", lead) for lead in leads],
            "next": self._next(),
            "error": error,
            "crumbs": crumbs(),
        }
        return self.page("leads/triage_assign.html", context, status=status)

    def _tell(self, results: Mapping[UUID, Result], to: UUID, together: UUID) -> HttpResponseBase:
        name = Membership.objects.select_related("user").get(pk=to).name
        done = [key for key, result in results.items() if isinstance(result, Lead)]
        if len(done) == len(results):
            text = ngettext(
                "%(count)s lead is assigned to %(name)s.", "%(count)s leads are assigned to %(name)s.", len(done)
            )
            words, undo = {"count": len(done), "name": name}, undo_all_tag(together, self._next())
            messages.success(self.request, text % words, extra_tags=undo)
            return redirect(self._next())
        place = Place.of_address(self._next())
        page = place.page(self.request.membership)
        failed = {key for key in results if key not in done}
        leads = {lead.pk: lead for lead in self._leads(results)}
        here = {row.pk for row in page.rows}
        context = list_context(place, page, None, chosen=failed)
        context |= {
            "view": "lead",
            "results": results_shown(results, leads),
            "done": len(done),
            "undo_url": undo_all_url(together, self._next()) if done else "",
            "all": len(results),
            "name": name,
            "kept": len(failed & here),
            "rows": with_taken(context["rows"], [leads[key] for key in failed - here if key in leads], page.rows),
        }
        return self.page("leads/triage.html", context, status=200 if done else 409)

    def _leads(self, results: Mapping[UUID, Result]) -> list[Lead]:
        rows = leads_for(self.request.membership).select_related("representative__user")
        return list(rows.filter(pk__in=results).order_by("submitted_at", "id"))


def versions_of(values: list[str]) -> dict[UUID, int]:
    """`<id>:<version>` as a list's boxes hold it; what is neither is left out."""
    chosen = {}
    for value in values:
        key, _sign, version = value.partition(":")
        lead_id = _id_of(key)
        if lead_id and version.isascii() and version.isdigit() and len(version) < 10:
            chosen[lead_id] = int(version)
    return chosen


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def results_shown(results: Mapping[UUID, Result], leads: Mapping[UUID, Lead]) -> list[dict[str, Any]]:
    """Row by row: done, somebody was faster and what changed, or why not. In the order of the list."""
    stale = {key: result for key, result in results.items() if isinstance(result, Stale)}
    names = people_in(LEADS, (result.difference for result in stale.values()))
    keys = [*leads, *(key for key in results if key not in leads)]
    return [_result(results[key], leads.get(key), names) for key in keys]


def _result(result: Result, lead: Lead | None, names: Mapping[str, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "company": lead.company if lead else _("A lead"),
        "url": reverse("leads:lead", args=[lead.pk]) if lead else "",
    }
    match result:
        case Stale():
            word = _("%(name)s was faster.") % {"name": result.who} if result.who else _("Somebody was faster.")
            return shown | {
                "tone": "warn",
                "icon": "alert",
                "word": word,
                "difference": rows_of(LEADS, result.difference, names),
            }
        case Refused():
            return shown | {"tone": "bad", "icon": "xc", "word": _("Not assigned."), "reasons": result.reasons}
        case _:
            return shown | {"tone": "good", "icon": "checkc", "word": _("Assigned.")}


def with_taken(rows: list[dict[str, Any]], taken: list[Lead], leads: list[Lead]) -> list[dict[str, Any]]:
    """The list with those that others decided meanwhile, grey and in their place."""
    places = {lead.pk: (lead.submitted_at, lead.pk) for lead in [*leads, *taken]}
    return sorted([*rows, *map(taken_row, taken)], key=lambda row: places[row["id"]])
