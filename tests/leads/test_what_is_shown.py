"""What the lead's page says fits the facts, and triage shows the same facts."""

import re
from collections.abc import Callable
from html import unescape
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from leads import services
from leads.models import Lead
from leads.services.vendor_fields import note_vendor_answers
from leads.states import LISTED, Kind, Status, next_words
from partnerhub.accounts.models import Membership
from partnerhub.notes.services import post_message

pytestmark = pytest.mark.django_db

NOBODY = "Nobody is assigned"
STAYS = "stays Submitted"


def words_of(client: Client, address: str) -> str:
    """The page in words, each run of space as one; what stands in a field is a word of the page."""
    text = re.sub(r'<input[^>]* value="([^"]*)"[^>]*>', r" \1 ", client.get(address).content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text.replace("<wbr>", ""))))


COMBINATIONS = list(product(Kind, (True, False), (True, False)))


@pytest.mark.parametrize(("kind", "support", "is_assigned"), COMBINATIONS)
def test_no_two_sentences_on_the_page_contradict_each_other(
    kind: Kind,
    support: bool,
    is_assigned: bool,
    new_lead: Callable[..., Lead],
    people: SimpleNamespace,
    put: Callable[..., Lead],
    client_of: Callable[..., Client],
) -> None:
    lead = new_lead(people.seller, kind=kind, sales_support=support)
    client, found = client_of(people.seller), []
    for status in LISTED:
        representative = people.representative.pk if is_assigned else None
        put(lead, status=status, representative_id=representative, resume_to=Status.SUBMITTED, question="How many?")
        page = words_of(client, f"/acme/leads/{lead.pk}/")
        is_open = status in {Status.SUBMITTED, Status.IN_PROGRESS, Status.MORE_INFO}
        for contradiction, is_there in {
            "nobody, and contact them": NOBODY in page and "need to contact your representative" in page,
            "nobody, and somebody": is_assigned and NOBODY in page,
            "nobody yet, of a lead that is decided": not is_open and "Nobody is assigned yet" in page,
            "stays submitted, and is not": status != Status.SUBMITTED and STAYS in page,
            "assigns somebody, where nobody is needed": (kind, support) == (Kind.POS, False)
            and "assigns a representative" in page,
        }.items():
            if is_there:
                found.append((status, contradiction))
        assert str(next_words(kind, support, status, is_assigned=is_assigned)) in page
    assert found == []


def test_the_words_of_the_spec_hold_once_somebody_is_assigned() -> None:
    alone = next_words(Kind.PLUS, False, Status.SUBMITTED)
    assert alone == "You still need to contact your representative to draw up the contract and close the sale."
    assert "Nobody is assigned yet." in str(next_words(Kind.PLUS, False, Status.SUBMITTED, is_assigned=False))


@pytest.mark.parametrize("state", ["submitted", "more_info", "appealed", "not_eligible", "questioned"])
def test_triage_shows_the_facts_of_the_page(
    state: str,
    new_lead: Callable[..., Lead],
    people: SimpleNamespace,
    own_field: Callable[..., Any],
    acting: Callable[..., Any],
    put: Callable[..., Lead],
    client_of: Callable[..., Client],
    colleague: Membership,
) -> None:
    hidden = own_field("Credit check", vendor_only=True)
    lead = new_lead(people.seller, notes="New owner since September.", how_met="At the yarn fair")
    with acting(people.manager):
        note_vendor_answers(lead.pk, answers={hidden.key: "Passed, twice."}, by=people.manager)
        post_message(lead, by=people.manager, body="We look at it.")
    with acting(people.seller):
        services.name_team(lead.pk, owner=people.teammate.pk, team=[colleague.pk], by=people.seller)
    columns: dict[str, dict[str, Any]] = {
        "more_info": {"status": Status.MORE_INFO, "question": "How many tills?", "resume_to": Status.SUBMITTED},
        "appealed": {"appeal_text": "They open one in May."},
        "not_eligible": {"status": Status.NOT_ELIGIBLE, "reason_code": "not_a_fit", "reason_text": "No shop."},
        "questioned": {
            "status": Status.AWARDED,
            "award_question": "Paid twice?",
            "award_questioned_by_id": people.manager.pk,
        },
    }
    put(lead, representative_id=people.representative.pk, **columns.get(state, {}))
    client = client_of(people.manager)
    pages = [words_of(client, address) for address in (f"/acme/leads/{lead.pk}/", f"/acme/triage/?lead={lead.pk}")]
    facts = {
        *("Hafenkontor", "Jette", "Ahlers", "j.ahlers@example.org", "+49 421 5550184", "Germany", "28195"),
        *("New owner since September.", "At the yarn fair", "They agreed when we talked", "version 2026-1"),
        *("Passed, twice.", "We look at it.", "Ove Nygaard", "Rasmus Lindtorp", "Solveig Aastad", "L-1"),
        *("Nordwind Retail", "Maren Feddersen", "No other lead found"),
        {
            "submitted": "Your lead is in.",
            "more_info": "How many tills?",
            "appealed": "They open one in May.",
            "not_eligible": "Not a fit for the program",
            "questioned": "Paid twice?",
        }[state],
    }
    assert [{fact for fact in facts if fact not in page} for page in pages] == [set(), set()]


def test_the_partner_reads_the_own_appeal_on_the_page(
    new_lead: Callable[..., Lead], people: SimpleNamespace, put: Callable[..., Lead], client_of: Callable[..., Client]
) -> None:
    lead = new_lead(people.seller)
    put(lead, appeal_text="They open one in May.")
    page = words_of(client_of(people.seller), f"/acme/leads/{lead.pk}/")
    assert "Your organisation appealed an earlier decision They open one in May." in page
