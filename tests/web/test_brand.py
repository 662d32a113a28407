"""A tenant's colours: kept by browsers for good, under an address that changes with them."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant

pytestmark = pytest.mark.django_db


def stylesheet_of(client: Client) -> str:
    found = re.search(r'href="(/acme/brand\.css[^"]*)"', client.get("/acme/").content.decode())
    assert found, "the page has no colours"
    return found[1]


def test_the_address_changes_with_the_colours_and_is_kept_for_good(
    client_of: Callable[[Membership], Client], seller: Membership, acme: Tenant
) -> None:
    client = client_of(seller)
    before = stylesheet_of(client)
    answer = client.get(before)
    assert "immutable" in answer["Cache-Control"]
    assert b"210)" in answer.content
    Tenant.objects.filter(pk=acme.pk).update(brand_hue=320)
    after = stylesheet_of(client)
    assert after != before
    assert b"320)" in client.get(after).content


@pytest.mark.parametrize("query", ["", "?v=", "?v=other"])
def test_any_other_address_is_asked_for_each_time(acme: Tenant, query: str) -> None:
    answer = Client(headers={"host": "localhost"}).get(f"/acme/brand.css{query}")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
