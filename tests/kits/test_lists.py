"""Every list with a page: what it shows, sorts, narrows, counts and hands out is what Python says of the same rows.

`LISTS` of an app's `brings.py` declares its lists; a list without its line fails here.
"""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from partnerhub.roles import PARTNER, Role
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.exports import NUMBER_SHAPE, safe_cell
from partnerhub.web.folding import fold
from partnerhub.web.lists import PAGE_SIZES, Cursor
from partnerhub.web.lists.api import since_parameter, sorts_of
from partnerhub.web.lists.cells import Control
from partnerhub.web.lists.filters import DayFilter, KeyFilter, MenuFilter, SearchFilter, SwitchFilter, WordsFilter
from partnerhub.web.lists.pages import KINDS
from tests.architecture.house import House
from tests.architecture.wanted import WANTED
from tests.brought import brought
from tests.conftest import as_member, make_member, make_partner, make_tenant, signed_in
from tests.declared import declared_lists
from tests.kits.declared import Listed
from tests.kits.rows import NAMES, moment
from tests.kits.stock import COUNT, Stock, heads_in, rows_in, words_in
from tests.web.test_sheets import cells


def search_box(declared: Listed) -> str:
    """The parameter of its search; empty where it has none."""
    filters = declared.list_class.filter_class.base_filters
    return next((name for name, one in filters.items() if isinstance(one, SearchFilter)), "")


DECLARED: dict[str, Listed] = brought("LISTS")
EACH = pytest.mark.parametrize("stock", DECLARED.values(), ids=str, indirect=True, scope="module")
SORTED = [(one, column.key) for one in DECLARED.values() for column in one.list_class.columns if column.sort]
NARROWED = [
    (one, name)
    for one in DECLARED.values()
    for name, filter_ in one.list_class.filter_class.base_filters.items()
    if not isinstance(filter_, SearchFilter) and name not in one.apart
]
SEARCHED = [one for one in DECLARED.values() if search_box(one)]
MANGLED = ("x", "%%%", "W10", "bnVsbA", *(Cursor(True, value, uuid4(), 5).encode() for value in ([1], "\0", None)))


@pytest.fixture(scope="module")
def stock(house: House, request: pytest.FixtureRequest) -> Iterator[Stock]:
    """The list with its rows; the next list does not find them."""
    declared: Listed = request.param
    found = Stock(declared, house)
    with transaction.atomic():
        written(found, 1)
        found.file("csv")
        found.alone = {kind: statements(lambda kind=kind: found.file(kind)) for kind in KINDS}
        transaction.set_rollback(True)
    with transaction.atomic():
        written(found, COUNT)
        with found.inside():
            found.rows = list(found.listing().narrowed())
        yield found
        transaction.set_rollback(True)


def written(stock: Stock, count: int) -> None:
    with tenant_scope(stock.house.tenant):
        stock.declared.many(stock.house, count)


def test_every_list_with_a_page_is_declared() -> None:
    assert set(DECLARED) == set(declared_lists()), (
        "`LISTS` of the app's tests/<app>/brings.py: see tests/kits/declared.py"
    )


# The page


@EACH
def test_the_page_has_title_rows_and_how_many_there_are(stock: Stock) -> None:
    text = stock.get()
    assert len(stock.rows) > COUNT - 1
    assert f"<h1>{stock.list_class.title}</h1>" in text
    assert rows_in(text) == stock.ordered()[:25]
    assert ('rel="prev"' in text, 'rel="next"' in text) == (False, len(stock.rows) > 25)
    told = words_in(re.search(r'id="list-status" role="status">(.*?)</p>', text)[1])
    assert told.startswith(str(stock.list_class.counted % {"count": 100, "number": "100+"}))
    assert "rows 1 to 25, sorted by" in told
    assert "bound method" not in words_in(text), "a method is shown, not what it answers"
    assert 'class="page kept"' not in text, "what the view gives takes the place of what every page has"


@EACH
@pytest.mark.parametrize("size", PAGE_SIZES)
def test_a_page_has_as_many_rows_as_are_asked_for(stock: Stock, size: int) -> None:
    assert rows_in(stock.get(htmx="list", size=size)) == stock.ordered()[:size]


