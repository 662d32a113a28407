"""The page of a record that stands in a list: the records before and after it, and the way back to its row (C7)."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Model
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.web.formats import number_text
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.paging import CAP, Cursor
from partnerhub.web.trails import Trail
from partnerhub.web.views import PortalView


@dataclass
class Beside:
    """What stands beside a record in the list from which it was opened.

    Two statements of two rows, whatever the list is, and what its filters ask to know their choices.
    """

    listing: ListOf
    trail: Trail
    record: Model

    @property
    def back_url(self) -> str:
        """The same page of the list, at the record's row."""
        query = f"?{self.trail.query}" if self.trail.query else ""
        return f"{reverse(self.listing.page_name)}{query}#row-{self.record.pk}"

    @cached_property
    def next_url(self) -> str:
        return self._url(forward=True)

    @cached_property
    def previous_url(self) -> str:
        return self._url(forward=False)

    @property
    def words(self) -> str:
        """`Row 32 of 86 leads`."""
        row, many = self.trail.row, self.trail.of
        if not row:
            return ""
        if not many:
            return _("Row %(row)s") % {"row": number_text(row)}
        shown = number_text(min(many, CAP)) + ("+" if many > CAP else "")
        counted = str(self.listing.counted % {"count": min(many, CAP), "number": shown})
        return _("Row %(row)s of %(rows)s") % {"row": number_text(row), "rows": counted}

    def _url(self, *, forward: bool) -> str:
        """The address of the neighbour, which says its own row; empty where there is none."""
        found = self._neighbour(self._cursor(forward=forward, row=0))
        if found is None:
            return ""
        row = max(self.trail.row + (1 if forward else -1), 1) if self.trail.row else 0
        addresses: Addresses = type(self.record).urls  # type: ignore[attr-defined]  # what has a page has addresses
        page = addresses.pages()(found.pk)
        return f"{page}?{self.trail.at(row, self._query_at(row, forward=forward)).address}"

    def _neighbour(self, cursor: Cursor) -> Any:
        """The row after (or before) the record, wherever the record has moved by now."""
        if cursor.value is None:
            return None
        listing = copy(self._checked)
        listing.query = listing.query.copy()
        listing.query["cursor"] = cursor.encode()
        listing.size = 1
        return next(iter(listing.page().rows), None)

    @cached_property
    def _checked(self) -> ListOf:
        """The list with its filters checked, once for both neighbours."""
        _ = self.listing.chosen
        return self.listing

    def _cursor(self, *, forward: bool, row: int) -> Cursor:
        value = getattr(self.record, self.listing.walk.column.sort)
        return Cursor(forward, value, self.record.pk, row, self.trail.of or None)

    def _query_at(self, row: int, *, forward: bool) -> str:
        """The list's parameters with the page on which this row stands: the next one, where the page has ended."""
        first = self._first_row
        if not row or first <= row < first + self.listing.size:
            return self.trail.query
        query = QueryDict(self.trail.query, mutable=True)
        cursor = self._cursor(forward=forward, row=row - 1 if forward else row)
        query["cursor"] = cursor.encode()
        return urlencode([(name, value) for name, values in query.lists() for value in values])

    @cached_property
    def _first_row(self) -> int:
        """The first row of the page that the list is on."""
        at = Cursor.decode(self.listing.query.get("cursor", ""))
        if at is None:
            return 1
        return at.row + 1 if at.forward else max(1, at.row - self.listing.size + 1)


class RecordPage(PortalView):
    """The page of a record. `record_list`: the list in which it stands."""

    record_list: ClassVar[type[ListOf]]

    def beside(self, record: Model) -> Beside | None:
        """None where the record was not opened from its list."""
        trail = Trail.of_address(self.request.GET)
        if trail is None:
            return None
        return Beside(self.record_list(QueryDict(trail.query), self.request.membership), trail, record)

    def record_page(
        self, template: str, record: Model, context: dict[str, Any], *, status: int = 200
    ) -> TemplateResponse:
        """The page with its neighbours; the crumb of the list leads back to the row."""
        beside = self.beside(record)
        if beside is None:
            return self.page(template, context, status=status)
        plain = reverse(self.record_list.page_name)
        crumbs = [(words, beside.back_url if url == plain else url) for words, url in context.get("crumbs", [])]
        return self.page(template, context | {"beside": beside, "crumbs": crumbs}, status=status)

    def list_url(self, record: Model) -> str:
        """Where one goes on once the record is done with: its row in the list."""
        beside = self.beside(record)
        return beside.back_url if beside else reverse(self.record_list.page_name)
