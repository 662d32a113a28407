"""The page of a record, made of what is declared: its head, the line under it, and the cards in two columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from partnerhub.web.actions import Arranged
from partnerhub.web.lists.cells import Look
from partnerhub.web.lists.facts import Fact, facts_markup, line_markup
from partnerhub.web.lists.records import RecordPage
from partnerhub.web.views import Crumb


@dataclass(frozen=True)
class Part:
    """A part of a record's page. `card`: (page, record) → what its template gets as `card`; None: nothing is drawn."""

    template: str
    card: Callable[[Any, Any], Mapping[str, Any] | None] = lambda page, record: {}


@dataclass(frozen=True)
class Tab:
    """A part of a record's page with an address of its own: `?tab=<key>`; the first tab of a page has none.

    `main` stands in the wide column while it is open.
    """

    key: str
    label: str | Promise
    main: Sequence[Part]


FACTS = "components/record_facts.html"


def facts_card(title: str | Promise, *facts: Fact, key: str = "facts", template: str = FACTS) -> Part:
    """A card of facts. `key` begins the id of its title; a `template` of its own may have more in it."""

    def card(page: ShownRecord, record: Model) -> dict[str, Any]:
        return {"key": key, "title": title, "facts": facts_markup(facts, record, page.look)}

    return Part(template, card)


class ShownRecord(RecordPage):
    """A record's page. Crumbs, section and the pill beside the title come of its list.

    `line` stands under the title, `notices` over the cards; `main` and `aside` are the two columns. With `tabs` the
    wide column is that of the open one.
    """

    template: ClassVar[str] = "components/record.html"
    line: ClassVar[Sequence[Fact]] = ()
    notices: ClassVar[Sequence[Part]] = ()
    main: ClassVar[Sequence[Part]] = ()
    aside: ClassVar[Sequence[Part]] = ()
    tabs: ClassVar[Sequence[Tab]] = ()

    @property
    def tab(self) -> Tab | None:
        """The open tab: that of the address, or the first one."""
        asked = self.request.GET.get("tab", "")
        return next((tab for tab in self.tabs if tab.key == asked), self.tabs[0] if self.tabs else None)

    def tab_url(self, record: Model, key: str) -> str:
        """The address of a tab; the list from which the record was opened goes along."""
        page: str = record.urls.page  # type: ignore[attr-defined]  # what has a page has addresses
        query = self.request.GET.copy()
        query.pop("tab", None)
        if key:
            query["tab"] = key
        return f"{page}?{query.urlencode()}" if query else page

    @property
    def look(self) -> Look:
        return Look(self.request.membership)

    def title(self, record: Any) -> str:
        return str(record)

    def actions(self, record: Any) -> Arranged | None:
        """What one can do with it; drawn beside the title."""
        return None

    def pill(self, record: Model) -> SafeString:
        """The state of the record, as its list draws it; nothing where it has none."""
        cell = self.record_list.status_cell()
        return cell.pill(record) if cell else SafeString("")

    def crumbs(self, record: Model) -> list[Crumb]:
        return [*self.record_list.above(), (self.title(record), None)]

    def shown(self, record: Model, *, status: int = 200, **more: object) -> TemplateResponse:
        """The page. `more` is for parts with templates of their own, which get the whole context besides `card`."""
        tab = self.tab
        context = {
            "title": self.title(record),
            "listed": self.record_list.title,
            "pill": self.pill(record),
            "line": line_markup(self.line, record, self.look),
            "actions": self.actions(record),
            "tabs": [
                {"label": one.label, "url": self.tab_url(record, one.key), "current": one is tab} for one in self.tabs
            ],
            "columns": [
                cards for parts in (tab.main if tab else self.main, self.aside) if (cards := self._drawn(parts, record))
            ],
            "notices": self._drawn(self.notices, record),
            "crumbs": self.crumbs(record),
        }
        return self.record_page(self.template, record, context | more, status=status)

    def _drawn(self, parts: Sequence[Part], record: Model) -> list[tuple[str, Mapping[str, Any]]]:
        return [(part.template, card) for part in parts if (card := part.card(self, record)) is not None]
