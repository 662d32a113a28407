"""Home begins with what waits for this person; a tile is one link, and nothing repeats the navigation."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now, timedelta
from playwright.sync_api import Page, expect

from leads.models import Lead
from leads.states import Status
from partnerhub.accounts.models import Membership

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def text_of(client: Client) -> str:
    return client.get("/acme/").content.decode()


def part(page: str) -> str:
    """The card of what waits."""
    return page[page.index('aria-labelledby="waiting-title"') :].partition("</section>")[0]


def test_whoever_may_triage_reads_how_many_wait_and_how_long_with_the_way_there(
    people: SimpleNamespace, new_lead: Callable[..., Lead], put: Callable[..., Lead], client_of: ClientOf
) -> None:
    for number in range(3):
        put(new_lead(people.seller, company=f"Shop {number}"), submitted_at=now() - timedelta(days=5 + number))
    card = part(text_of(client_of(people.manager)))
    assert "3 leads wait in triage, the oldest 7 days" in card
    assert '<a class="btn primary" href="/acme/triage/">Open triage</a>' in card
    assert "wait in triage" not in text_of(client_of(people.representative))
    assert "wait in triage" not in text_of(client_of(people.seller))


def test_it_is_the_first_card_and_no_card_repeats_the_navigation(
    people: SimpleNamespace, new_lead: Callable[..., Lead], client_of: ClientOf
) -> None:
    new_lead(people.seller)
    for who in (people.seller, people.manager, people.representative):
        titles = re.findall(r'<section class="card"[^>]*aria-label(?:ledby)?="([^"]+)"', text_of(client_of(who)))
        assert titles[:2] == ["waiting-title", "Key figures"]
        assert set(titles[2:]) <= {"recent-title"}


def test_more_than_are_shown_are_one_link_away(
    people: SimpleNamespace, new_lead: Callable[..., Lead], put: Callable[..., Lead], client_of: ClientOf
) -> None:
    for number in range(7):
        put(new_lead(people.seller, company=f"Shop {number}"), status=Status.MORE_INFO, question="How many tills?")
    card = part(text_of(client_of(people.seller)))
    assert '<a href="/acme/leads/?status=more_info">See all 7</a>' in card
    assert card.count("Answer the question about") == 6


def test_only_who_may_answer_is_asked_to(
    people: SimpleNamespace,
    colleague: Membership,
    new_lead: Callable[..., Lead],
    put: Callable[..., Lead],
    client_of: ClientOf,
) -> None:
    """A Referrals user reads along (roles.md): nothing is theirs to answer, and the figure says whose it is."""
    put(
        new_lead(people.seller),
        status=Status.MORE_INFO,
        question="How many tills?",
        submitted_by_id=colleague.pk,
    )
    page = text_of(client_of(colleague))
    for words in ("Answer the question", "How many tills?", "questions for you", "Questions wait for your answer"):
        assert words not in page
    assert "You can read the questions about your leads, but not answer them." in part(page)
    assert "questions your colleagues have not answered" in page
    asked = text_of(client_of(people.seller))
    assert "Answer the question about" in part(asked)
    assert "questions for you" in asked


def test_statements_do_not_grow_with_what_waits(
    people: SimpleNamespace, new_lead: Callable[..., Lead], put: Callable[..., Lead], client_of: ClientOf
) -> None:
    def counted(client: Client) -> int:
        client.get("/acme/")
        with CaptureQueriesContext(
            connection,
        ) as taken:
            client.get("/acme/")
        return len(taken)

    clients = [client_of(who) for who in (people.seller, people.manager, people.representative)]
    put(new_lead(people.seller), representative_id=people.representative.pk)
    few = [counted(client) for client in clients]
    for number in range(4):
        put(new_lead(people.seller, company=f"Shop {number}"), representative_id=people.representative.pk)
    assert [counted(client) for client in clients] == few


@pytest.mark.django_db(transaction=True)
def test_a_tile_is_a_link_as_a_whole(
    open_at: Callable[..., Page], people: SimpleNamespace, new_lead: Callable[..., Any]
) -> None:
    new_lead(people.seller)
    page = open_at(people.seller, "/")
    tile = page.locator(".kpis > div").filter(has_text="Open leads")
    box = tile.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 5, box["y"] + box["height"] - 5)
    expect(page).to_have_url(re.compile(r"/leads/\?status=submitted&"))


@pytest.mark.parametrize("path", ["/acme/", "/acme/leads/", "/acme/leads/drafts/", "/acme/leads/?q=nobody"])
def test_each_page_that_offers_to_submit_says_so_in_words(
    people: SimpleNamespace, new_lead: Callable[..., Lead], client_of: ClientOf, path: str
) -> None:
    new_lead(people.seller)
    page = client_of(people.seller).get(path).content.decode()
    for slug, words in (("pos", "Submit a POS lead"), ("plus", "Submit a Plus lead")):
        assert re.search(rf'href="/acme/leads/new/{slug}/">(?:<svg.*?</svg>)?{words}</a>', page), path


def test_an_empty_list_offers_to_submit_in_words(people: SimpleNamespace, client_of: ClientOf) -> None:
    page = client_of(people.seller).get("/acme/leads/").content.decode()
    assert len(re.findall(r">(?:<svg[^>]*><use[^>]*/></svg>)?Submit a POS lead</a>", page)) == 2
