"""A partner's own people: all read its locations and solutions, who keeps the profile changes them (B1)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.partners.models import Location, Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
PAGES = {"locations": ("/acme/profile/", Location)}


@pytest.fixture
def keeper(acme: Tenant, nordwind: Partner) -> Membership:
    return make_member(acme, "Hauke Petersen", Role.BUSINESS_PROFILE_ADMIN, partner=nordwind)


@pytest.fixture
def reader(acme: Tenant, nordwind: Partner) -> Membership:
    return make_member(acme, "Birte Clausen", Role.REFERRALS_USER, partner=nordwind)


@pytest.mark.parametrize("kind", PAGES)
def test_who_keeps_the_profile_adds_and_changes_by_page(
    client_of: ClientOf, acme: Tenant, nordwind: Partner, keeper: Membership, kind: str
) -> None:
    page, model = PAGES[kind]
    client = client_of(keeper)
    assert f"/acme/profile/{kind}/new/" in client.get(page).content.decode()
    assert client.post(f"/acme/profile/{kind}/new/", {"name": ""}).status_code == 422
    made = client.post(f"/acme/profile/{kind}/new/", {"name": "Altona"})
    assert (made.status_code, made["Location"]) == (302, page)
    with tenant_scope(acme):
        row = model.objects.get()
        assert row.partner_id == nordwind.pk
    one = f"/acme/profile/{kind}/{row.pk}/"
    assert one in client.get(page).content.decode()
    assert client.post(one, {"name": "Ottensen", "version": 1}).status_code == 302
    assert client.post(one, {"name": "Elbe", "version": 1}).status_code == 409
    with tenant_scope(acme):
        told = Event.objects.get(kind=f"{kind[:-1]}.changed")
    assert (told.after, told.actor_name, told.partner_id) == ({"name": "Ottensen"}, keeper.name, nordwind.pk)


@pytest.mark.parametrize("kind", PAGES)
def test_colleagues_read_them_and_are_told_who_keeps_them(
    client_of: ClientOf, call: Call, keeper: Membership, reader: Membership, kind: str
) -> None:
    call(keeper).post(f"profile/{kind}/", {"name": "Altona"})
    page = client_of(reader).get(PAGES[kind][0]).content.decode()
    assert "Altona" in page
    assert "You need one of the roles Referrals admin, Business profile admin." in page
    assert f"/profile/{kind}/" not in page.partition("<main")[2]
    assert [row["name"] for row in call(reader).get(f"profile/{kind}/").json()["results"]] == ["Altona"]
    assert call(reader).post(f"profile/{kind}/", {"name": "B"}).status_code == 403


@pytest.mark.parametrize("kind", ["locations", "solutions"])
def test_the_vendor_sees_what_the_partner_keeps_and_another_partner_does_not(
    client_of: ClientOf,
    call: Call,
    nordwind: Partner,
    keeper: Membership,
    rival: Membership,
    manager: Membership,
    kind: str,
) -> None:
    one = call(keeper).post(f"profile/{kind}/", {"name": "Altona"}).json()["id"]
    assert call(manager).get(f"partners/{nordwind.pk}/{kind}/").json()["results"][0]["name"] == "Altona"
    assert call(rival).get(f"profile/{kind}/").json()["results"] == []
    assert call(rival).patch(f"profile/{kind}/{one}/", {"name": "Mine"}, version=1).status_code == 404
    if kind in PAGES:
        assert client_of(rival).get(f"/acme/profile/{kind}/{one}/").status_code == 404


def test_the_rail_tells_which_of_the_two_pages_is_open(client_of: ClientOf, keeper: Membership) -> None:
    for page in ("/acme/profile/", "/acme/profile/solutions/"):
        rail: Any = client_of(keeper).get(page).content.decode()
        (current,) = [part for part in rail.split("<a ") if 'aria-current="page"' in part.partition(">")[0]]
        assert f'href="{page}"' in current.partition(">")[0]


def test_while_the_partner_is_suspended_nobody_changes_them(
    client_of: ClientOf, call: Call, acme: Tenant, nordwind: Partner, keeper: Membership
) -> None:
    with tenant_scope(acme):
        Partner.objects.filter(pk=nordwind.pk).update(status="suspended")
    assert client_of(keeper).get("/acme/profile/").status_code == 200
    assert call(keeper).post("profile/locations/", {"name": "Altona"}).status_code == 403
