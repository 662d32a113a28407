"""Before and after a record in the list from which it was opened, and back to its row (C7)."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import save_view
from partnerhub.web.lists.saved import State
from partnerhub.web.trails import LONGEST_TRAIL, Trail

Browser = Callable[[Membership], Client]
COUNT = 23
PAGES = ("leads/", "companies/", "contacts/", "settings/users/", "admin-log/", "partners/")


@pytest.fixture
def many(seller: Membership, new_lead: Callable[..., Any]) -> None:
    """Companies repeat, so that ties have to be broken."""
    for number in range(COUNT):
        new_lead(seller, company=f"Shop {number % 4}", website=f"https://s{number}.example.org")


def rows(client: Client, address: str) -> list[tuple[str, str]]:
    """(id, address) of the rows of a list's page."""
    body = client.get(address).content.decode()
    found = re.findall(r'<tr id="row-([0-9a-f-]{36})">.*?<a href="([^"]+)"', body)
    return [(key, unescape(url)) for key, url in found]


def beside(client: Client, address: str) -> Any:
    return own_context(client.get(address))["beside"]


def own_context(answer: Any) -> Any:
    """What the page itself was given: parts of it take a `beside` of their own."""
    return answer.context_data


@pytest.mark.parametrize(
    "query",
    ["?size=10", "?size=10&sort=company&status=submitted", "?size=10&q=shop&sort=-company", "?size=10&sort=updated"],
)
def test_the_way_through_the_records_is_the_way_through_the_list(
    many: None, manager: Membership, client_of: Browser, query: str
) -> None:
    client, listed, page = client_of(manager), [], f"/acme/leads/{query}"
    while page:
        listed += rows(client, page)
        older = client.get(page).context["listing"].pager["older_url"]
        page = f"/acme/leads/{older}" if older else ""
    assert len(listed) == COUNT
    walked, at = [], listed[0][1]
    while at:
        found = beside(client, at)
        walked.append(str(found.record.pk))
        assert found.words == f"Row {len(walked)} of {COUNT} leads"
        assert str(found.record.pk) in [key for key, _url in rows(client, found.back_url.partition("#")[0])]
        assert found.back_url.endswith(f"#row-{found.record.pk}")
        at = found.next_url
    assert walked == [key for key, _url in listed]
    back, at = [], listed[-1][1]
    while at:
        found = beside(client, at)
        back.insert(0, str(found.record.pk))
        assert str(found.record.pk) in [key for key, _url in rows(client, found.back_url.partition("#")[0])]
        at = found.previous_url
    assert back == walked


@pytest.mark.parametrize("page", PAGES)
def test_each_lists_records_know_their_neighbours(
    many: None, programme_admin: Membership, client_of: Browser, page: str
) -> None:
    client = client_of(programme_admin)
    listed = rows(client, f"/acme/{page}")
    assert listed
    found = beside(client, listed[0][1])
    assert found.previous_url == ""
    assert urlsplit(found.next_url).path == (urlsplit(listed[1][1]).path if len(listed) > 1 else "")
    assert found.back_url == f"/acme/{page}#row-{listed[0][0]}"
    assert "beside" not in own_context(client.get(urlsplit(listed[0][1]).path))  # from elsewhere there is no list


def test_a_view_is_gone_through_too(
    many: None, seller: Membership, client_of: Browser, acting: Callable[..., Any]
) -> None:
    with acting(seller):
        view = save_view("leads", name="Threes", state=State({"q": ["shop 3"]}, "updated"), by=seller)
    client = client_of(seller)
    listed = rows(client, f"/acme/leads/?saved={view.pk}")
    found = beside(client, listed[0][1])
    assert urlsplit(found.next_url).path == urlsplit(listed[1][1]).path
    assert found.back_url == f"/acme/leads/?saved={view.pk}#row-{listed[0][0]}"


def test_neighbours_cost_two_statements_each_where_the_list_is_searched(
    many: None, seller: Membership, client_of: Browser
) -> None:
    client = client_of(seller)
    url = rows(client, "/acme/leads/?q=shop&sort=company")[5][1]
    client.get(url)
    counts = []
    for address in (urlsplit(url).path, url):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[1] - counts[0] == 4  # of each neighbour its key and its row


