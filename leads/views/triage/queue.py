"""The queue: which leads wait, narrowed how, which page of them. All of it is in the address."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from leads.models import Lead, Program
from leads.selectors import leads_for, names_on, waiting_leads
from leads.states import TONES, Status
from partnerhub.accounts.models import Membership
from partnerhub.web.formats import duration_text
from partnerhub.web.lists import Column, Cursor, Order, Page, rows_page

QUEUES = {
    "unassigned": gettext_lazy("Unassigned"),
    "unkept": gettext_lazy("Nobody looks after it"),
    "mine": gettext_lazy("Mine"),
    "waiting": gettext_lazy("Waiting for partner"),
    "questioned": gettext_lazy("Award questioned"),
    "all": gettext_lazy("All"),
}
FIRST_QUEUE = "unassigned"
FILTERS = {
    "program": "program_id__in",
    "country": "country__in",
    "partner": "partner_id__in",
    "sales_support": "sales_support__in",
}
SWITCH = {"true": True, "false": False}
SIZE = 50
WAITING_LONGEST = Order(Column("submitted", gettext_lazy("Submitted"), "submitted_at"), descending=False)


@dataclass(frozen=True)
class Place:
    """Where in triage somebody is: queue, filters, page. What makes no sense in an address is left out."""

    queue: str = FIRST_QUEUE
    filters: tuple[tuple[str, str], ...] = ()
    cursor: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Place":
        queue = query.get("queue", "")
        chosen = [(name, value) for name in FILTERS for value in query.getlist(name) if _makes_sense(name, value)]
        return cls(
            queue if queue in QUEUES else FIRST_QUEUE,
            tuple(dict.fromkeys(chosen)),
            query.get("cursor", ""),
        )

    def chosen(self, name: str) -> list[str]:
        """The values of one filter."""
        return [value for key, value in self.filters if key == name]

    def parameters(self, *without: str) -> list[tuple[str, str]]:
        """The address as pairs, without these names; a page's cursor does not outlive a change."""
        pairs = [] if self.queue == FIRST_QUEUE else [("queue", self.queue)]
        pairs += self.filters
        if self.cursor and not without:
            pairs.append(("cursor", self.cursor))
        return [(name, value) for name, value in pairs if name not in without]

    def url(self, **more: Any) -> str:
        """The address of this place, with `lead`, `after` or `before` where one is named."""
        pairs = [*self.parameters(), *((name, str(value)) for name, value in more.items())]
        return f"{reverse('leads:triage')}?{urlencode(pairs)}" if pairs else reverse("leads:triage")

    def without(self, *names: str) -> str:
        """The address without these filters."""
        pairs = self.parameters(*names)
        return f"{reverse('leads:triage')}?{urlencode(pairs)}" if pairs else reverse("leads:triage")

    def at(self, cursor: str | None) -> "Place":
        return replace(self, cursor=cursor or "")

    def rows(self, membership: Membership, *, apart_from: str = "") -> QuerySet[Lead]:
        """The leads of the queue that the filters leave, without one filter where its choices are asked for."""
        rows = waiting_leads(membership, queue=self.queue)
        for name, lookup in FILTERS.items():
            values = self.chosen(name)
            if values and name != apart_from:
                wanted = _programs_called(values) if name == "program" else [SWITCH.get(one, one) for one in values]
                rows = rows.filter(**{lookup: wanted})
        return rows

    def page(self, membership: Membership) -> Page:
        """One page of the queue, longest waiting first. One statement."""
        return rows_page(self.rows(membership), WAITING_LONGEST, cursor=self.cursor, size=SIZE)


def cursor_after(lead: Lead, row: int) -> str:
    """Where the page begins whose first row follows this lead, which is the row with this number."""
    return Cursor(True, lead.submitted_at, lead.pk, row).encode()


def rows_shown(leads: Iterable[Lead], place: Place, *, current: UUID | None) -> list[dict[str, Any]]:
    """The rows of the list: flat, so that the template only prints."""
    base = place.url(lead="")
    moment = now()
    leads = list(leads)
    names = names_on(leads, "name")
    return [
        {
            "id": lead.pk,
            "company": lead.company,
            "url": f"{base}{lead.pk}",
            "value": f"{lead.pk}:{lead.version}",
            "line": f"{lead.country} · {names[lead.program_id]} · {names[lead.partner_id]}",
            "note": _note(lead, place.queue, names),
            "waits": waits(lead, moment),
            "current": lead.pk == current,
        }
        for lead in leads
    ]


def taken_row(lead: Lead) -> dict[str, Any]:
    """The row of a lead that has left the queue: where it is now."""
    tone, icon = TONES[Status(lead.status)]
    words = {"status": Status(lead.status).label, "name": lead.representative.name if lead.representative else ""}
    text = _("%(status)s, with %(name)s") if lead.representative else _("%(status)s")
    return {
        "id": lead.pk,
        "company": lead.company,
        "url": reverse("leads:lead", args=[lead.pk]),
        "tone": tone,
        "icon": icon,
        "taken": text % words,
    }


def rows_now(ids: Collection[UUID], place: Place, membership: Membership) -> list[dict[str, Any]]:
    """These leads as rows of the place, whether they stand there or have left it. Three statements."""
    waiting = list(place.rows(membership).filter(pk__in=ids))
    gone = leads_for(membership).filter(pk__in=set(ids) - {lead.pk for lead in waiting})
    taken = gone.select_related("representative__user").exclude(submitted_at=None)
    return [*rows_shown(waiting, place, current=None), *map(taken_row, taken)]


def waits(lead: Lead, moment: datetime | None = None) -> str:
    """How long the lead has been waiting since it was submitted."""
    moment = moment or now()
    return duration_text(moment - (lead.submitted_at or moment))


def _note(lead: Lead, queue: str, names: Mapping[UUID, str]) -> str:
    """What tells the rows of this queue apart."""
    if queue == "unassigned":
        return _("Sales support") if lead.sales_support else ""
    if queue in {"mine", "all"}:
        return str(Status(lead.status).label)
    if not lead.representative_id:
        return _("Unassigned")
    name = names[lead.representative_id]
    return _("%(name)s, no longer here") % {"name": name} if queue == "unkept" else name


def _programs_called(slugs: Sequence[str]) -> list[UUID]:
    """The ids of these programs: behind row-level security a join would be planned for a nearly empty table."""
    return list(Program.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def _makes_sense(name: str, value: str) -> bool:
    match name:
        case "country":
            return value in countries.countries
        case "sales_support":
            return value in SWITCH
        case "partner":
            return is_id(value)
    return bool(value) and "\0" not in value


def is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
