"""Lists as files that are written apart from the request, in parts, by the storey that keeps them (`register_files`).

A list of more rows than `EXPORT_ROWS_AT_ONCE` is no download at once: whoever asks for it is asked whether to get a
link. What stands in the file, and who may read it, is the same declaration either way.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from partnerhub.actors import Seat
from partnerhub.web.exports import CSV, ExportRow, csv_body, csv_lines
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.requests import Portal
from partnerhub.web.sheets import XLSX, book_of, sheet_rows

FORMAT = "format"
"""The parameter that says which kind of file; no filter has its name."""


@dataclass(frozen=True)
class FileParts:
    """How a kind of file is put together. `rows(rows, since)` writes some of them, `since` rows standing before;
    `whole(header, parts)` is the file of all that was written so."""

    content_type: str
    rows: Callable[[Iterable[ExportRow], int], Iterator[bytes]]
    whole: Callable[[ExportRow, Iterable[bytes]], Iterator[bytes]]


PARTS = {
    "csv": FileParts(
        f"{CSV}; charset=utf-8",
        lambda rows, since: csv_body(rows),
        lambda header, parts: chain(csv_lines(header, []), parts),
    ),
    "xlsx": FileParts(XLSX, lambda rows, since: sheet_rows(rows, since=since), book_of),
}
_pages: list[str] = []


def register_files(page_name: str) -> None:
    """The page of this name asks whether to write a file apart; it takes the name of the list. Called once."""
    _pages[:] = [page_name]


def asking_url(list_class: type[ListOf], query: QueryDict | str, kind: str = "") -> str:
    """Where one asks for a link to the file of what this address shows."""
    text = query if isinstance(query, str) else f"?{query.urlencode()}"
    beside = urlencode({FORMAT: kind}) if kind else ""
    rest = "&".join(part for part in (text.removeprefix("?"), beside) if part)
    return f"{reverse(_pages[0], args=[list_class.name])}{'?' if rest else ''}{rest}"


def is_long(listing: ListOf) -> bool:
    """Whether its file has more rows than are written within a request."""
    most = settings.EXPORT_ROWS_AT_ONCE
    return bool(listing.all().order_by().values("pk")[: most + 1].count() > most)


def file_name_of(listing: ListOf, kind: str, tenant: Portal) -> str:
    return f"{listing.name}-{tenant.slug}-{localdate().isoformat()}.{kind}"


def headings_of(listing: ListOf) -> Sequence[str]:
    """The first row of its file."""
    return [str(column.label) for column in listing.export_columns()]


def asked_for_good(listing: ListOf) -> dict[str, list[str]]:
    """The parameters by which the list can be asked for later: what a view says stands in them itself."""
    known = {*listing.filter_class.base_filters, "sort"}
    return {name: [*map(str, values)] for name, values in listing.query.lists() if name in known}


def listing_again(list_class: type[ListOf], parameters: dict[str, list[str]], membership: Seat) -> ListOf:
    """The list as this member asks for it now, by parameters that were kept."""
    query = QueryDict(mutable=True)
    for name, values in parameters.items():
        query.setlist(name, values)
    return list_class(query, membership)