@pytest.mark.parametrize(
    "said",
    ["https://evil.example/x", "//evil.example/", "sort=%00", "cursor=nonsense&sort=weight&colour=red", "a&" * 740],
)
def test_what_an_address_says_of_a_list_leads_nowhere_else(
    many: None, seller: Membership, client_of: Browser, said: str
) -> None:
    client = client_of(seller)
    path = urlsplit(rows(client, "/acme/leads/")[0][1]).path
    answer = client.get(path, {"list": said, "row": "x" * 50, "of": "-1"})
    assert answer.status_code == 200
    found = own_context(answer).get("beside")
    assert found is None or found.back_url.startswith("/acme/leads/?")


@pytest.mark.parametrize("said", ["x" * (LONGEST_TRAIL + 1), "a\0b", "a&" * 60])
def test_what_no_list_writes_is_left_out(said: str) -> None:
    parameters = QueryDict(mutable=True)
    parameters["list"] = said
    assert Trail.of_address(parameters) is None


def test_a_step_leads_back_to_the_record_in_its_list(
    many: None, manager: Membership, representative: Membership, client_of: Browser
) -> None:
    client = client_of(manager)
    url = rows(client, "/acme/leads/?sort=company&status=submitted")[3][1]
    path = urlsplit(url).path
    here = f"http://localhost{url}"
    asked = client.get(f"{path}assign/", headers={"referer": here}).content.decode()
    goes_on = unescape(re.findall(r'name="next" value="([^"]+)"', asked)[-1])
    assert parse_qs(urlsplit(goes_on).query) == parse_qs(urlsplit(url).query)
    version = int(re.findall(r'name="version" value="(\d+)"', asked)[-1])
    sent = {"version": version, "to": representative.pk, "next": goes_on}
    done = client.post(f"{path}assign/", sent)
    assert (done.status_code, done["Location"]) == (302, goes_on)
    in_dialog = {"hx-request": "true", "hx-target": "dialog", "hx-current-url": here}
    dialog = client.post(f"{path}start/", {"version": version + 1}, headers=in_dialog)
    assert "list=sort%3Dcompany" in dialog["HX-Trigger"]
    written = client.post(f"{path}messages/", {"body": "Hello"}, headers={"referer": here})
    assert parse_qs(urlsplit(written["Location"]).query) == parse_qs(urlsplit(url).query)
    assert urlsplit(written["Location"]).fragment == "messages"


def test_another_sites_page_says_nothing_of_a_list(many: None, seller: Membership, client_of: Browser) -> None:
    client = client_of(seller)
    path = urlsplit(rows(client, "/acme/leads/")[0][1]).path
    elsewhere = f"https://evil.example{path}?list=sort%3Dcompany"
    answer = client.post(f"{path}messages/", {"body": "Hello"}, headers={"referer": elsewhere})
    assert answer["Location"] == f"{path}#messages"


def test_saved_roles_lead_back_to_the_row(programme_admin: Membership, seller: Membership, client_of: Browser) -> None:
    client = client_of(programme_admin)
    key, url = next(row for row in rows(client, "/acme/settings/users/?q=maren&sort=-name") if row[0] == str(seller.pk))
    assert client.get(url).content.decode().count("list=q%3Dmaren") >= 1
    answer = client.post(url, {"roles": ["referrals-user"], "seen": "referrals-admin"})
    assert answer["Location"] == f"/acme/settings/users/?q=maren&sort=-name#row-{key}"


@pytest.mark.parametrize("query", ["status=submitted", "status=submitted&sort=company", "sales_support=true"])
def test_a_list_of_leads_behind_filters_is_counted_as_a_whole(
    many: None, seller: Membership, client_of: Browser, query: str
) -> None:
    """It said how many rows were read instead: eleven, of twenty-three."""
    assert client_of(seller).get(f"/acme/leads/?size=10&{query}").context["listing"].count_words == f"{COUNT} leads"
