"""Assigning many leads at once from triage: by the list's act, with a result for each, and back to the same queue."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads import services
from leads.models import Lead
from leads.states import Status
from partnerhub.accounts.models import Membership

pytestmark = pytest.mark.django_db

TRIAGE = "/acme/triage/"
PEOPLE = "/acme/triage/people/"
ASSIGN = "/acme/triage/bulk/assign/"
RESULT = re.compile(r'<li data-tone="(\w+)">.*?>([^<]+)</(?:a|b)>\s*<span>([^<]+)</span>(.*?)</div></li>', re.DOTALL)


@pytest.fixture
def desk(manager: Membership, client_of: Callable[[Membership], Client]) -> Client:
    """The channel manager's browser."""
    return client_of(manager)


@pytest.fixture
def leads(new_lead: Callable[..., Lead], seller: Membership) -> list[Lead]:
    return [new_lead(seller, company=company) for company in ("First", "Second", "Third")]


def chosen(leads: list[Lead]) -> list[str]:
    return [f"{lead.pk}:{lead.version}" for lead in leads]


def results(page: str) -> list[tuple[str, str, str, list[str]]]:
    """Row by row: tone, company, word, what is said below."""
    return [(*row[:3], re.findall(r"<small>([^<]+)</small>", row[3])) for row in RESULT.findall(page)]


def test_the_queue_sends_to_the_lists_act(desk: Client, leads: list[Lead]) -> None:
    page = desk.get(TRIAGE).content.decode()
    assert f'<form id="bulk" method="post" action="{ASSIGN}">' in page
    assert "that match" not in page, "they are all on this page"
    assert set(re.findall(r'name="row" value="([^"]+)"', page)) == set(chosen(leads))


def test_all_are_assigned_and_the_queue_comes_back(
    desk: Client, leads: list[Lead], representative: Membership, put: Callable[..., Lead]
) -> None:
    there = f"{TRIAGE}?country=DE"
    answer = desk.post(ASSIGN, {"row": chosen(leads[:2]), "to": representative.pk, "next": there}, follow=True)
    assert answer.redirect_chain == [(there, 302)]
    page = answer.content.decode()
    assert "2 leads are assigned." in page
    assert [put(lead).representative_id for lead in leads] == [representative.pk, representative.pk, None]
    undo = re.search(r'action="([^"]*/undo/)"', page)
    assert undo is not None
    undone = desk.post(undo[1], follow=True)
    assert undone.redirect_chain == [(there, 302)]
    assert "2 assignments are undone." in undone.content.decode()
    assert {put(lead).representative_id for lead in leads} == {None}


def test_each_row_tells_what_became_of_it(
    desk: Client,
    leads: list[Lead],
    second_manager: Membership,
    representative: Membership,
    acting: Callable[..., Any],
    put: Callable[..., Lead],
) -> None:
    fine, taken, edited = leads
    closed = put(edited, status=Status.WITHDRAWN)
    with acting(second_manager):
        services.assign_lead(taken.pk, to=second_manager.pk, by=second_manager)
    sent = {"row": chosen([fine, taken, closed]), "to": representative.pk, "next": TRIAGE}
    page = desk.post(ASSIGN, sent, follow=True).content.decode()
    assert "1 lead is assigned." in page
    assert results(page) == [
        ("good", "First", "Done.", []),
        ("bad", "Second", "Not done.", ["Mikael Rosenqvist was faster.", "Representative: – → Mikael Rosenqvist"]),
        (
            "bad",
            "Third",
            "Not done.",
            ["Possible while the status is: Submitted, In progress, More information needed. Now it is: Withdrawn."],
        ),
    ]
    assert f'href="{TRIAGE}">Back to list' in page


def test_what_failed_is_tried_again_as_it_is_now_and_leads_back_to_the_queue(
    desk: Client,
    leads: list[Lead],
    seller: Membership,
    representative: Membership,
    acting: Callable[..., Any],
    put: Any,
) -> None:
    fine, changed, _untouched = leads
    put(changed, sales_support=False)
    with acting(seller):
        services.ask_for_support(changed.pk, by=seller)
    sent = {"row": chosen([fine, changed]), "to": representative.pk, "next": TRIAGE}
    page = desk.post(ASSIGN, sent, follow=True).content.decode()
    assert results(page)[1][3] == ["Maren Feddersen was faster.", "Sales support: No → Yes"]
    again = dict(re.findall(r'name="(again|next)" value="([^"]+)"', page))
    asked = desk.post(ASSIGN, again).content.decode()
    rows = re.findall(r'name="row" value="([^"]+)"', asked)
    assert rows == [f"{changed.pk}:{changed.version + 1}"]
    done = desk.post(ASSIGN, {"row": rows, "confirmed": "1", "to": representative.pk, "next": again["next"]})
    assert done["Location"] == TRIAGE
    assert put(changed).representative_id == representative.pk


def test_without_scripts_a_page_asks_for_the_representative(desk: Client, leads: list[Lead]) -> None:
    page = desk.post(ASSIGN, {"row": chosen(leads[:2]), "next": TRIAGE}).content.decode()
    assert set(re.findall(r'name="row" value="([^"]+)"', page)) == set(chosen(leads[:2]))
    assert f'name="next" value="{TRIAGE}"' in page
    assert desk.get(PEOPLE)["Location"] == TRIAGE


