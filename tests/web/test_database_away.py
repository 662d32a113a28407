"""PostgreSQL is away: 503 with a time to come back, in the caller's own form, and nothing that was typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.db import OperationalError, connections
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.notes.models import SharedMessage
from partnerhub.tenancy.hosts import OWN_HOSTS
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.errors import is_database_away
from partnerhub.web.kept import SEAT_MARK, seat_mark
from partnerhub.web.problems import CONTENT_TYPE
from tests.conftest import answers

pytestmark = pytest.mark.django_db(transaction=True)

ClientOf = Callable[[Membership], Client]


@contextmanager
def away() -> Iterator[None]:
    """Nobody listens where the database was."""
    there = connections["default"]
    port = there.settings_dict["PORT"]
    there.close()
    there.settings_dict["PORT"] = "9"
    try:
        yield
    finally:
        there.settings_dict["PORT"] = port


@pytest.fixture
def caller(seller: Membership, client_of: ClientOf) -> Client:
    client = client_of(seller)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("path", ["/", "/acme/", "/acme/leads/", "/accounts/login/", "/acme/brand.css"])
def test_a_page_says_when_to_come_back(caller: Client, path: str) -> None:
    with away():
        answer = caller.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "The portal cannot be reached right now" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_a_program_gets_a_problem(caller: Client, method: str) -> None:
    with away():
        answer = getattr(caller, method)("/acme/api/v1/leads/", headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (503, CONTENT_TYPE, "10")
    assert answer.json()["type"] == "urn:partnerhub:problem:unavailable"


@pytest.mark.parametrize(
    ("cookie", "browser", "words"),
    [("", "pl, en;q=0.5", "pl"), ("pl", "en", "pl"), ("", "de", "en")],
)
def test_the_page_speaks_the_callers_language(caller: Client, cookie: str, browser: str, words: str) -> None:
    """Not the language of whoever this thread served before."""
    caller.get("/acme/", headers={"Accept-Language": "en" if words == "pl" else "pl"})
    if cookie:
        caller.cookies["language"] = cookie
    with away():
        answer = caller.get("/acme/leads/", headers={"Accept-Language": browser})
    assert f'<html lang="{words}">' in answer.content.decode()


def test_what_was_typed_is_shown_again_and_can_be_sent_again(
    acme: Tenant, seller: Membership, caller: Client, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(seller)
    address, text = f"/acme/leads/{lead.pk}/messages/", "The tills are from 2019, and the cellar floods."
    page = caller.get(f"/acme/leads/{lead.pk}/")
    token = str(page.context["csrf_token"])
    caller.handler.enforce_csrf_checks = True
    with away():
        answer = caller.post(address, {"body": text, SEAT_MARK: seat_mark(seller), "csrfmiddlewaretoken": token})
    shown = answer.content.decode()
    assert answer.status_code == 503
    assert text in shown
    assert f'action="{address}"' in shown
    again = shown.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    mark = shown.partition('name="seat" value="')[2].partition('"')[0]
    assert caller.post(address, {"body": text, SEAT_MARK: mark, "csrfmiddlewaretoken": again}).status_code in (200, 302)
    with tenant_scope(acme):
        assert SharedMessage.objects.get().body == text


def test_the_form_of_a_lead_is_shown_with_its_labels(caller: Client, seller: Membership) -> None:
    with away():
        answer = caller.post("/acme/leads/new/pos/", answers(company="Fjordbad Drift") | {SEAT_MARK: seat_mark(seller)})
    assert answer.status_code == 503
    assert 'value="Fjordbad Drift"' in answer.content.decode()


def test_a_password_is_never_shown_again(caller: Client, seller: Membership) -> None:
    with away():
        sent = {"login": seller.email, "password": "correct-horse", SEAT_MARK: seat_mark(seller)}
        answer = caller.post("/acme/accounts/login/", sent)
    assert answer.status_code == 503
    assert "correct-horse" not in answer.content.decode()


def test_the_own_host_of_a_portal_says_the_same(acme: Tenant, caller: Client) -> None:
    acme.host = "partners.acme.example"
    acme.save()
    for is_known in (True, False):
        OWN_HOSTS.forget()
        assert not is_known or acme.host in OWN_HOSTS
        with away():
            assert caller.get("/leads/", headers={"host": acme.host}).status_code == 503


def test_when_it_is_back_the_same_process_serves_again(caller: Client) -> None:
    with away():
        assert caller.get("/acme/leads/").status_code == 503
    assert caller.get("/acme/leads/").status_code == 200


def test_a_connection_that_ends_in_the_middle_of_a_request(
    caller: Client, monkeypatch: pytest.MonkeyPatch, admin_cursor: Any
) -> None:
    def cut_off(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            admin_cursor.execute("SELECT pg_terminate_backend(%s, 5000)", cursor.fetchone())
            cursor.execute("SELECT 1")

    monkeypatch.setattr("partnerhub.portal.views.HomeView.dispatch", cut_off)
    answer = caller.get("/acme/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


@pytest.mark.parametrize(
    ("statement", "is_away"),
    [
        ("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)", False),
        ("SELECT pg_terminate_backend(pg_backend_pid())", True),
    ],
)
def test_what_postgresql_answers_to_a_statement_is_a_fault(statement: str, is_away: bool) -> None:
    with connections["default"].cursor() as cursor, pytest.raises(OperationalError) as failed:
        cursor.execute(statement)
    connections["default"].close()
    assert isinstance(failed.value.__cause__, psycopg2.Error)
    assert is_database_away(failed.value) is is_away
