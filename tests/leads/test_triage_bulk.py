"""Assigning many leads at once: a result for each, and the selection kept for what failed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads import services
from leads.models import Lead
from leads.states import Status
from partnerhub.accounts.models import Membership

pytestmark = pytest.mark.django_db

OPEN = "Submitted, In progress, More information needed"
TRIAGE = "/acme/triage/"
ASSIGN = "/acme/triage/assign/"
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


def results(answer: HttpResponse) -> list[tuple[str, str, str, list[str]]]:
    """Row by row: tone, company, word, what is said below."""
    found = RESULT.findall(answer.content.decode())
    return [(tone, company, word, re.findall(r"<small>([^<]+)</small>", rest)) for tone, company, word, rest in found]


def ticked(answer: HttpResponse) -> list[str]:
    """The boxes that are ticked in the list."""
    return re.findall(r'name="lead" value="([^"]+)" checked', answer.content.decode())


def test_all_are_assigned_and_the_list_comes_back(
    desk: Client, leads: list[Lead], representative: Membership, put: Callable[..., Lead]
) -> None:
    there = f"{TRIAGE}?country=DE"
    answer = desk.post(ASSIGN, {"lead": chosen(leads[:2]), "to": representative.pk, "next": there}, follow=True)
    assert answer.redirect_chain == [(there, 302)]
    assert "2 leads are assigned to Solveig Aastad." in answer.content.decode()
    assert [put(lead).representative_id for lead in leads] == [representative.pk, representative.pk, None]


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
    answer = desk.post(ASSIGN, {"lead": chosen([fine, taken, closed]), "to": representative.pk, "next": TRIAGE})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 of 3 assigned to Solveig Aastad" in page
    assert results(answer) == [
        ("good", "First", "Assigned.", []),
        ("warn", "Second", "Mikael Rosenqvist was faster.", ["Representative: – → Mikael Rosenqvist"]),
        (
            "bad",
            "Third",
            "Not assigned.",
            ["Possible while the status is: Submitted, In progress, More information needed. Now it is: Withdrawn. "],
        ),
    ]
    assert re.findall(r'<li class="taken".*?<a [^>]*>([^<]+)</a><span class="sla">([^<]+)<', page) == [
        ("Second", "Submitted, with Mikael Rosenqvist"),
        ("Third", "Withdrawn"),
    ]


def test_what_failed_stays_selected_as_it_is_now(
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
    answer = desk.post(ASSIGN, {"lead": chosen([fine, changed]), "to": representative.pk, "next": TRIAGE})
    assert results(answer)[1][2:] == ("Maren Feddersen was faster.", ["Sales support: No → Yes"])
    assert ticked(answer) == [f"{changed.pk}:{changed.version + 1}"]
    again = desk.post(ASSIGN, {"lead": ticked(answer), "to": representative.pk, "next": TRIAGE})
    assert again.status_code == 302
    assert put(changed).representative_id == representative.pk


def test_where_nothing_was_assigned_the_answer_is_a_conflict(
    desk: Client, leads: list[Lead], representative: Membership
) -> None:
    values = [f"{leads[0].pk}:{leads[0].version + 5}"]
    answer = desk.post(ASSIGN, {"lead": values, "to": representative.pk, "next": TRIAGE})
    assert answer.status_code == 409
    assert results(answer) == [("warn", "First", "Somebody was faster.", [])]  # no such version was ever there


def test_foreign_lead_is_not_there_and_nothing_is_said_of_it(
    desk: Client,
    new_lead: Callable[..., Lead],
    stranger: Membership,
    representative: Membership,
    leads: list[Lead],
) -> None:
    foreign = new_lead(stranger, company="Kontur's own")
    answer = desk.post(ASSIGN, {"lead": chosen([leads[0], foreign]), "to": representative.pk, "next": TRIAGE})
    assert results(answer)[1] == ("bad", "A lead", "Not assigned.", ["This lead is not there any more. "])
    assert "Kontur" not in answer.content.decode()


def test_without_scripts_a_page_asks_for_the_representative(
    desk: Client, leads: list[Lead], representative: Membership
) -> None:
    answer = desk.post(ASSIGN, {"lead": chosen(leads[:2]), "next": TRIAGE})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1" in page
    assert re.findall(r'name="lead" value="([^"]+)"', page) == chosen(leads[:2])
    assert f'value="{representative.pk}"' in page
    assert desk.get(ASSIGN)["Location"] == TRIAGE


def test_nothing_selected_is_said_in_the_page(desk: Client, representative: Membership) -> None:
    for values in ([], ["nonsense"], ["nonsense:1"]):
        answer = desk.post(ASSIGN, {"lead": values, "to": representative.pk, "next": TRIAGE}, follow=True)
        assert "No lead is selected." in answer.content.decode()


def test_whoever_is_no_representative_is_refused_and_the_choice_kept(
    desk: Client, leads: list[Lead], finance: Membership, put: Callable[..., Lead]
) -> None:
    answer = desk.post(ASSIGN, {"lead": chosen(leads), "to": finance.pk, "next": TRIAGE})
    assert answer.status_code == 422
    assert "Choose one of the vendor&#x27;s representatives." in answer.content.decode()
    assert re.findall(r'name="lead" value="([^"]+)"', answer.content.decode()) == chosen(leads)
    assert put(leads[0]).representative_id is None


def test_more_than_a_page_is_refused(desk: Client, leads: list[Lead], representative: Membership) -> None:
    values = chosen(leads) + [f"01a20000-0000-7000-8000-0000000000{number}:1" for number in range(10, 58)]
    answer = desk.post(ASSIGN, {"lead": values, "to": representative.pk, "next": TRIAGE})
    assert answer.status_code == 422
    assert "Assign at most 50 leads at once." in answer.content.decode()


def test_way_back_stays_in_the_portal(desk: Client, leads: list[Lead], representative: Membership) -> None:
    values = {"lead": chosen(leads), "to": representative.pk, "next": "https://evil.example/triage/"}
    assert desk.post(ASSIGN, values)["Location"] == TRIAGE


def test_menu_of_representatives_counts_their_open_leads(
    desk: Client, leads: list[Lead], representative: Membership, manager: Membership, put: Callable[..., Lead]
) -> None:
    first, second, third = leads
    put(first, representative_id=representative.pk)
    put(second, representative_id=representative.pk, status=Status.MORE_INFO)
    put(third, representative_id=manager.pk, status=Status.AWARDED)
    single = {"lead": f"{first.pk}:3", "next": f"{TRIAGE}?after={first.pk}"}
    with CaptureQueriesContext(connection) as seen:
        menu = desk.get(ASSIGN, single, HTTP_HX_REQUEST="true").content.decode()
    people = re.findall(r'name="to" value="([^"]+)"[^>]*>([^<]+) <span class="count push">([^<]+)<', menu)
    assert people == [
        (str(manager.pk), "Ilse Brandvold", "0 open"),
        (str(representative.pk), "Solveig Aastad", "2 open"),
    ]
    assert f'action="/acme/leads/{first.pk}/assign/"' in menu
    assert 'name="version" value="3"' in menu
    assert len([query for query in seen if "leads_lead" in query["sql"]]) == 1
    assert 'form="bulk"' in desk.get(ASSIGN, HTTP_HX_REQUEST="true").content.decode()


def test_only_whoever_triages_assigns(
    everybody: Any, client_of: Callable[[Membership], Client], new_lead: Callable[..., Lead], put: Callable[..., Lead]
) -> None:
    lead = new_lead(everybody.seller)
    sent = {"lead": f"{lead.pk}:{lead.version}", "to": everybody.representative.pk}
    others = {name: member for name, member in vars(everybody).items() if name not in {"manager", "second_manager"}}
    statuses = {name: client_of(member).post(ASSIGN, sent).status_code for name, member in others.items()}
    assert statuses == dict.fromkeys(others, 403) | {"stranger": 404}
    assert put(lead).representative_id is None
