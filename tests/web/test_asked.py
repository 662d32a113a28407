"""A write never becomes a read, and a zero byte never reaches the database."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.wanted import WANTED
from tests.calls import JSON

pytestmark = pytest.mark.django_db

WITH_SLASH = sorted({address for _method, address in WANTED if address.endswith("/")})
ClientOf = Callable[[Membership], Client]
NUL = ["leads/%00/", "leads/?q=%00", "%00/", "api/v1/leads/?q=a%00b", "api/v1/leads/%00/", "companies/?q=%00&sort=name"]


def filled(address: str) -> str:
    """The address with something in the place of its parameters."""
    kinds = {"uuid": "01900000-0000-7000-8000-000000000000", "slug": "pos", "int": "1", "str": "word"}
    return re.sub(r"<(\w+):\w+>", lambda found: kinds[found[1]], address)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_without_the_last_slash_a_write_stays_a_write(client_of: ClientOf, seller: Membership, method: str) -> None:
    send = getattr(client_of(seller), method)
    for address in WITH_SLASH:
        asked = f"/acme/{filled(address).rstrip('/')}"
        answer = send(asked, "{}", content_type=JSON)
        assert (answer.status_code, answer["Location"]) == (308, f"{asked}/")


def test_a_lead_sent_without_the_last_slash_arrives(client_of: ClientOf, seller: Membership, acme: Tenant) -> None:
    body = '{"program": "pos", "draft": true, "company": "Wollkontor"}'
    answer: Any = client_of(seller).post("/acme/api/v1/leads", body, content_type=JSON, follow=True)
    assert (answer.status_code, answer.json()["status"]) == (201, "draft")
    with tenant_scope(acme):
        assert Lead.objects.count() == 1


def test_a_read_without_the_last_slash_is_led_on(client_of: ClientOf, seller: Membership) -> None:
    assert client_of(seller).get("/acme/leads").status_code == 301


def test_a_write_over_http_stays_a_write(client_of: ClientOf, seller: Membership, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client_of(seller).post("/acme/api/v1/leads/", "{}", content_type=JSON).status_code == 308


@pytest.mark.parametrize("address", NUL)
@pytest.mark.parametrize("prefix", ["/acme/", "/"])
def test_a_zero_byte_in_an_address_is_refused(
    client_of: ClientOf, seller: Membership, address: str, prefix: str
) -> None:
    answer = client_of(seller).get(prefix + address)
    assert answer.status_code == 400
    assert answer["Content-Type"] == ("application/problem+json" if "api/" in address else "text/html; charset=utf-8")


def test_a_zero_byte_in_a_cookie_is_refused(acme: Tenant) -> None:
    client = Client(headers={"host": "localhost"})
    assert client.get("/acme/leads/", headers={"cookie": 'session="aaaaaaaa\\000"'}).status_code == 400


@pytest.mark.parametrize("header", ["*", '"99", "{version}"', '"{version}"'])
def test_a_precondition_that_holds(call: Any, seller: Membership, new_lead: Callable[..., Lead], header: str) -> None:
    lead = new_lead(seller)
    seen = header.format(version=lead.version).replace('"99", ', '"1", ')
    answer = call(seller).post(f"leads/{lead.pk}/withdraw/", {"reason": "Sold"}, if_match=seen)
    assert (answer.status_code, answer.json()["status"]) == (200, "withdrawn")


def test_any_version_of_nothing_is_not_there(call: Any, seller: Membership) -> None:
    gone = "01900000-0000-7000-8000-000000000000"
    assert call(seller).post(f"leads/{gone}/withdraw/", {}, if_match="*").status_code == 404
