"""The search functions: their text in the database and in the files, and that every row is found."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from leads.search import LEADS
from leads.services import assign_lead
from leads.tables import LeadList
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.searching import SQL, TERMS, file_of, function_of, searched_tables
from partnerhub.web.lists import Cursor, Page
from partnerhub.web.lists.drawing import Drawn

TABLES = {table.table: table for table in searched_tables()}
DEFINED = "SELECT pg_get_functiondef(%s::regprocedure)"


def definition(cursor: Any, signature: str) -> str:
    cursor.execute(DEFINED, [signature])
    return str(cursor.fetchone()[0])


@pytest.mark.parametrize("name", TABLES)
def test_the_text_of_each_function_stands_in_its_file(name: str, admin_cursor: Any) -> None:
    """`manage.py search_sql` writes the files; a change of them wants a migration that makes the function anew."""
    table = TABLES[name]
    text = file_of(table).read_text()
    assert text == function_of(table)
    admin_cursor.execute("BEGIN")
    admin_cursor.execute(text.replace(f"FUNCTION {table.function}(", "FUNCTION as_filed("))
    filed = definition(admin_cursor, table.signature.replace(table.function, "as_filed"))
    admin_cursor.execute("ROLLBACK")
    assert definition(admin_cursor, table.signature) == filed.replace("as_filed", table.function)


def test_the_text_of_what_they_share_stands_in_its_file(admin_cursor: Any) -> None:
    text = (SQL / "search_terms.sql").read_text()
    for signature in TERMS:
        body = re.split(r"\$function\$", definition(admin_cursor, signature))[1]
        assert f"$${body}$$" in text, signature


@pytest.mark.parametrize("name", TABLES)
def test_the_index_has_the_keys_that_the_function_asks_for(name: str, admin_cursor: Any) -> None:
    """An index of other keys would not be used, and every search would read the table."""
    table = TABLES[name]
    admin_cursor.execute("SET enable_seqscan = off")
    admin_cursor.execute(f"EXPLAIN SELECT id FROM {table.table} WHERE {table.keys} @> '{{a}}'")
    plan = "\n".join(row[0] for row in admin_cursor.fetchall())
    assert f"Bitmap Index Scan on {table.index}" in plan


COUNT, SIZE = 23, 5
HURRY = [("few", 180, 3), ("widest", 1500, 4), ("deepest", 8000, 9), ("page", 26, SIZE + 1)]
QUERIES = [
    {},
    {"q": "shop"},
    {"q": "sh"},
    {"q": "shop 3"},
    {"q": "7"},
    {"program": "plus"},
    {"q": "shop", "program": "plus", "status": "in_progress"},
    {"representative": "none", "submitted_from": "2026-01-01"},
    {"submitted_to": "2100-01-01", "status": ["submitted", "in_progress"]},
]
EARLY = [{"program": "plus"}, {"q": "shop 3"}]
SORTS = [f"{sign}{column.key}" for column in LeadList.columns if column.sort for sign in ("", "-")]


@pytest.fixture
def many(seller: Membership, manager: Membership, representative: Membership, new_lead: Any, acting: Any) -> None:
    for number in range(COUNT):
        kind = "plus" if number % 3 else "pos"
        lead = new_lead(seller, company=f"Shop {number % 4}", website=f"https://s{number}.example.org", kind=kind)
        if number % 2:
            with acting(manager):
                assign_lead(lead.pk, to=representative.pk, by=manager)


@pytest.fixture
def in_a_hurry(admin_cursor: Any) -> Iterator[None]:
    """The search as if a handful of rows were many: each step ends early, and most pages do too."""
    text = function_of(LEADS)
    for name, usual, small in HURRY:
        assert f"{name} constant integer := {usual};" in text
        text = text.replace(f"{name} constant integer := {usual};", f"{name} constant integer := {small};")
    admin_cursor.execute(text)
    yield
    admin_cursor.execute(function_of(LEADS))


def walked(query: dict[str, Any], member: Membership, way: str = "older", cursor: str | None = "") -> list[Page]:
    pages: list[Page] = []
    while cursor is not None:
        listing = LeadList(QueryDict(urlencode({**query, "cursor": cursor}, doseq=True)), member)
        listing.size = SIZE
        pages.append(listing.page(count=True))
        cursor = getattr(pages[-1], way)
        assert len(pages) < 40
    return pages


@pytest.mark.parametrize("query", QUERIES, ids=urlencode)
def test_every_row_is_found_once_and_in_order_however_early_looking_ends(
    query: dict[str, Any], many: None, in_a_hurry: None, everybody: Any, acting: Callable[..., Any]
) -> None:
    ends = 0
    for member in (everybody.manager, everybody.seller, everybody.colleague, everybody.representative):
        with acting(member):
            for sort in SORTS if member == everybody.manager else SORTS[::5]:
                listing = LeadList(QueryDict(urlencode({**query, "sort": sort}, doseq=True)), member)
                rows = listing.narrowed()
                for word in str(query.get("q", "")).split():
                    rows = rows.filter(search_text__regex=rf"(^|[^[:alnum:]]){word}") | rows.filter(
                        number=int(word) if word.isdigit() and query["q"] == word else None
                    )
                straight = list(rows.order_by(*listing.walk.fields).values_list("pk", flat=True))
                assert set(listing.all().values_list("pk", flat=True)) == set(straight)
                pages = walked({**query, "sort": sort}, member)
                assert [row.pk for page in pages for row in page.rows] == straight, sort
                ends += sum(page.further is not None for page in pages)
                if straight:
                    back = walked({**query, "sort": sort}, member, "newer", pages[-1].newer)
                    before = [row.pk for page in reversed(back) for row in page.rows]
                    assert before == straight[: len(straight) - len(pages[-1].rows)], sort
    assert ends or query not in EARLY


def test_what_was_not_counted_to_its_end_is_told_as_no_total(
    many: None, in_a_hurry: None, manager: Membership, acting: Callable[..., Any]
) -> None:
    with acting(manager):
        listing = LeadList(QueryDict("program=plus"), manager)
        listing.size = SIZE
        drawn = Drawn(listing, "/leads/")
        assert drawn.page.older is not None
        assert drawn.page.counted is None
        assert drawn.count_words == f"{len(drawn.page.rows)}+ leads"


@pytest.mark.parametrize("sort", ["company", "-company"])
def test_an_empty_page_leads_back_to_the_row_that_it_was_asked_from(
    sort: str, many: None, manager: Membership, acting: Callable[..., Any]
) -> None:
    with acting(manager):
        rows = LeadList(QueryDict(f"q=shop&sort={sort}"), manager).page().rows
        end = Cursor(True, rows[-1].company_key, rows[-1].pk, len(rows)).encode()
        after = LeadList(QueryDict(f"q=shop&sort={sort}&cursor={end}"), manager).page()
        assert after.rows == []
        back = LeadList(QueryDict(f"q=shop&sort={sort}&cursor={after.newer}"), manager).page()
        assert [row.pk for row in back.rows] == [row.pk for row in rows]
