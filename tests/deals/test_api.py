"""Customers over the API: what the pages show, for whom they show it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from deals.models import Company, Contact
from partnerhub.accounts.models import Membership

Remember = Callable[..., tuple[Company, Contact]]
Browser = Callable[[Membership], Client]


def read(client: Client, path: str, **query: Any) -> Any:
    answer = client.get(f"/acme/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_company_and_its_contact_read_as_they_are_kept(
    remember: Remember, client_of: Browser, seller: Membership
) -> None:
    company, contact = remember(seller)
    client = client_of(seller)
    one = read(client, f"companies/{company.pk}/")
    assert one == one | read(client, "companies/")["results"][0]
    assert (one["name"], one["host"], one["country"]) == ("Hafenkontor Feinkost GmbH", "hafenkontor.example.org", "DE")
    assert one["created_at"].endswith("Z")
    person = read(client, f"contacts/{contact.pk}/")
    assert person == person | read(client, "contacts/")["results"][0]
    assert (person["last_name"], person["company"]["id"]) == ("Ahlers", str(company.pk))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"sort": "password"}, "sort"),
        ({"size": "7"}, "size"),
        ({"cursor": "made-up"}, "cursor"),
        ({"partner": "x"}, "partner"),
        ({"q": "x" * 201}, "q"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    client_of: Browser, seller: Membership, query: dict[str, str], field: str
) -> None:
    for path in ("companies", "contacts"):
        answer = client_of(seller).get(f"/acme/api/v1/{path}/", query)
        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == [field]


def test_each_side_reads_its_own(
    remember: Remember, client_of: Browser, seller: Membership, rival: Membership, manager: Membership
) -> None:
    company, contact = remember(seller)
    assert read(client_of(rival), "companies/")["results"] == []
    assert read(client_of(manager), "contacts/")["results"][0]["partner"]["name"] == "Nordwind Retail"
    for path in (f"companies/{company.pk}/", f"contacts/{contact.pk}/", f"companies/{uuid4()}/"):
        assert client_of(rival).get(f"/acme/api/v1/{path}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_customers_by_hand(
    remember: Remember, client_of: Browser, seller: Membership, method: str
) -> None:
    company, _ = remember(seller)
    answer = getattr(client_of(seller), method)(
        f"/acme/api/v1/companies/{company.pk}/", content_type="application/json"
    )
    assert answer.status_code == 405


@pytest.mark.parametrize("kind", ["companies", "contacts"])
def test_each_has_a_version_and_a_timeline(
    remember: Remember, client_of: Browser, seller: Membership, rival: Membership, kind: str
) -> None:
    changed = {"companies": {"postcode": "28199"}, "contacts": {"phone": "+49 421 2"}}[kind]
    before = {"companies": {"postcode": ""}, "contacts": {"phone": "+49 421 1"}}[kind]
    row = remember(seller, **before)[kind == "contacts"]
    address = f"/acme/api/v1/{kind}/{row.pk}/"
    assert client_of(seller).get(address)["ETag"] == '"1"'
    assert read(client_of(seller), f"{kind}/{row.pk}/timeline/") == {"results": []}
    remember(seller, **changed)
    answer = client_of(seller).get(address)
    assert (answer["ETag"], answer.json()["version"]) == ('"2"', 2)
    (entry,) = read(client_of(seller), f"{kind}/{row.pk}/timeline/")["results"]
    assert (entry["before"], entry["after"], entry["actor"]["name"]) == (before, changed, seller.name)
    assert client_of(rival).get(f"{address}timeline/").status_code == 404
