"""Which channel managers look after which partners: who changes them, *mine*, and handing over (roles.md)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import partners_for
from partnerhub.accounts.services import create_token, held_by, name_managers, remove_member
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import managed_by, managed_partners, seen_by, seen_partners
from partnerhub.partners.services import change_partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call, Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked_after(
    acting: Any, nordwind: Partner, baltkassa: Partner, manager: Membership, programme_admin: Membership
) -> Partner:
    """Nordwind names the manager, Baltkassa nobody."""
    with acting(programme_admin):
        return name_managers(nordwind.pk, [manager.pk], by=programme_admin)


def names(rows: Any) -> set[str]:
    return {row.name for row in rows}


def test_all_see_all_and_look_after_their_own_and_nobodys(
    looked_after: Partner,
    acting: Any,
    manager: Membership,
    second_manager: Membership,
    programme_admin: Membership,
    finance: Membership,
    seller: Membership,
) -> None:
    both = {"Nordwind Retail", "Baltkassa"}
    seen = {manager: both, second_manager: both, programme_admin: both, finance: set(), seller: set()}
    managed = seen | {second_manager: {"Baltkassa"}}
    for member, expected in seen.items():
        with acting(member):
            assert names(seen_partners(member)) == expected
            assert names(managed_partners(member)) == managed[member]
            for rule, wanted in ((seen_by(member), expected), (managed_by(member), managed[member])):
                sql, values = rule.sql("partners_partner")
                rows = Partner.objects.raw(f"SELECT * FROM partners_partner WHERE {sql}", values)
                assert names(rows) == wanted


def test_who_does_not_look_after_it_reads_and_changes_nothing(
    looked_after: Partner, call: Call, client_of: Callable[..., Client], acting: Any, second_manager: Membership
) -> None:
    caller, address = call(second_manager), f"partners/{looked_after.pk}/"
    answer = caller.get(address)
    assert {field["editable"] for field in answer.json()["editable"].values()} == {False}
    assert answer.json()["allowed"] == []
    version = answer.json()["version"]
    for refused in (
        caller.patch(address, {"website": "https://x.example"}, version=version),
        caller.post(f"{address}suspend/", {"reason": "x"}, version=version),
        caller.put(f"{address}managers/", {"managers": []}, version=version),
    ):
        assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "not_managed")
    with acting(second_manager):
        assert names(partners_for(second_manager)) == {"Baltkassa"}
    page = client_of(second_manager).get(f"/acme/{address}")
    assert b"Other channel managers look after" in page.content
    assert f"{address}suspend/".encode() not in page.content


def test_whoever_enrols_a_partner_looks_after_it(
    call: Call, acme: Tenant, manager: Membership, programme_admin: Membership
) -> None:
    made = call(manager).post("partners/", {"name": "Sundkontor"}).json()
    assert made["managers"] == [str(manager.pk)]
    assert call(programme_admin).post("partners/", {"name": "Fjordkassa"}).json()["managers"] == []


def test_what_a_program_enrols_is_everybodys(acme: Tenant, programme_admin: Membership, acting: Any) -> None:
    scopes, until = ["partners.view", "partners.manage"], now() + timedelta(days=1)  # not to manage them all
    with acting(programme_admin):
        _, secret = create_token(
            name="Sync", membership=programme_admin, scopes=scopes, expires_at=until, by=programme_admin
        )
    program = Caller(Client(headers={"host": "localhost", "authorization": f"Bearer {secret}"}))
    assert program.post("partners/", {"name": "Sundkontor"}).json()["managers"] == []


def test_they_are_named_by_page_and_by_api(
    call: Call,
    client_of: Callable[..., Client],
    acme: Tenant,
    nordwind: Partner,
    manager: Membership,
    second_manager: Membership,
) -> None:
    client, address = client_of(manager), f"/acme/partners/{nordwind.pk}/"
    assert second_manager.name in client.get(f"{address}managers/").content.decode()
    sent = client.post(f"{address}managers/", {"managers": [str(second_manager.pk), str(manager.pk)], "version": 1})
    assert sent.status_code == 302
    page = client.get(address).content.decode()
    assert manager.name in page
    assert second_manager.name in page
    stale = call(manager).put(f"partners/{nordwind.pk}/managers/", {"managers": []}, version=1)
    assert stale.status_code == 412
    done = call(manager).put(f"partners/{nordwind.pk}/managers/", {"managers": [str(manager.pk)]}, version=2)
    assert done.json()["managers"] == [str(manager.pk)]
    with tenant_scope(acme):
        told = Event.objects.filter(kind="partner.managers_named").order_by("id")
        assert [len(event.after["managers"]) for event in told] == [2, 1]


def test_mine_are_those_that_name_me(looked_after: Partner, call: Call, manager: Membership) -> None:
    for query, found in (({"mine": "true"}, {"Nordwind Retail"}), ({"mine": "false"}, {"Baltkassa"})):
        assert {row["name"] for row in call(manager).get("partners/", query).json()["results"]} == found


def test_only_who_can_is_named(
    acting: Any, nordwind: Partner, seller: Membership, finance: Membership, programme_admin: Membership
) -> None:
    for wrong in (seller, finance):
        with acting(programme_admin), pytest.raises(Refused) as refused:
            name_managers(nordwind.pk, [wrong.pk], by=programme_admin)
        assert refused.value.reasons[0].field == "managers"


def test_who_leaves_hands_over(
    looked_after: Partner, acting: Any, manager: Membership, second_manager: Membership, programme_admin: Membership
) -> None:
    with acting(programme_admin):
        (held,) = [one for one in held_by(manager) if one.key == "partners"]
        assert held.many == 1
        assert second_manager in held.successors
        with pytest.raises(Refused):
            remove_member(manager, by=programme_admin)
        remove_member(manager, by=programme_admin, to={"partners": second_manager.pk})
        partner = Partner.objects.get(pk=looked_after.pk)
        assert partner.managers == [second_manager.pk]
        assert partner.version == looked_after.version + 1
    with acting(second_manager):
        change_partner(looked_after.pk, {"website": "https://z.example"}, by=second_manager)