def test_all_that_match_the_queue_are_asked_for_with_the_representative_of_the_menu_and_assigned(
    desk: Client,
    new_lead: Callable[..., Lead],
    seller: Membership,
    representative: Membership,
    put: Callable[..., Lead],
) -> None:
    made = [new_lead(seller, company=f"Shop {number:02}") for number in range(12)]
    put(made[0], representative_id=representative.pk)
    page = desk.get(f"{TRIAGE}?size=10").content.decode()
    assert "Select all 11 leads that match" in page
    rows = re.findall(r'name="row" value="([^"]+)"', page)
    assert len(rows) == 10
    asked = desk.post(f"{ASSIGN}?size=10", {"row": rows, "all": "1", "to": representative.pk}).content.decode()
    chosen = re.findall(r'name="row" value="([^"]+)"', asked)
    assert len(chosen) == 11, "not only those of the page, and none that waits no more"
    assert f'<option value="{representative.pk}" selected>' in asked
    assert {put(lead).representative_id for lead in made[1:]} == {None}, "nobody has seen them all before"
    done = desk.post(f"{ASSIGN}?size=10", {"row": chosen, "confirmed": "1", "to": representative.pk}, follow=True)
    assert "11 leads are assigned." in done.content.decode()
    assert {put(lead).representative_id for lead in made} == {representative.pk}


def test_nothing_selected_is_said_in_the_page(desk: Client, representative: Membership) -> None:
    answer = desk.post(ASSIGN, {"row": ["nonsense:1"], "to": representative.pk, "next": TRIAGE}, follow=True)
    assert answer.redirect_chain == [(TRIAGE, 302)]
    assert "No row is selected." in answer.content.decode()


def test_way_back_stays_in_the_portal(desk: Client, leads: list[Lead], representative: Membership) -> None:
    values = {"row": chosen(leads), "to": representative.pk, "next": "https://evil.example/triage/"}
    assert desk.post(ASSIGN, values)["Location"] == TRIAGE


def test_menu_of_representatives_counts_their_open_leads(
    desk: Client, leads: list[Lead], representative: Membership, manager: Membership, put: Callable[..., Lead]
) -> None:
    first, second, third = leads
    put(first, representative_id=representative.pk)
    put(second, representative_id=representative.pk, status=Status.MORE_INFO)
    put(third, representative_id=manager.pk, status=Status.AWARDED)
    single = {"lead": f"{first.pk}:3", "next": f"{TRIAGE}?after={first.pk}"}
    one = desk.get(PEOPLE, single, HTTP_HX_REQUEST="true").content.decode()
    assert f'action="/acme/leads/{first.pk}/assign/"' in one
    assert 'name="version" value="3"' in one
    with CaptureQueriesContext(connection) as seen:
        menu = desk.get(PEOPLE, HTTP_HX_REQUEST="true").content.decode()
    people = re.findall(r'name="to" value="([^"]+)"[^>]*>\s*([^<]+) <span class="count push">([^<]+)<', menu)
    assert people == [
        (str(manager.pk), "Ilse Brandvold", "0 open"),
        (str(representative.pk), "Solveig Aastad", "2 open"),
    ]
    assert len([query for query in seen if "leads_lead" in query["sql"]]) == 1
    assert 'form="bulk"' in menu


def test_only_whoever_triages_assigns(
    everybody: Any, client_of: Callable[[Membership], Client], new_lead: Callable[..., Lead], put: Callable[..., Lead]
) -> None:
    lead = new_lead(everybody.seller)
    sent = {"row": f"{lead.pk}:{lead.version}", "to": everybody.representative.pk}
    others = {name: member for name, member in vars(everybody).items() if name not in {"manager", "second_manager"}}
    statuses = {name: client_of(member).post(ASSIGN, sent).status_code for name, member in others.items()}
    assert statuses == dict.fromkeys(others, 403) | {"stranger": 404}
    assert put(lead).representative_id is None


def test_many_are_awarded_each_by_itself(
    desk: Client, leads: list[Lead], put: Callable[..., Lead], representative: Membership
) -> None:
    put(leads[1], status=Status.WITHDRAWN)
    sent = {"row": [f"{leads[0].pk}:{leads[0].version}", f"{leads[1].pk}:{leads[1].version}", f"{leads[2].pk}:99"]}
    asked = desk.post("/acme/triage/bulk/award/", sent).content.decode()
    assert "Each becomes a referral" in asked
    assert {put(lead).status for lead in leads} == {Status.SUBMITTED, Status.WITHDRAWN}, "it asks first"
    page = desk.post("/acme/triage/bulk/award/", sent | {"confirmed": "1"}, follow=True).content.decode()
    assert [put(lead).status for lead in leads] == [Status.AWARDED, Status.WITHDRAWN, Status.SUBMITTED]
    assert [row[:2] for row in results(page)] == [("good", "First"), ("bad", "Second"), ("bad", "Third")]


def test_many_are_found_not_eligible_with_a_reason_that_each_partner_reads(
    desk: Client, leads: list[Lead], put: Callable[..., Lead]
) -> None:
    address = "/acme/triage/bulk/refuse/"
    sent = {"row": chosen(leads[:2]), "code": "not_a_fit", "next": TRIAGE}
    answer = desk.post(address, sent)
    assert answer.status_code == 422
    assert "Write a few words" in answer.content.decode()
    assert {put(lead).status for lead in leads} == {Status.SUBMITTED}
    desk.post(address, sent | {"text": "They have no shop."})
    assert [put(lead).reason_text for lead in leads] == ["They have no shop.", "They have no shop.", ""]
    assert [put(lead).status for lead in leads] == [Status.NOT_ELIGIBLE, Status.NOT_ELIGIBLE, Status.SUBMITTED]
