"""Ids and metadata of an organisation's own systems, on every record: its own, bounded, one of a kind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from leads.api.leads import NEW_LEAD
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Audience, Event
from partnerhub.partners.models import External
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

pytestmark = pytest.mark.django_db
CRM = {"external_id": "00Q-17", "metadata": {"stage": "qualified", "score": 7}}


def test_each_side_has_its_own_and_does_not_read_the_others(
    call: Call, acme: Tenant, seller: Membership, manager: Membership, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(seller)
    address = f"leads/{lead.pk}/"
    assert call(seller).patch(f"{address}external/", CRM).json() == CRM
    assert call(manager).get(address).json()["external_id"] is None
    theirs = {"external_id": "00Q-17", "metadata": {}}
    assert call(manager).patch(f"{address}external/", theirs).json() == theirs
    mine = call(seller).get(address).json()
    assert {name: mine[name] for name in CRM} == CRM
    assert mine["version"] == lead.version
    with tenant_scope(acme):
        told = Event.objects.filter(kind="external.noted").order_by("id")
        assert [event.audience for event in told] == [Audience.PARTNER, Audience.VENDOR]
        assert told[0].after == CRM


@pytest.mark.parametrize("nothing", [{}, {"external_id": None}, {"external_id": ""}, {"metadata": {"a": None}}])
def test_where_nothing_is_noted_nothing_is_kept(
    call: Call, acme: Tenant, seller: Membership, new_lead: Callable[..., Lead], nothing: dict[str, Any]
) -> None:
    answer = call(seller).patch(f"leads/{new_lead(seller).pk}/external/", nothing)
    assert (answer.status_code, answer.json()) == (200, {"external_id": None, "metadata": {}})
    with tenant_scope(acme):
        assert not External.objects.exists()


def test_the_wall_keeps_it_from_the_other_side(
    call: Call, acting: Any, seller: Membership, manager: Membership, rival: Membership, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(seller)
    for who in (seller, manager):
        call(who).patch(f"leads/{lead.pk}/external/", {"external_id": f"of {who.name}"})
    for who, seen in ((seller, [f"of {seller.name}"]), (manager, [f"of {manager.name}"]), (rival, [])):
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT external_id FROM partners_external")
            assert [row[0] for row in cursor.fetchall()] == seen


def test_an_id_is_used_once_in_a_kind_and_an_organisation(
    call: Call, seller: Membership, rival: Membership, new_lead: Callable[..., Lead]
) -> None:
    first, second = new_lead(seller), new_lead(seller, company="B", website="https://b.example.org")
    theirs = new_lead(rival, company="C", website="https://c.example.org")
    caller = call(seller)
    assert caller.patch(f"leads/{first.pk}/external/", CRM).status_code == 200
    taken = caller.patch(f"leads/{second.pk}/external/", {"external_id": "00Q-17"})
    assert (taken.status_code, [*taken.json()["errors"]]) == (422, ["external_id"])
    assert caller.patch(f"partners/{seller.partner_id}/external/", CRM).status_code == 403
    assert call(rival).patch(f"leads/{theirs.pk}/external/", CRM).status_code == 200
    assert caller.patch(f"leads/{first.pk}/external/", {"external_id": None}).json()["external_id"] is None
    assert caller.patch(f"leads/{second.pk}/external/", {"external_id": "00Q-17"}).status_code == 200


def test_metadata_is_merged(call: Call, seller: Membership, new_lead: Callable[..., Lead]) -> None:
    address = f"leads/{new_lead(seller).pk}/external/"
    call(seller).patch(address, CRM)
    answer = call(seller).patch(address, {"metadata": {"score": None, "owner": {"id": 3}}}).json()
    assert answer == {"external_id": "00Q-17", "metadata": {"stage": "qualified", "owner": {"id": 3}}}


@pytest.mark.parametrize(
    "metadata",
    [
        {f"k{number}": 1 for number in range(51)},
        {"a b": 1},
        {"": 1},
        {"k" * 41: 1},
        {"deep": {"a": {"b": {"c": 1}}}},
        {"long": "ä" * 2100},
        [],
        "text",
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_too_much_is_refused(
    call: Call, seller: Membership, new_lead: Callable[..., Lead], metadata: Any
) -> None:
    address = f"leads/{new_lead(seller).pk}/external/"
    answer = call(seller).patch(address, {"metadata": metadata})
    assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["metadata"])


def test_the_bound_holds_for_what_comes_together(call: Call, seller: Membership, new_lead: Callable[..., Lead]) -> None:
    address = f"leads/{new_lead(seller).pk}/external/"
    assert call(seller).patch(address, {"metadata": {"a": "x" * 2500}}).status_code == 200
    assert call(seller).patch(address, {"metadata": {"b": "x" * 2500}}).status_code == 422
    assert call(seller).patch(address, {"metadata": {"a": None, "b": "x" * 2500}}).status_code == 200


def test_it_can_come_with_a_new_record(call: Call, acme: Tenant, seller: Membership, manager: Membership) -> None:
    made = call(seller).post("leads/", NEW_LEAD | CRM).json()
    assert call(seller).get(f"leads/{made['id']}/").json()["metadata"] == CRM["metadata"]
    enrolled = call(manager).post("partners/", {"name": "Sundkontor"} | CRM).json()
    assert call(manager).get(f"partners/{enrolled['id']}/").json()["external_id"] == "00Q-17"
    with tenant_scope(acme):
        before = Lead.objects.count()
    other = NEW_LEAD | {"company": "Other", "website": "other.example", "email": "o@other.example"} | CRM
    assert call(seller).post("leads/", other).status_code == 422
    with tenant_scope(acme):
        assert Lead.objects.count() == before


def test_all_of_ones_own_stand_in_a_list(
    call: Call, seller: Membership, manager: Membership, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(seller)
    call(seller).patch(f"leads/{lead.pk}/external/", CRM)
    (row,) = call(seller).get("external/", {"external_id": "00Q-17", "kind": "lead"}).json()["results"]
    assert (row["id"], row["kind"], row["metadata"]) == (str(lead.pk), "lead", CRM["metadata"])
    assert call(seller).get("external/", {"kind": "contact"}).json()["results"] == []
    assert len(call(seller).get("external/", {"updated_since": "2026-01-01T00:00:00Z"}).json()["results"]) == 1
    assert call(manager).get("external/").json()["results"] == []
    head, line = b"".join(call(seller).get("external/export/")).decode("utf-8-sig").splitlines()
    assert (head.split(",")[:3], line.split(",")[:3]) == (
        ["Kind", "Record", "External id"],
        ["lead", str(lead.pk), "00Q-17"],
    )
