"""The filters of every list on its page: a single choice is a menu of links, and none of them is lost on the way."""

import html
import re
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.web.lists import Column
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.filters import MenuFilter, SearchFilter
from partnerhub.web.lists.filters.derived import filters_by
from tests.declared import declared_lists

Browser = Callable[[Membership], Client]


LISTS = declared_lists()
SINGLE = [
    (name, parameter)
    for name, one in LISTS.items()
    for parameter, filter_ in one.filter_class.base_filters.items()
    if isinstance(filter_, MenuFilter) and filter_.single and filter_.drawn
]
SEARCHED = [
    name
    for name, one in LISTS.items()
    if any(isinstance(filter_, SearchFilter) for filter_ in one.filter_class.base_filters.values())
]


def menu(text: str, parameter: str, client: Client, page: str) -> str:
    """The menu of a filter, fetched where its choices do not stand in the page."""
    found = re.search(rf'<div class="menu" id="filter-{parameter}".*?</div>', text, re.DOTALL)
    assert found is not None
    fetched = re.search(r'<a href="([^"]+)" data-fetch>', found[0])
    headers = {"HX-Request": "true", "HX-Target": f"filter-{parameter}"}
    return client.get(f"{page}{html.unescape(fetched[1])}", headers=headers).content.decode() if fetched else found[0]


def links(menu: str) -> list[tuple[str, str]]:
    """(address, words) of each."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', menu)
    return [(html.unescape(url), words) for url, words in found]


@pytest.mark.parametrize(("name", "parameter"), SINGLE)
def test_a_single_choice_is_a_menu_of_links(
    programme_admin: Membership, manager: Membership, client_of: Browser, name: str, parameter: str
) -> None:
    reader = programme_admin if programme_admin.can(LISTS[name].permission) else manager
    client, page = client_of(reader), f"/acme{reverse(LISTS[name].page_name)}"
    closed = menu(client.get(page).content.decode(), parameter, client, page)
    assert "<input" not in closed
    assert "Apply" not in closed
    url, words = links(closed)[-1]
    value = QueryDict(url.lstrip("?"))[parameter]
    answer = client.get(f"{page}{url}")
    opened = menu(answer.content.decode(), parameter, client, page)
    assert re.findall(r'aria-current="true">(.*?)</a>', opened) == [words]
    assert links(opened)[-1][1] == "Clear"
    assert parameter not in QueryDict(links(opened)[-1][0].lstrip("?"))
    assert f'name="{parameter}" value="{value}"' in answer.context["listing"].kept  # a search does not lose it


@pytest.mark.parametrize("name", SEARCHED)
def test_the_form_sends_each_parameter_of_the_address_once(
    programme_admin: Membership, client_of: Browser, name: str
) -> None:
    """What has a field of its own stands in it; what has none (a link, a filter that is not drawn) is carried along."""
    filters = LISTS[name].filter_class.base_filters
    query = QueryDict(mutable=True)
    for parameter, one in filters.items():
        offered = [key for key, _words in one.extra.get("choices", ())]
        query[parameter] = offered[0] if offered else "true" if not hasattr(one, "menu") else "2026-11-01"
    if "program" in filters:
        query["program"] = "pos"  # its choices are fetched: the menu holds what is chosen
    page = client_of(programme_admin).get(f"/acme{reverse(LISTS[name].page_name)}?{query.urlencode()}")
    form = re.search(r'<form class="filters".*?</form>', page.content.decode(), re.DOTALL)
    assert form is not None
    fields = set(re.findall(r'name="([a-z_]+)"', form[0]))
    assert fields - {"changed"} == set(filters)


def test_columns_bring_their_filters() -> None:
    """A state brings its words, a day its span, yes or no a switch; a cell of words brings none."""
    columns = {
        one.key: one
        for one in (
            Column("status", "Status", cell=cell.Status("status", Status, {})),
            Column("sent", "Sent", cell=cell.Day("created_at")),
            Column("shared", "Shared", cell=cell.YesNo("is_shared")),
        )
    }
    found = filters_by(columns.values()).base_filters
    assert [*found] == ["status", "sent_from", "sent_to", "shared"]
    assert [key for key, _words in found["status"].extra["choices"]] == Status.values
    assert (found["sent_to"].extra["after"], found["sent_to"].field_name) == ("sent_from", "created_at")
    with pytest.raises(TypeError):
        filters_by([Column("name", "Name", cell=cell.Text("name"))])