@EACH
def test_htmx_gets_the_rows_alone_or_with_what_narrows_them(stock: Stock) -> None:
    whole, rows, narrowing = stock.get(), stock.get(htmx="list"), stock.get(htmx="narrowing")
    assert "<html" in whole
    assert rows_in(rows) == rows_in(narrowing) == rows_in(whole)
    assert "<html" not in rows + narrowing
    assert ('id="narrowing"' in rows, 'id="narrowing"' in narrowing) == (False, True)
    for fragment in (rows, narrowing):
        assert re.search(r'<p id="list-status" data-hx-swap-oob="innerHTML">', fragment)


@EACH
def test_each_row_is_a_card_with_its_labels_on_a_narrow_screen(stock: Stock) -> None:
    """The words of the heads stand in each cell; one cell is the key of its row."""
    text = stock.get(htmx="list", size=10, columns=[column.key for column in stock.list_class.columns])
    key = next(str(column.label) for column in stock.list_class.columns if column.always)
    by_label = {str(column.label): column for column in stock.list_class.columns}
    heads = [head for head in heads_in(text) if head != key and "state" not in by_label[head].css.split()]
    rows = text.partition("<tbody")[2].partition("</tbody>")[0].split('<tr id="row-')[1:]
    assert len(rows) == 10
    for row in rows:
        labels = re.findall(r'<td data-label="([^"]*)"', row)
        assert len(re.findall(r'<th scope="row">', row)) == 1
        assert [words_in(label) for label in labels] == heads


@EACH
def test_what_a_person_typed_is_no_markup(stock: Stock) -> None:
    columns = stock.list_class.columns
    text = stock.get(size=100, columns=[column.key for column in columns])
    drawn = set(rows_in(text))
    with stock.inside():
        look = stock.listing().look(stock.rows)
        shown = {
            str(column.cell.value(look)(row))
            for column in columns
            if not isinstance(column.cell, Control)
            for row in stock.rows
            if str(row.pk) in drawn
        }
    assert "<script>alert" not in text
    assert ("&lt;script&gt;alert" in text) == any("<script>alert" in word for word in shown)


# Order and pages


@pytest.mark.parametrize("way", ["", "-"], ids=["up", "down"])
@pytest.mark.parametrize(("stock", "key"), SORTED, ids=str, indirect=["stock"], scope="module")
def test_every_order_shows_every_row_once_page_by_page_and_back(stock: Stock, key: str, way: str) -> None:
    pages = stock.tour(f"{way}{key}", size=50)
    assert [row for page in pages for row in page] == stock.ordered(f"{way}{key}")
    assert [len(page) for page in pages[:-1]] == [50] * (len(pages) - 1)


@pytest.mark.parametrize(("stock", "key"), SORTED, ids=str, indirect=["stock"], scope="module")
def test_a_head_says_how_it_is_sorted_and_turns_it_round(stock: Stock, key: str) -> None:
    columns = [column.key for column in stock.list_class.columns]
    for sort, aria, turned in ((key, "ascending", f"-{key}"), (f"-{key}", "descending", key)):
        text = stock.get(htmx="list", sort=sort, columns=columns, size=10)
        assert re.findall(r' aria-sort="(\w+)"><a id="sort-([\w-]+)"', text) == [(aria, key)]
        assert re.search(rf'<a id="sort-{key}" href="[^"]*sort={turned}[&"]', text)
        assert len(re.findall(r'<a id="sort-', text)) == len(stock.sortable())


@EACH
def test_a_mangled_cursor_shows_the_first_page_and_the_api_refuses_it(stock: Stock) -> None:
    first = stock.ordered()[:25]
    for cursor in MANGLED:
        assert rows_in(stock.get(htmx="list", cursor=cursor)) == first
        answer = stock.api(cursor=cursor)
        assert answer.status_code == 422
        assert "cursor" in answer.content.decode()


@EACH
def test_the_cursor_of_one_order_breaks_no_other(stock: Stock) -> None:
    orders = [column.key for column in stock.sortable()]
    for made_by, used_by in zip(orders, [*orders[1:], *orders[:1]], strict=True):
        cursor = stock.neighbour(stock.get(htmx="list", sort=made_by, size=10), "next")
        stock.get(htmx="list", sort=used_by, size=10, cursor=cursor)
        assert stock.api(sort=used_by, cursor=cursor).status_code in {200, 422}


@EACH
def test_an_order_that_is_not_offered_is_the_usual_one_and_the_api_refuses_it(stock: Stock) -> None:
    for sort in ("tenant_id", "-partner__name", "id", ""):
        assert rows_in(stock.get(htmx="list", sort=sort)) == stock.ordered()[:25]
        assert stock.api(sort=sort).status_code == 422


