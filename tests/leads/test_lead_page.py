"""The page of one lead: status, what happens next, timeline, representative, answers, messages; and who sees it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from leads.services import ask_for_information, assign_lead, start_lead
from leads.states import Status, next_words
from partnerhub.accounts.models import Membership, RecentItem
from partnerhub.notes.services import post_message, write_note
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member

REGIONS = (
    "Status",
    "What happens next",
    "Timeline",
    "Your representative",
    "What you submitted",
    "Payout",
    "Shared messages",
    "Notes",
)


def text_of(client: Client, lead: Any) -> str:
    answer = client.get(f"/acme/leads/{lead.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def lead(seller: Membership, new_lead: Callable[..., Any]) -> Any:
    return new_lead(seller)


def test_telephone_numbers_are_written_in_groups(
    new_lead: Callable[..., Any], seller: Membership, client_of: Callable[[Membership], Client]
) -> None:
    lead = new_lead(seller, phone="+494215550184")
    page = client_of(seller).get(f"/acme/leads/{lead.pk}/").content.decode()
    assert 'href="tel:+494215550184"' in page
    assert "+49 421 5550184" in page


def test_the_partner_finds_every_region(lead: Any, seller: Membership, client_of: Callable[..., Client]) -> None:
    page = text_of(client_of(seller), lead)
    for region in REGIONS:
        assert f">{region}</h2>" in page


@pytest.mark.parametrize("kind", ["pos", "plus"])
@pytest.mark.parametrize("support", [True, False])
def test_what_happens_next_is_said_by_program_and_support(
    seller: Membership, new_lead: Callable[..., Any], client_of: Callable[..., Client], kind: str, support: bool
) -> None:
    lead = new_lead(seller, kind=kind, sales_support=support)
    assert str(next_words(kind, support, Status.SUBMITTED, is_assigned=False)) in text_of(client_of(seller), lead)


def test_the_representative_is_shown_with_contact_and_local_time(
    lead: Any,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    acting: Callable[..., Any],
    client_of: Callable[..., Client],
) -> None:
    assert "Nobody is assigned yet" in text_of(client_of(seller), lead)
    with acting(manager):
        assign_lead(lead.pk, to=representative.pk, by=manager)
    page = text_of(client_of(seller), lead)
    for words in ("Solveig Aastad", representative.user.email, "+47 22 55 50 18", "Time zone"):
        assert words in page


def test_actions_that_are_not_possible_say_why(
    lead: Any, manager: Membership, client_of: Callable[..., Client]
) -> None:
    page = text_of(client_of(manager), lead)
    assert 'aria-disabled="true"' in page
    assert "Nobody is assigned yet.<small>Assign a representative first.</small>" in page
    assert "A representative is assigned." not in page


def test_what_is_missing_names_who_can_mend_it_where_they_are_few(
    lead: Any, finance: Membership, programme_admin: Membership, client_of: Callable[..., Client], acme: Tenant
) -> None:
    page = text_of(client_of(finance), lead)
    assert "You need the role Channel manager." in page
    assert f"An administrator can give you the role. Ask {programme_admin.name}." in page
    for number in range(3):
        make_member(acme, f"Admin {number}", Role.PROGRAMME_ADMIN)
    page = text_of(client_of(finance), lead)
    assert "An administrator can give you the role.</small>" in page
    assert "Ask " not in page.partition("You need the role Channel manager.")[2][:200]


def test_actions_and_reasons_are_in_the_language_of_whoever_reads_them_next(
    lead: Any, manager: Membership, client_of: Callable[..., Client]
) -> None:
    pages = []
    for language in ("en", "pl", "en"):
        manager.user.language = language
        manager.user.save()
        pages.append(text_of(client_of(manager), lead))
    assert ["The status allows it: Submitted." in page for page in pages] == [True, False, True]
    assert ["Status na to pozwala:" in page for page in pages] == [False, True, False]


def test_an_action_opens_as_soon_as_nothing_is_missing(
    lead: Any,
    manager: Membership,
    representative: Membership,
    acting: Callable[..., Any],
    client_of: Callable[..., Client],
) -> None:
    client = client_of(manager)
    start = f"/acme/leads/{lead.pk}/start/?seen="
    assert start not in text_of(client, lead)
    with acting(manager):
        assign_lead(lead.pk, to=representative.pk, by=manager)
    assert start in text_of(client_of(representative), lead)
    assert "A representative is assigned." not in text_of(client_of(representative), lead)


def test_a_question_and_its_answer_go_through_the_pages(
    lead: Any,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    acting: Callable[..., Any],
    client_of: Callable[..., Client],
) -> None:
    with acting(manager):
        assign_lead(lead.pk, to=representative.pk, by=manager)
    with acting(representative):
        start_lead(lead.pk, by=representative)
        asked = ask_for_information(lead.pk, question="How many tills?", by=representative)
    page = text_of(client_of(seller), lead)
    assert "How many tills?" in page
    answered = client_of(seller).post(
        f"/acme/leads/{lead.pk}/give-info/", {"version": asked.version, "answer": "Seven."}
    )
    assert answered.status_code == 302
    page = text_of(client_of(representative), lead)
    assert "Seven." in page
    assert ">In progress</span>" in page


def test_what_the_vendor_alone_may_know_is_not_on_the_partners_page(
    lead: Any,
    seller: Membership,
    manager: Membership,
    rival: Membership,
    new_lead: Callable[..., Any],
    client_of: Callable[..., Client],
) -> None:
    with tenant_scope(lead.tenant):
        Lead.objects.filter(pk=lead.pk).update(protected_until=now() + timedelta(days=30))
    second = new_lead(rival)  # the same business, by another partner
    assert second.conflict == "held"
    assert "Another partner’s lead for this business is protected" in text_of(client_of(manager), second)
    page = text_of(client_of(rival), second)
    assert "Another partner" not in page
    assert "Nordwind" not in page


def test_opening_a_lead_puts_it_on_top_of_recent_items(
    lead: Any, seller: Membership, client_of: Callable[..., Client], acting: Callable[..., Any]
) -> None:
    client = client_of(seller)
    text_of(client, lead)
    text_of(client, lead)
    with acting(seller):
        assert list(RecentItem.objects.values_list("title", flat=True)) == [lead.company]
    assert "Recent items" in client.get("/acme/").content.decode()


def test_the_page_costs_at_most_eight_statements_whatever_has_happened(
    lead: Any, seller: Membership, manager: Membership, acting: Callable[..., Any], client_of: Callable[..., Client]
) -> None:
    for number in range(8):
        by = (seller, manager)[number % 2]
        with acting(by):
            post_message(lead, by=by, body=f"Message {number}")
            write_note(lead, by=by, body=f"Note {number}")
    client = client_of(seller)
    text_of(client, lead)
    sent: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        text_of(client, lead)
    statements = [sql for sql in sent if "SAVEPOINT" not in sql]
    assert len(statements) <= 8, [sql[:90] for sql in statements]


def test_strings_that_would_be_markup_are_text(
    seller: Membership, new_lead: Callable[..., Any], client_of: Callable[..., Client]
) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    lead = new_lead(seller, company=evil, notes=evil, first_name=evil[:80], how_met=evil)
    for path in (f"/acme/leads/{lead.pk}/", "/acme/leads/", "/acme/"):
        page = client_of(seller).get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
