"""Partners over the API: the pages' verbs, with versions and keys."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead
from partnerhub.accounts.models import Invitation, Membership
from partnerhub.partners.models import Partner
from partnerhub.partners.services import suspend_partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

HANA = {
    "email": "hana@kontur.example.org",
    "first_name": "Hana",
    "last_name": "Malá",
    "roles": ["account-admin", "referrals-admin"],
}
KONTUR = {"name": "Kontur Retail", "country": "CZ", "website": "kontur.example.org"}


def test_a_partner_is_enrolled_once_under_one_key(call: Call, manager: Membership, acme: Tenant) -> None:
    body = KONTUR | {"first_person": HANA}
    first = call(manager).post("partners/", body, **{"Idempotency-Key": "kontur"})
    again = call(manager).post("partners/", body, **{"Idempotency-Key": "kontur"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (first["ETag"], first.json()["website"]) == ('"1"', "https://kontur.example.org")
    assert first.json()["allowed"] == ["suspend"]
    with tenant_scope(acme):
        assert Partner.objects.filter(name="Kontur Retail").count() == 1
        assert Invitation.objects.get().name == "Hana Malá"
    one = call(manager).get(f"partners/{first.json()['id']}/").json()
    assert one == one | first.json()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"language": "Polish"}, "language"),
        ({"timezone": "Mars"}, "timezone"),
        ({"country": "QQ"}, "country"),
        ({"name": "Nordwind Retail"}, "name"),
        ({"name": "NORDWIND rétail"}, "name"),
        ({"first_person": HANA | {"roles": ["referrals-admin"]}}, "first_person.roles"),
        ({"status": "suspended"}, "status"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    call: Call, manager: Membership, nordwind: Partner, wrong: dict[str, Any], field: str
) -> None:
    answer = call(manager).post("partners/", KONTUR | wrong)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]


def test_a_change_names_the_version_it_is_based_on(call: Call, programme_admin: Membership, nordwind: Partner) -> None:
    caller, address = call(programme_admin), f"partners/{nordwind.pk}/"
    assert caller.patch(address, {"country": "PL"}).status_code == 428
    assert caller.patch(address, {"country": "PL"}, **{"If-Match": '"1"'}).json()["country"] == "PL"
    stale = caller.patch(address, {"country": "CZ"}, **{"If-Match": '"1"'})
    assert stale.status_code == 412
    assert stale.json()["difference"] == {"country": {"seen": "DE", "now": "PL"}}
    assert stale.json()["changed_by"] == programme_admin.name


def test_a_step_on_an_older_version_tells_what_has_changed(
    call: Call, manager: Membership, second_manager: Membership, nordwind: Partner
) -> None:
    address = f"partners/{nordwind.pk}/"
    assert call(second_manager).patch(address, {"name": "Nordwind"}, version=1).status_code == 200
    stale = call(manager).post(f"{address}suspend/", {"reason": "Late."}, version=1)
    assert (stale.status_code, stale.json()["changed_by"]) == (412, second_manager.name)
    assert stale.json()["difference"] == {"name": {"seen": "Nordwind Retail", "now": "Nordwind"}}
    assert call(manager).post(f"{address}suspend/", {"reason": "Late."}, version=2).status_code == 200
    lifted = call(manager).post(f"{address}lift/", {}, version=2)
    assert lifted.json()["difference"] == {
        "status": {"seen": "active", "now": "suspended"},
        "suspension_reason": {"seen": "", "now": "Late."},
    }


def test_who_does_not_look_after_a_partner_takes_no_step(
    call: Call, manager: Membership, second_manager: Membership, programme_admin: Membership, nordwind: Partner
) -> None:
    address = f"partners/{nordwind.pk}/"
    call(programme_admin).put(f"{address}managers/", {"managers": [str(second_manager.pk)]}, version=1)
    assert call(manager).get(address).json()["allowed"] == []
    refused = call(manager).post(f"{address}suspend/", {"reason": "Late."}, version=2).json()
    assert [reason["code"] for reason in refused["reasons"]] == ["not_managed"]
    assert call(second_manager).post(f"{address}suspend/", {"reason": "Late."}, version=2).status_code == 200


def test_suspending_and_lifting(call: Call, manager: Membership, nordwind: Partner) -> None:
    caller, address = call(manager), f"partners/{nordwind.pk}/"
    suspended = caller.post(f"{address}suspend/", {"reason": "Papers are missing."}, **{"If-Match": '"1"'})
    assert (suspended.status_code, suspended.json()["status"], suspended["ETag"]) == (200, "suspended", '"2"')
    assert [row["name"] for row in caller.get("partners/?status=suspended").json()["results"]] == ["Nordwind Retail"]
    twice = caller.post(f"{address}suspend/", {"reason": "Again."}, **{"If-Match": '"2"'})
    assert (twice.status_code, twice.json()["allowed"]) == (409, ["lift"])
    lifted = caller.post(f"{address}lift/", {}, **{"If-Match": '"2"'})
    assert (lifted.json()["status"], lifted.json()["allowed"]) == ("active", ["suspend"])


def test_parameters_that_make_no_sense_are_refused(call: Call, manager: Membership) -> None:
    for query in ("status=gone", "sort=status", "page=2", f"q={'x' * 201}"):
        assert call(manager).get(f"partners/?{query}").status_code == 422, query


def test_the_suspended_read_and_change_nothing(
    call: Call, acting: Any, manager: Membership, seller: Membership, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(seller)
    with acting(manager):
        suspend_partner(lead.partner_id, reason="Papers are missing.", by=manager)
    caller = call(seller)

    assert caller.get(f"leads/{lead.pk}/").status_code == 200
    assert caller.get(f"leads/{lead.pk}/").json()["allowed"] == []
    for method, address, body in (
        ("post", f"leads/{lead.pk}/withdraw/", {"reason": "x"}),
        ("post", f"leads/{lead.pk}/messages/", {"text": "x"}),
        ("post", "leads/", {}),
        ("patch", "me/", {"name": "Somebody Else"}),
        ("put", "preferences/", {}),
        ("post", "access-requests/", {"role": "account-admin"}),
    ):
        answer = getattr(caller, method)(address, body)
        assert answer.status_code == 403, address
        assert answer.json()["type"] == "urn:partnerhub:problem:suspended"
        assert answer.json()["detail"].endswith("Reason: Papers are missing.")
