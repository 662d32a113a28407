"""What was typed is never lost: shown again by the page that refused it, kept over a sign-in, and nobody else's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import change_roles
from partnerhub.notes.models import SharedMessage
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.kept import SEAT_MARK, seat_mark, what_was_typed
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Membership], Client]
TEXT = "The tills are from 2019, the cellar floods, and they would decide before the summer."
SHOWN = ">We kept what you typed</h2>"


@pytest.fixture
def lead(seller: Membership, new_lead: Callable[..., Lead]) -> Lead:
    return new_lead(seller)


@pytest.fixture
def address(lead: Lead) -> str:
    return f"/acme/leads/{lead.pk}/messages/"


def typed(by: Membership, **more: str) -> dict[str, str]:
    return {"body": TEXT, SEAT_MARK: seat_mark(by)} | more


def text_of(response: Any) -> str:
    return str(response.content.decode())


def sign_in(client: Client, member: Membership, address: str) -> Any:
    return client.post(address, {"login": member.email, "password": PASSWORD})


# The session is over


def test_sign_in_leads_to_the_page_of_the_form(acme: Tenant, address: str, seller: Membership, lead: Lead) -> None:
    client = Client(headers={"host": "localhost"})
    refused = client.post(address, typed(seller))
    assert refused["Location"] == f"/acme/accounts/login/?next=/acme/leads/{lead.pk}/"
    assert "what you typed is kept for an hour" in text_of(client.get(refused["Location"]))
    page = client.get(sign_in(client, seller, refused["Location"])["Location"])
    assert page.status_code == 200
    assert SHOWN in text_of(page)
    assert f">\n{TEXT}</textarea>" in text_of(page)
    assert f'action="{address}"' in text_of(page)


def test_it_is_shown_until_it_is_sent(acme: Tenant, address: str, seller: Membership, lead: Lead) -> None:
    client = Client(headers={"host": "localhost"})
    sign_in(client, seller, client.post(address, typed(seller))["Location"])
    page = f"/acme/leads/{lead.pk}/"
    assert [SHOWN in (text := text_of(client.get(page))) and TEXT in text for _ in range(2)] == [True, True]
    client.post(address, typed(seller))
    assert SHOWN not in text_of(client.get(page))
    with tenant_scope(acme):
        assert SharedMessage.objects.get().body == TEXT


def test_it_can_be_thrown_away(address: str, seller: Membership, lead: Lead) -> None:
    client = Client(headers={"host": "localhost"})
    sign_in(client, seller, client.post(address, typed(seller))["Location"])
    client.post("/acme/typed/forget/")
    assert TEXT not in text_of(client.get(f"/acme/leads/{lead.pk}/"))


def test_it_is_not_shown_to_somebody_else(address: str, seller: Membership, manager: Membership, lead: Lead) -> None:
    client = Client(headers={"host": "localhost"})
    sign_in(client, manager, client.post(address, typed(seller))["Location"])
    page = client.get(f"/acme/leads/{lead.pk}/")
    assert page.status_code == 200
    assert TEXT not in text_of(page)


def test_secrets_are_not_kept(address: str, seller: Membership) -> None:
    client = Client(headers={"host": "localhost"})
    client.post(address, typed(seller, password="hunter22", new_password1="hunter23", csrfmiddlewaretoken="t"))
    assert "hunter2" not in str(dict(client.session))
    assert TEXT in str(dict(client.session))


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://localhost/acme/triage/?lead=1", "/acme/triage/%3Flead%3D1"),
        ("http://elsewhere.example/acme/leads/", None),
        ("http://localhost/acme/accounts/login/", None),
        ("http://localhost/acme/theme/", None),
        ("http://localhost/zenit/leads/", None),
    ],
)
def test_the_page_is_the_one_that_the_browser_names_if_it_is_one(
    address: str, seller: Membership, lead: Lead, referer: str, page: str | None
) -> None:
    refused = Client(headers={"host": "localhost", "referer": referer}).post(address, typed(seller))
    assert refused["Location"].partition("next=")[2] == (page or f"/acme/leads/{lead.pk}/")


# Refused by the page itself


def test_an_old_token_shows_what_was_typed(address: str, seller: Membership) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    refused = client.post(address, typed(seller))
    assert refused.status_code == 403
    again = dict(re.findall(r'name="(csrfmiddlewaretoken|seat)" value="([^"]*)"', text_of(refused)))
    assert client.post(address, again | {"body": TEXT}).status_code == 302


def test_a_form_from_elsewhere_is_not_offered_to_be_sent(address: str, seller: Membership, rival: Membership) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    for sent in ({"body": TEXT}, typed(rival), typed(seller) | {SEAT_MARK: "forged"}):
        assert TEXT not in text_of(client.post(address, sent))


def test_no_access_shows_what_was_typed(
    client_of: ClientOf, address: str, seller: Membership, admin: Membership, acting: Callable[..., Any]
) -> None:
    with acting(admin):
        change_roles(seller, [Role.REFERRALS_USER, Role.BUSINESS_PROFILE_ADMIN], by=admin)
    page = f"{address.removesuffix('messages/')}withdraw/"
    refused = client_of(seller).post(page, {SEAT_MARK: seat_mark(seller), "reason": TEXT, "version": "1"})
    assert refused.status_code == 403
    assert TEXT in text_of(refused)


def test_it_is_shown_without_what_cannot_be_seen(client_of: ClientOf, address: str, seller: Membership) -> None:
    """A mark of the writing direction would turn the words around it."""
    gone = re.sub("/leads/[^/]+/", "/leads/01900000-0000-7000-8000-000000000000/", address)
    page = text_of(client_of(seller).post(gone, typed(seller, body="tills \u202egnp.exe")))
    assert "tills gnp.exe" in page
    assert "\u202e" not in page


def test_what_is_gone_shows_what_was_typed(client_of: ClientOf, address: str, seller: Membership) -> None:
    gone = re.sub("/leads/[^/]+/", "/leads/01900000-0000-7000-8000-000000000000/", address)
    refused = client_of(seller).post(gone, typed(seller))
    assert refused.status_code == 404
    assert TEXT in text_of(refused)


def test_a_fault_shows_what_was_typed(
    client_of: ClientOf, address: str, seller: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnerhub.notes.posting.post_message", _fails)
    client = client_of(seller)
    client.raise_request_exception = False
    refused = client.post(address, typed(seller))
    assert refused.status_code == 500
    assert f">\n{TEXT}</textarea>" in text_of(refused)
    assert '<label for="typed-1">Message</label>' in text_of(refused)


def _fails(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("the disk is full")


def test_it_asks_no_database(address: str, seller: Membership, django_assert_num_queries: Callable[[int], Any]) -> None:
    request = RequestFactory().post(address, typed(seller), headers={"host": "localhost"})
    with django_assert_num_queries(0):
        found = what_was_typed(request)
    assert found is not None
    assert (found.address, [field.value for field in found.shown]) == (address, [TEXT])


def test_a_method_that_is_not_taken_has_a_page_of_the_house(client_of: ClientOf, address: str, lead: Lead) -> None:
    page = client_of(lead.submitted_by).get(address)
    assert (page.status_code, page["Allow"]) == (405, "POST, OPTIONS")
    assert f'href="/acme/leads/{lead.pk}/"' in text_of(page)


def test_a_form_that_was_taken_is_named(client_of: ClientOf, address: str, seller: Membership) -> None:
    client = client_of(seller)
    client.post(address, typed(seller, kept="abc1"))
    client.post(address, typed(seller, kept="abc2"))
    assert client.cookies["taken"].value == "abc1.abc2"


@pytest.mark.parametrize("sent", [{"body": ""}, {"body": TEXT, "once": "nonsense"}])
def test_a_form_that_was_refused_is_not_named(
    client_of: ClientOf, address: str, seller: Membership, sent: dict[str, str]
) -> None:
    client = client_of(seller)
    client.post(address, sent | {"kept": "abc1"})
    assert "taken" not in client.cookies


def test_a_form_that_leads_to_the_sign_in_is_not_named(address: str, seller: Membership) -> None:
    client = Client(headers={"host": "localhost"})
    client.post(address, typed(seller, kept="abc1"))
    assert "taken" not in client.cookies