@EACH
def test_the_windows_title_says_page_and_order(stock: Stock) -> None:
    second = stock.neighbour(stock.get(htmx="list", size=50), "next")
    for sort in sorts_of(stock.list_class.columns):
        is_usual = sort == stock.list_class.default_order
        title = re.search(r"<title>(.*?)</title>", stock.get(htmx="list", sort=sort))[1]
        assert (", sorted by " in title) != is_usual, sort
    title = re.search(r"<title>(.*?)</title>", stock.get(htmx="list", size=50, cursor=second))[1]
    assert title.startswith(f"{stock.list_class.title}, page 2 ")


# What narrows it


@pytest.mark.parametrize(("stock", "name"), NARROWED, ids=str, indirect=["stock"], scope="module")
def test_a_filter_leaves_what_python_leaves(stock: Stock, name: str) -> None:
    filter_ = stock.list_class.filter_class.base_filters[name]
    with stock.inside():
        wanted = {value: stock.ordered(rows=left(stock, name, value)) for value in values_of(stock, name)}
    assert any(wanted.values()), f"No value of {name} leaves anything."
    assert any(len(rows) < len(stock.rows) for rows in wanted.values()), f"No value of {name} leaves anything out."
    for value, rows in wanted.items():
        assert stock.found(**{name: value}) == rows[:100], f"{name}={value}"
    value, rows = max(wanted.items(), key=lambda pair: len(pair[1]) % len(stock.rows))
    assert rows_in(stock.get(htmx="narrowing", size=100, **{name: value})) == rows[:100], f"{name}={value}"
    assert len(stock.lines(**{name: value})) == 1 + len(rows), f"{name}={value}"
    if not isinstance(filter_, DayFilter):
        for wrong in ("", "nonsense"):
            assert stock.api(**{name: wrong}).status_code == 422, f"{name}={wrong}"


def values_of(stock: Stock, name: str) -> list[str]:
    """What is asked of a filter: its choices; ids and days that stand in the rows."""
    filter_ = stock.list_class.filter_class.base_filters[name]
    if isinstance(filter_, DayFilter):
        return [moment(number).date().isoformat() for number in (0, 40, COUNT)]
    if name in stock.declared.values and not isinstance(filter_, KeyFilter):
        return [*stock.declared.values[name]]
    if isinstance(filter_, SwitchFilter):
        return ["true", "false"]
    if isinstance(filter_, KeyFilter):
        ids = {str(getattr(row, f"{name}_id", None) or getattr(row, "partner_id", None)) for row in stock.rows}
        return [*sorted(ids - {"None"})[:3], *stock.declared.values.get(name, ())]
    choices = [key for key, _words in stock.listing().filters.choices_of(name)]
    return choices if len(choices) < 12 else sorted({str(getattr(row, filter_.field_name)) for row in stock.rows})


def left(stock: Stock, name: str, value: str) -> list[Any]:
    """The rows that a filter leaves, by what its kind says of its field, or by what is declared of it."""
    filter_ = stock.list_class.filter_class.base_filters[name]
    said = stock.declared.filters.get(name)
    return [row for row in stock.rows if (said(row, value) if said else holds(filter_, row, value))]


def holds(filter_: Any, row: Any, value: str) -> bool:
    found = getattr(row, f"{filter_.field_name}_id", None) or getattr(row, filter_.field_name)
    if isinstance(filter_, DayFilter):
        day = str(found.date() if filter_.moments else found)
        return day <= value if filter_.is_last else day >= value
    if isinstance(filter_, SwitchFilter):
        return bool(found) == (value == "true")
    return str(found) == value


@EACH
def test_several_words_of_a_filter_leave_what_any_of_them_leaves(stock: Stock) -> None:
    for name, filter_ in stock.list_class.filter_class.base_filters.items():
        if isinstance(filter_, WordsFilter):
            with stock.inside():
                values = values_of(stock, name)[:2]
                either = [row for value in values for row in left(stock, name, value)]
            assert stock.found(**{name: values}) == stock.ordered(rows=either)[:100], name


