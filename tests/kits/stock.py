"""A list with a hundred rows and a few, and what it should say of them by Python alone."""

import csv
import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.test import Client
from django.urls import reverse, set_script_prefix

from partnerhub.accounts.models import Membership
from partnerhub.web.lists import Column, ListOf
from tests.architecture.house import House
from tests.conftest import as_member, signed_in
from tests.kits.declared import Listed

COUNT = 103
"""More than counting goes (`CAP`), more than the longest page has."""
ROW = re.compile(r'<tr id="row-([0-9a-f-]{36})"')
TAG = re.compile(r"<[^>]+>")


def words_in(markup: str) -> str:
    """What a person reads of it."""
    return html.unescape(TAG.sub("", markup)).strip()


def rows_in(text: str) -> list[str]:
    """The ids of the rows of a page, in its order."""
    return ROW.findall(text)


def heads_in(text: str) -> list[str]:
    """The columns of a page, without the one of the boxes."""
    return [words_in(head) for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', text)]


@dataclass
class Stock:
    """`rows` are all that the reader sees, as the list's selector finds them, in no order. `alone`: how many statements
    the file took when the list had little more than one row."""

    declared: Listed
    house: House
    rows: Sequence[Any] = field(default_factory=list)
    alone: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader: Membership = self.house.people[self.declared.reader]
        self.client: Client = signed_in(self.reader)
        self.list_class: type[ListOf] = self.declared.list_class
        set_script_prefix("/")  # a request of a former test has left one behind
        self.address = f"/acme{reverse(self.list_class.page_name)}"
        self.api_address = f"/acme/api/v1/{self.declared.api or self._api_name()}/"

    def _api_name(self) -> str:
        return {"members": "members", "messages": "delivery-log"}.get(self.list_class.name, self.list_class.name)

    # What is answered

    def listing(self, member: Membership | None = None, **query: Any) -> ListOf:
        return self.list_class(QueryDict(urlencode(query, doseq=True)), member or self.reader)

    def get(self, client: Client | None = None, /, *, htmx: str = "", **query: Any) -> str:
        """The page as text; only its rows, where `htmx` asks for the list."""
        headers = {"HX-Request": "true", "HX-Target": htmx} if htmx else {}
        answer = (client or self.client).get(self.address, query, headers=headers)
        assert answer.status_code == 200, f"{self.address}{query}: {answer.status_code}"
        return str(answer.content.decode())

    def api(self, **query: Any) -> Any:
        return self.client.get(self.api_address, query)

    def found(self, **query: Any) -> list[str]:
        """The ids of the API's first hundred."""
        answer = self.api(size=100, **query)
        assert answer.status_code == 200, f"{query}: {answer.content.decode()}"
        return [row["id"] for row in answer.json()["results"]]

    def file(self, kind: str, /, **query: Any) -> bytes:
        return bytes(self.client.get(f"{self.address}export.{kind}", query).getvalue())

    def lines(self, **query: Any) -> list[list[str]]:
        """The CSV, its head first."""
        return list(csv.reader(io.StringIO(self.file("csv", **query).decode("utf-8-sig"), newline="")))

    def tour(self, sort: str, *, size: int) -> list[list[str]]:
        """Page by page to the end, and back to the first one; both ways have to show the same."""
        pages, cursor = [], ""
        text = self.get(htmx="list", sort=sort, size=size)
        pages.append(rows_in(text))
        while cursor := self.neighbour(text, "next"):
            text = self.get(htmx="list", sort=sort, size=size, cursor=cursor)
            pages.append(rows_in(text))
        for page in reversed(pages[:-1]):
            text = self.get(htmx="list", sort=sort, size=size, cursor=self.neighbour(text, "prev"))
            assert rows_in(text) == page, "the way back"
        assert self.neighbour(text, "prev") == "", "there is nothing before the first page"
        return pages

    def neighbour(self, text: str, which: str) -> str:
        found = re.search(rf'href="([^"]*)" rel="{which}"', text)
        return QueryDict(html.unescape(found[1]).lstrip("?"))["cursor"] if found else ""

    # What it should be

    def sortable(self) -> list[Column]:
        return [column for column in self.list_class.columns if column.sort]

    def ordered(self, sort: str = "", rows: Sequence[Any] | None = None) -> list[str]:
        """The ids of rows in this order: by the column, then by id, both the same way."""
        text = sort or self.list_class.default_order
        column = next(one for one in self.list_class.columns if one.key == text.removeprefix("-"))
        in_order = sorted(
            self.rows if rows is None else rows,
            key=lambda row: (getattr(row, column.sort), row.pk),
            reverse=text.startswith("-"),
        )
        return [str(row.pk) for row in in_order]

    def inside(self) -> Any:
        return as_member(self.reader)
