"""What a member finds from anywhere: by number first, then by name, through the walls and searches of the lists."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.web.finding import MOST_FOUND, find_records

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture
def find(acting: Callable[..., Any]) -> Callable[[Membership, str], dict[str, list[str]]]:
    """The titles that this member finds, by kind, in their order."""

    def by_kind(member: Membership, text: str) -> dict[str, list[str]]:
        with acting(member):
            return {one.hits[0].kind: [hit.title for hit in one.hits] for one in find_records(text, member)}

    return by_kind


def test_a_number_comes_first_then_names(
    people: SimpleNamespace, new_lead: Callable[..., Lead], find: Callable[..., Any]
) -> None:
    lead = new_lead(people.seller, company="Lumikello Oy", website="https://lumikello.example.org")
    for at in range(MOST_FOUND + 2):
        new_lead(people.seller, company=f"Shop {lead.number} {at}", website=f"https://s{at}.example.org")
    found = find(people.manager, lead.reference)
    assert next(iter(found)) == "lead"
    assert found["lead"][0] == "Lumikello Oy"
    found = find(people.manager, str(lead.number))
    assert found["lead"][0] == "Lumikello Oy"
    assert len(found["lead"]) == MOST_FOUND
    assert len(found["company"]) == MOST_FOUND


def test_names_are_found_in_every_kind_that_one_may_see(
    people: SimpleNamespace, new_lead: Callable[..., Lead], find: Callable[..., Any]
) -> None:
    new_lead(people.seller, company="Kavárna Nordwind", website="https://kavarna.example.org")
    assert set(find(people.manager, "kavarna")) == {"lead", "company", "contact"}
    assert set(find(people.manager, "nordwind")) == {"lead", "company", "contact", "partner"}
    assert "partner" not in find(people.seller, "nordwind")
    assert find(people.rival, "kavarna") == {}


def test_the_walls_are_the_lists(
    people: SimpleNamespace, stranger: Membership, new_lead: Callable[..., Lead], find: Callable[..., Any]
) -> None:
    lead = new_lead(people.seller, company="Lumikello Oy")
    for who in (people.rival, stranger):
        assert find(who, lead.reference) == find(who, "lumikello") == {}


@pytest.mark.parametrize("text", ["", "   ", "\N{ZERO WIDTH SPACE}"])
def test_nothing_is_looked_for_without_words(people: SimpleNamespace, find: Callable[..., Any], text: str) -> None:
    assert find(people.manager, text) == {}


def test_statements_do_not_grow_with_what_is_found(
    people: SimpleNamespace, new_lead: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    def counted(text: str) -> int:
        with acting(people.manager), CaptureQueriesContext(connection) as taken:
            find_records(text, people.manager)
        return len(taken)

    new_lead(people.seller, company="Shop 0", website="https://s0.example.org")
    few, numbered = counted("shop"), counted("L-1")
    for at in range(1, 15):
        new_lead(people.seller, company=f"Shop {at}", website=f"https://s{at}.example.org")
    assert counted("shop") == few
    assert counted("L-1") == numbered


def test_the_page_shows_records_and_pages_and_the_way_to_the_rest(
    people: SimpleNamespace, new_lead: Callable[..., Lead], client_of: ClientOf
) -> None:
    for at in range(MOST_FOUND + 1):
        new_lead(people.seller, company=f"Leadhaus {at}", website=f"https://s{at}.example.org")
    page = client_of(people.seller).get("/acme/search/?q=lead").content.decode()
    assert "<title>Search: lead · Acme" in page
    assert 'href="/acme/leads/?q=lead"' in page
    assert '<section aria-label="Pages">' in page
    pages = page[page.index('<section aria-label="Pages">') :].partition("</section>")[0]
    assert '<a href="/acme/leads/">' in pages
    assert "Audit log" not in page[page.index("<main") :]


def test_without_words_it_shows_recent_items_and_what_one_may_open(
    people: SimpleNamespace, new_lead: Callable[..., Lead], client_of: ClientOf
) -> None:
    lead = new_lead(people.seller, company="Lumikello Oy")
    client = client_of(people.seller)
    client.get(f"/acme/leads/{lead.pk}/")
    part = client.get("/acme/search/", headers={"HX-Request": "true", "HX-Target": "jump-found"}).content.decode()
    assert part.startswith('<div class="found" data-for="">')
    assert "Lumikello Oy" in part
    assert "Referral history" in part
    assert "Audit log" not in part, "the role does not open it"


def test_a_text_that_is_too_long_is_told(people: SimpleNamespace, client_of: ClientOf) -> None:
    page = client_of(people.seller).get("/acme/search/", {"q": "x" * 201})
    assert "Search for at most 200 characters." in page.content.decode()


def test_what_was_typed_is_written_as_text(people: SimpleNamespace, client_of: ClientOf) -> None:
    page = client_of(people.seller).get("/acme/search/", {"q": '"><script>'}).content.decode()
    assert '"><script>' not in page
    assert "Nothing was found for “&quot;&gt;&lt;script&gt;”." in page


def test_the_api_finds_the_same(people: SimpleNamespace, new_lead: Callable[..., Lead], client_of: ClientOf) -> None:
    lead = new_lead(people.seller, company="Lumikello Oy")
    client = client_of(people.seller)
    results = client.get("/acme/api/v1/search/", {"q": lead.reference}).json()["results"]
    assert results[0]["kind"] == "lead"
    assert results[0]["id"] == str(lead.pk)
    assert results[0]["note"] == f"{lead.reference}, Submitted"
    assert results[0]["url"].endswith(f"/acme/leads/{lead.pk}/")
    assert client.get("/acme/api/v1/search/").status_code == 422
    refused = client.get("/acme/api/v1/search/", {"q": "x" * 201, "kind": "lead"})
    assert set(refused.json()["errors"]) == {"q", "kind"}