@pytest.mark.parametrize("stock", SEARCHED, ids=str, indirect=True, scope="module")
def test_the_search_finds_parts_of_words_whatever_case_and_accents(stock: Stock) -> None:
    box = search_box(stock.declared)
    with stock.inside():
        texts = {row.pk: [str(word) for word in stock.declared.words(row)] for row in stock.rows}
    for typed in typed_of(stock, {word for words in texts.values() for text in words for word in text.split()}):
        rows = [row for row in stock.rows if any(is_hit(stock, typed, text) for text in texts[row.pk])]
        assert rows, typed
        ids = [id_ for _page, found in walked(stock, **{box: typed}) for id_ in found]
        assert ids == stock.ordered(rows=rows), f"{box}={typed}"
        text = stock.get(htmx="list", size=10, **{box: typed})
        assert rows_in(text) == stock.ordered(rows=rows)[:10], f"{box}={typed}"
        assert len(stock.lines(**{box: typed})) == 1 + len(rows), f"{box}={typed}"


def typed_of(stock: Stock, words: set[str]) -> list[str]:
    """Of a few words what somebody may type: the beginning, and where that is found, the middle; in capitals."""
    plain = sorted(word for word in words if len(word) > 5 and word.isascii() and word.isalnum())
    chosen = [plain[0], plain[len(plain) // 2], plain[-1]] if plain else sorted(words)[:3]
    accented = sorted(word for word in words if not word.isascii() and len(word) > 3)[:1]
    parts = [word[:4] for word in chosen] if stock.declared.begins else [word[1:5] for word in chosen]
    return list(
        dict.fromkeys([*parts, parts[0].upper(), *accented, *(fold(word) for word in accented if folds(stock))])
    )


def folds(stock: Stock) -> bool:
    """Whether its search looks at folded words: by the database's function, or by a key."""
    return stock.list_class.name != "events"


def is_hit(stock: Stock, typed: str, text: str) -> bool:
    if not folds(stock):
        return typed.lower() in text.lower()
    return fold(text).startswith(fold(typed)) if stock.declared.begins else fold(typed) in fold(text)


def walked(stock: Stock, **query: Any) -> Iterator[tuple[int, list[str]]]:
    """The API's pages to the end."""
    answer = stock.api(size=50, **query)
    number = 0
    while True:
        body = answer.json()
        yield number, [row["id"] for row in body["results"]]
        if body["next"] is None:
            return
        number, answer = number + 1, stock.client.get(body["next"])


@EACH
def test_where_nothing_is_found_it_says_so_and_leads_back(stock: Stock) -> None:
    with stock.inside():
        asked = nothing(stock)
    if not asked:
        return
    text = stock.get(**asked)
    assert rows_in(text) == []
    assert f'tabindex="-1">{stock.list_class.nothing_found.title}</h2>' in text
    assert f'role="status">{stock.list_class.nothing_found.title}</p>' in text
    assert re.search(rf'<a class="btn" href="{stock.address}\??">Clear', text)
    assert len(stock.lines(**asked)) == 1


def nothing(stock: Stock) -> dict[str, str]:
    """Parameters that leave no row; none where nothing narrows the list."""
    if stock.declared.nothing:
        return dict(stock.declared.nothing)
    if box := search_box(stock.declared):
        return {box: "zzqxjk"}
    filters = stock.list_class.filter_class.base_filters
    if day := next((name for name, one in filters.items() if isinstance(one, DayFilter)), ""):
        return {day: "2999-01-01"}
    for name, one in filters.items():
        there = {str(getattr(row, one.field_name)) for row in stock.rows}
        return {name: next(key for key, _words in stock.listing().filters.choices_of(name) if key not in there)}
    return {}


@EACH
def test_who_begins_is_told_what_will_stand_here(stock: Stock) -> None:
    tenant = make_tenant("leer", "Leer Commerce")
    partner = None if stock.reader.partner_id is None else make_partner(tenant, "Neu")
    member = make_member(tenant, "Nora Neu", *map(Role, stock.reader.roles), partner=partner)
    answer = signed_in(member).get(stock.address.replace("/acme/", "/leer/"))
    text = answer.content.decode()
    assert bool(rows_in(text)) == stock.declared.always
    if not stock.declared.always:
        with as_member(member):
            blank = stock.listing(member).nothing_yet
        assert f'tabindex="-1">{blank.title}</h2>' in text
        assert f"<h2>{stock.list_class.nothing_found.title}</h2>" not in text


# Columns and views


@EACH
def test_the_columns_are_those_that_are_chosen_in_their_order(stock: Stock) -> None:
    with stock.inside():
        columns = stock.listing().all_columns
    always = [column for column in columns if column.always]
    others = [column for column in columns if not column.always]
    chosen = [others[-1], others[0]] if len(others) > 1 else others
    text = stock.get(htmx="list", size=10, columns=[column.key for column in chosen])
    assert heads_in(text) == [str(column.label) for column in [*always, *chosen]]
    offered = re.findall(r' name="columns" value="([\w-]+)"', stock.get(choose="columns"))
    assert sorted(offered) == sorted(column.key for column in columns)
    usual = [str(column.label) for column in columns if column.shown or column.always]
    assert (
        heads_in(stock.get(htmx="list", size=10))
        == heads_in(stock.get(htmx="list", size=10, columns="nonsense"))
        == usual
    )


@EACH
def test_each_side_has_its_columns_and_filters_and_no_other(stock: Stock) -> None:
    roles = WANTED["GET", stock.address.removeprefix("/acme/")].roles
    for letter in roles:
        member = stock.house.people[letter]
        client, other = signed_in(member), {"partner": "vendor", "vendor": "partner"}[member.side]
        keys = re.findall(r' name="columns" value="([\w-]+)"', stock.get(client, choose="columns"))
        foreign = [column for column in stock.list_class.columns if column.side == other]
        assert not {column.key for column in foreign} & set(keys), letter
        for column in foreign:
            if column.sort:
                assert client.get(stock.api_address, {"sort": column.key}).status_code == 422, letter
        with as_member(member):
            missing = stock.listing(member).filters.not_for(member)
        for name in missing:
            answer = client.get(stock.api_address, {name: str(stock.house.nordwind.pk)})
            assert (answer.status_code, [*answer.json()["errors"]]) == (422, [name]), letter


@EACH
@pytest.mark.parametrize("htmx", ["columns", ""])
def test_its_menus_are_fetched_or_stand_on_pages_of_their_own(stock: Stock, htmx: str) -> None:
    """What leads there is in the page; each keeps what is shown, and leads to it."""
    query = {"sort": f"-{stock.sortable()[0].key}", "size": 10}
    filters = stock.list_class.filter_class.base_filters
    fetched = [name for name, one in filters.items() if isinstance(one, MenuFilter) and one.is_fetched and one.drawn]
    page = stock.get(**query)
    for name in ("sort", "columns", *fetched):
        with stock.inside():
            if name in fetched and name not in stock.listing().filters.filters:
                continue
        assert len(re.findall(rf'"[^"?]*\?[^"]*choose={name}"', page)) == 1, name
        menu = stock.get(htmx=htmx, choose=name, **query)
        assert ("<html" in menu, "<tbody" in menu) == (not htmx, False), name
        chosen = [QueryDict(html.unescape(url)) for url in re.findall(r'href="\?([^"]*)"', menu)]
        assert not any("choose" in one for one in chosen), name
        assert 'name="choose"' not in menu, name
        if name == "sort":
            assert {one["sort"] for one in chosen} >= {column.key for column in stock.sortable()}
            assert len(re.findall(r'<a href="\?[^"]*" aria-current="true"', menu)) == 1
        else:
            assert all(one["sort"] == query["sort"] for one in chosen if one), name
    assert "<tbody" in stock.get(choose="nonsense"), "what is no menu is the list"


@EACH
def test_what_it_shows_is_kept_as_a_view_and_opened_again(stock: Stock) -> None:
    sort = f"-{stock.sortable()[0].key}"
    query = {"sort": sort, "columns": [stock.list_class.columns[-1].key, stock.list_class.columns[0].key]}
    asked = stock.get(size=100, **query)
    made = stock.client.post(
        f"/acme/views/{stock.list_class.name}/new/?sort={sort}&"
        + "&".join(f"columns={key}" for key in query["columns"]),
        {"id": str(uuid4()), "name": "Kept"},
    )
    assert made.status_code == 302, made.content.decode()
    view = re.search(r"saved=([0-9a-f-]{36})", made["Location"])[1]
    opened, asked = stock.get(htmx="list", size=100, saved=view), stock.get(htmx="list", size=100, **query)
    assert (rows_in(opened), heads_in(opened)) == (rows_in(asked), heads_in(asked))
    assert stock.found(saved=view) == rows_in(opened)
    assert [line[0] for line in stock.lines(saved=view)] == [line[0] for line in stock.lines(**query)]


# Files and API


@EACH
def test_the_file_has_every_row_in_its_order_and_no_formula(stock: Stock) -> None:
    head, *lines = stock.lines()
    with stock.inside(), override("en"):
        listing = stock.listing()
        columns, exported = listing.export_columns(), {str(row.pk): row for row in listing.export_rows()}
        readers = [column.cell.value(listing.look([])) for column in columns]
        rows = [[str(safe_cell(read(exported[pk]))) for read in readers] for pk in stock.ordered()]
    assert head == [str(column.label) for column in columns]
    assert lines == rows
    for cell in {cell for line in lines for cell in line}:
        assert NUMBER_SHAPE.fullmatch(cell) or cell.lstrip(" \ufeff")[:1] not in set("=+-@\t\r＝＋－＠") or not cell, (
            cell
        )


@EACH
def test_the_sheet_and_the_apis_file_have_what_the_file_has(stock: Stock) -> None:
    lines = stock.lines()
    sheet = cells(stock.file("xlsx"))
    assert max(int(re.sub(r"\D", "", place)) for place in sheet) == len(lines)
    assert [sheet[f"{chr(65 + at)}1"][1] for at in range(len(lines[0]))] == lines[0]
    kinds = {kind for kind, text in sheet.values() if any(text == name for name in NAMES)}
    assert kinds <= {"inlineStr"}, "a name is text, and never a formula"
    first = [sheet[f"A{number}"] for number in range(2, len(lines) + 1)]
    for (kind, text), line in zip(first, lines[1:], strict=True):
        assert kind != "inlineStr" or str(safe_cell(text)) == line[0]
    for kind in KINDS:
        api = stock.client.get(f"{stock.api_address}export/", {"format": kind}).getvalue()
        assert cells(api) == sheet if kind == "xlsx" else api == stock.file("csv")


@EACH
def test_the_api_lists_the_same_rows_page_by_page(stock: Stock) -> None:
    pages = [found for _number, found in walked(stock)]
    assert [len(page) for page in pages[:-1]] == [50] * (len(pages) - 1)
    assert [row for page in pages for row in page] == stock.ordered()


@EACH
def test_the_api_refuses_what_it_does_not_know(stock: Stock) -> None:
    for name, value in (("nonsense", "1"), ("size", "7"), ("offset", "10"), ("saved", str(uuid4()))):
        answer = stock.api(**{name: value})
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        assert [*answer.json()["errors"]] == [name]


@EACH
def test_the_api_tells_what_has_changed_since(stock: Stock) -> None:
    if not since_parameter(stock.list_class):
        assert stock.api(updated_since="2026-10-01T00:00:00Z").status_code == 422
        return
    key = stock.list_class.changed
    column = next(one for one in stock.list_class.columns if one.key == key)
    at = sorted(getattr(row, column.sort) for row in stock.rows)[len(stock.rows) // 2]
    rows = [row for row in stock.rows if getattr(row, column.sort) >= at]
    assert 0 < len(rows) < len(stock.rows)
    asked = {"updated_since": at.isoformat()}
    assert [id_ for _number, found in walked(stock, **asked) for id_ in found] == stock.ordered(key, rows)
    just_after = (at + timedelta(microseconds=1)).isoformat()
    fewer = [row for row in rows if getattr(row, column.sort) > at]
    assert [id_ for _number, found in walked(stock, updated_since=just_after) for id_ in found] == stock.ordered(
        key, fewer
    )


# Cost and walls


@EACH
def test_statements_do_not_grow_with_the_rows(stock: Stock) -> None:
    """Of the page by its size; of the file and of the API's page by the length of the list."""
    stock.get()
    assert len({statements(lambda size=size: stock.get(size=size)) for size in (10, 100)}) == 1
    assert len({statements(lambda size=size: stock.api(size=size)) for size in (10, 100)}) == 1
    assert {kind: statements(lambda kind=kind: stock.file(kind)) for kind in KINDS} == stock.alone


def statements(act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@EACH
def test_another_partner_and_another_tenant_see_none_of_it(stock: Stock) -> None:
    rival = stock.house.cast.rival
    mine = {str(row.pk) for row in stock.rows if getattr(row, "partner_id", None) == stock.house.nordwind.pk}
    with as_member(rival):
        seen = {str(pk) for pk in stock.listing(rival).rows().values_list("pk", flat=True)}
    assert not seen & mine
    assert signed_in(stock.house.stranger).get(stock.address).status_code == 404
    if stock.reader.side != PARTNER:
        assert len(stock.rows) >= COUNT
