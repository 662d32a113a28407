"""The queue on its page: a list of the machine, whose rows open a lead beside it. All of it is in the address."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.filters import FIRST_QUEUE
from leads.models import Lead
from leads.selectors import leads_for
from leads.states import TONES, Status
from leads.tables import TriageList, TriageLook
from partnerhub.web.formats import duration_text
from partnerhub.web.lists import Cursor
from partnerhub.web.lists.controls import fetched_menu
from partnerhub.web.lists.declaring import Blank
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.writing import write_rows

FETCHED = ("program", "country", "partner")
"""The filters whose choices are counted, and fetched when their menu is opened."""
NOTHING_WAITS = {
    "unkept": gettext_lazy("Every open lead has somebody who looks after it, or waits in Unassigned."),
    "mine": gettext_lazy("No open lead is assigned to you."),
    "waiting": gettext_lazy("No partner owes you an answer."),
    "questioned": gettext_lazy("Nobody asks to take an award back."),
    "ours": gettext_lazy("Every lead of your own is with a partner, or decided."),
    "all": gettext_lazy("No lead is open. What partners submit next appears here."),
}


class TriageQueue(Drawn):
    """The list as it is asked for, and the addresses of the page around it. `current`: the lead that is read."""

    of: TriageList
    current: UUID | None = None
    opens = "lead"

    def url_of(self, **more: object) -> str:
        """The address of this place, with `lead`, `after`, `before` or `choose` where one is named."""
        parameters = self.of.parameters | {name: [str(value)] for name, value in more.items()}
        return f"{self.url}?{urlencode(parameters, doseq=True)}" if parameters else self.url

    def at(self, cursor: str | None) -> "TriageQueue":
        """Another page of the same."""
        return self.asked(self.of.parameters | {"cursor": [cursor] if cursor else []})

    def apart_from(self, name: str) -> "TriageQueue":
        """The same without one filter."""
        parameters: dict[str, list[str]] = {}
        for key, value in self.address.hidden(name):
            parameters.setdefault(key, []).append(value)
        return self.asked(parameters)

    def asked(self, parameters: dict[str, list[str]]) -> "TriageQueue":
        query = QueryDict(urlencode(parameters, doseq=True))
        return TriageQueue(TriageList(query, self.of.membership), self.url, self.files)

    # What differs from a list of the machine

    def look_of(self, rows: Sequence[Any]) -> TriageLook:
        """What the cells of these rows share: they lead to the lead beside the list."""
        look = self.of.look(rows)
        look.opens, look.current = self.url_of(lead=""), self.current
        return look

    @property
    def look(self) -> TriageLook:
        return self.look_of(self.page.rows)

    @property
    def plain_url(self) -> str:
        """Clearing the filters stays in the queue."""
        return super().plain_url if self.of.queue == FIRST_QUEUE else f"{self.url}?queue={self.of.queue}"

    @property
    def nothing(self) -> Blank:
        if self.is_narrowed or self.of.queue == FIRST_QUEUE:
            return super().nothing
        return Blank(self.of.nothing_yet.icon, self.of.nothing_yet.title, NOTHING_WAITS[self.of.queue])

    @cached_property
    def menus(self) -> list[SafeString]:
        filters = self.of.filters
        drawn = [(name, one) for name, one in filters.filters.items() if name not in FETCHED]
        fetched = {name: self._fetched(name) for name in FETCHED}
        (queue, *rest) = [self._menu(name, one) for name, one in drawn]
        return [queue, *fetched.values(), *rest]

    def chosen_of(self, name: str) -> Any:
        return self.of.queue if name == "queue" else super().chosen_of(name)

    def _fetched(self, name: str) -> SafeString:
        one, value = self.of.filters.filters[name], self.of.chosen.get(name, [])
        words = self.of.filters.words_of(name, value) if value else ""
        return fetched_menu(name, one.label, words, value, self.url_of(choose=name))

    @property
    def bulk(self) -> list[dict[str, Any]]:
        """The representative is chosen in a menu, which says how many open leads each has."""
        people = {"menu": reverse("leads:triage-people"), "key": "a", "page": _("Choose a representative")}
        return [act | people if act["name"] == "assign" else act for act in super().bulk]

    @property
    def oldest(self) -> Any:
        """Since when the first of all waits."""
        page = self.page
        return page.rows[0].submitted_at if page.rows and page.first_row == 1 and not self.of.order.descending else None


def cursor_after(lead: Lead, row: int) -> str:
    """Where the page begins whose first row follows this lead, which is the row with this number."""
    return Cursor(True, lead.submitted_at, lead.pk, row).encode()


def rows_now(ids: Collection[UUID], queue: TriageQueue) -> dict[str, Any]:
    """These leads as rows of the queue: as they stand there, or where they are now. Three statements."""
    waiting = list(queue.of.narrowed().filter(pk__in=ids))
    gone = leads_for(queue.of.membership).filter(pk__in=set(ids) - {lead.pk for lead in waiting})
    taken = gone.select_related("representative__user").exclude(submitted_at=None)
    rows = write_rows(queue.of.shown, waiting, queue.look_of(waiting), pick=True)
    return {"rows": rows, "taken": [*map(taken_row, taken)]}


def taken_row(lead: Lead) -> dict[str, Any]:
    """A lead that has left the queue: where it is now."""
    tone, icon = TONES[Status(lead.status)]
    words = {"status": Status(lead.status).label, "name": lead.representative.name if lead.representative else ""}
    text = _("%(status)s, with %(name)s") if lead.representative else _("%(status)s")
    about = {"id": lead.pk, "company": lead.company, "url": lead.urls.page}
    return about | {"tone": tone, "icon": icon, "words": text % words}


def waits(lead: Lead) -> str:
    """How long the lead has been waiting since it was submitted."""
    moment = now()
    return duration_text(moment - (lead.submitted_at or moment))


def is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
