"""Own fields over the API: told of, answered, read; each side its own."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead, OwnField
from leads.services import note_vendor_answers
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.test_api_contract import conforms
from tests.calls import Call
from tests.leads.test_api_leads import NEW

pytestmark = pytest.mark.django_db
Add = Callable[..., OwnField]


@pytest.fixture
def every_kind(own_field: Add) -> dict[str, OwnField]:
    return {
        "text": own_field("Loyalty scheme"),
        "number": own_field("Floor space", "number", is_required=True),
        "choice": own_field("Season", "choice", choices=["Winter", "Summer"]),
        "date": own_field("Lease ends", "date"),
        "checkbox": own_field("Franchise", "checkbox"),
    }


RIGHT = {"text": "Stamps", "number": "1250.50", "choice": "Winter", "date": "2027-01-31", "checkbox": True}


def own(fields: dict[str, OwnField], **changes: Any) -> dict[str, Any]:
    return {fields[kind].key: value for kind, value in (RIGHT | changes).items()}


def test_programs_tell_what_they_ask_of_their_own(
    call: Call, every_kind: dict[str, OwnField], seller: Membership
) -> None:
    answer = call(seller).get("programs/").json()
    pos, plus = answer["results"]
    assert conforms("programs_list", "200", answer)
    assert plus["own_fields"] == []
    assert [field["label"] for field in pos["own_fields"]] == [field.label for field in every_kind.values()]
    assert pos["own_fields"][2] == {
        "id": every_kind["choice"].key,
        "label": "Season",
        "help": "",
        "kind": "choice",
        "choices": ["Winter", "Summer"],
        "required": False,
        "seen_by": "both",
        "retired": False,
    }


def test_answers_are_taken_and_given_back(call: Call, every_kind: dict[str, OwnField], seller: Membership) -> None:
    answer = call(seller).post("leads/", NEW | {"own_fields": own(every_kind)})
    assert answer.status_code == 201, answer.json()
    assert conforms("leads_create", "201", answer.json())
    assert answer.json()["own_fields"] == own(every_kind, number="1250.5")


@pytest.mark.parametrize(("sent", "kept"), [(7, "7"), (-0.25, "-0.25"), ("0.10", "0.1"), (1e3, "1000")])
def test_a_number_may_be_a_json_number(call: Call, own_field: Add, seller: Membership, sent: Any, kept: str) -> None:
    field = own_field("Floor space", "number")
    answer = call(seller).post("leads/", NEW | {"own_fields": {field.key: sent}})
    assert answer.json()["own_fields"] == {field.key: kept}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 7),
        ("text", True),
        ("text", ["Stamps"]),
        ("text", "x" * 501),
        ("number", "1,250"),
        ("number", "many"),
        ("number", True),
        ("number", 1e300),
        ("number", None),
        ("choice", "Autumn"),
        ("choice", {"a": 1}),
        ("date", "31.06.2027"),
        ("date", 20270131),
        ("checkbox", "on"),
        ("checkbox", 1),
    ],
)
def test_a_wrong_answer_is_refused_by_field(
    call: Call, every_kind: dict[str, OwnField], seller: Membership, acme: Tenant, kind: str, value: Any
) -> None:
    answer = call(seller).post("leads/", NEW | {"own_fields": own(every_kind, **{kind: value})})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {f"own_fields.{every_kind[kind].key}"}
    assert conforms("leads_create", "422", answer.json())
    with tenant_scope(acme):
        assert not Lead.objects.exists()


@pytest.mark.parametrize("sent", [[], "x", 7, {"nonsense": "x"}, {"0190": {}}])
def test_what_is_no_answer_is_refused(call: Call, own_field: Add, seller: Membership, sent: Any) -> None:
    own_field("Loyalty scheme")
    answer = call(seller).post("leads/", NEW | {"own_fields": sent})
    assert answer.status_code == 422
    assert all(name.startswith("own_fields") for name in answer.json()["errors"])


@pytest.mark.parametrize("values", [{"vendor_only": True}, {"program": "plus"}])
def test_what_the_partner_is_not_asked_cannot_be_answered(
    call: Call, own_field: Add, seller: Membership, values: Any
) -> None:
    field = own_field("Credit", **values)
    answer = call(seller).post("leads/", NEW | {"own_fields": {field.key: "good"}})
    assert set(answer.json()["errors"]) == {f"own_fields.{field.key}"}


def test_a_draft_keeps_answers_and_changes_some(
    call: Call, every_kind: dict[str, OwnField], seller: Membership
) -> None:
    api = call(seller)
    first = {every_kind["text"].key: "Stamps", every_kind["checkbox"].key: True, every_kind["date"].key: "soon"}
    draft = api.post("leads/", {"program": "pos", "draft": True, "own_fields": first}).json()
    assert draft["own_fields"] == first
    changed = {every_kind["text"].key: None, every_kind["number"].key: 3}
    draft = api.patch(f"leads/{draft['id']}/", {"own_fields": changed}, version=draft["version"]).json()
    assert every_kind["text"].key not in draft["own_fields"]
    assert draft["own_fields"][every_kind["number"].key] == "3"
    refused = api.post(f"leads/{draft['id']}/submit/", {}, version=draft["version"]).json()
    assert f"own_fields.{every_kind['date'].key}" in refused["errors"]


def test_each_side_reads_its_own(
    call: Call, own_field: Add, seller: Membership, manager: Membership, acting: Any, new_lead: Any
) -> None:
    shared, secret = own_field("Loyalty scheme"), own_field("Credit", vendor_only=True)
    lead = new_lead(seller, own_fields={shared.key: "Stamps"})
    with acting(manager):
        note_vendor_answers(lead.pk, answers={secret.key: "good"}, by=manager)
    theirs, ours = (call(who).get(f"leads/{lead.pk}/").json() for who in (seller, manager))
    assert conforms("leads_read", "200", theirs)
    assert conforms("leads_read", "200", ours)
    assert theirs["own_fields"] == ours["own_fields"] == {shared.key: "Stamps"}
    assert ours["vendor_fields"] == {secret.key: "good"}
    assert "vendor_fields" not in theirs
    labels = [
        [field["label"] for field in call(who).get("programs/").json()["results"][0]["own_fields"]]
        for who in (seller, manager)
    ]
    assert labels == [["Loyalty scheme"], ["Loyalty scheme", "Credit"]]


def test_the_answer_to_a_step_has_what_the_vendor_noted(
    call: Call,
    own_field: Add,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    acting: Any,
    new_lead: Any,
) -> None:
    secret, lead = own_field("Credit", vendor_only=True), new_lead(seller)
    with acting(manager):
        note_vendor_answers(lead.pk, answers={secret.key: "good"}, by=manager)
    answer = call(manager).post(f"leads/{lead.pk}/assign/", {"to": str(representative.pk)}, version=lead.version)
    assert answer.json()["vendor_fields"] == {secret.key: "good"}


# The vendor's own answers


@pytest.fixture
def noting(call: Call, own_field: Add, seller: Membership, new_lead: Any) -> tuple[str, OwnField, Lead]:
    """Where the vendor's answers on a lead lie, the field that is asked, and the lead."""
    lead, field = new_lead(seller), own_field("Credit limit", "number", vendor_only=True)
    return f"leads/{lead.pk}/vendor-fields/", field, lead


def test_the_vendor_writes_its_own_answers_on_the_version_it_read(
    call: Call, noting: tuple[str, OwnField, Lead], manager: Membership
) -> None:
    address, field, lead = noting
    api = call(manager)
    empty = api.get(address)
    assert (empty.json(), empty["ETag"]) == ({"answers": {}}, '"0"')
    written = api.put(address, {"answers": {field.key: 5000}}, version=0)
    assert conforms("leads_vendor_fields_write", "200", written.json())
    assert (written.json(), written["ETag"]) == ({"answers": {field.key: "5000"}}, '"1"')
    stale = api.put(address, {"answers": {}}, version=0)
    assert (stale.status_code, stale.json()["current"]) == (412, {"answers": {field.key: "5000"}})
    assert conforms("leads_vendor_fields_write", "412", stale.json())
    assert api.put(address, {"answers": {}}, version=1).json() == {"answers": {}}
    assert api.get(f"leads/{lead.pk}/").json()["version"] == lead.version


@pytest.mark.parametrize("value", ["lots", True, "1,000", 1e300])
def test_a_wrong_answer_of_the_vendors_is_refused_by_field(
    call: Call, noting: tuple[str, OwnField, Lead], manager: Membership, value: Any
) -> None:
    address, field, _lead = noting
    answer = call(manager).put(address, {"answers": {field.key: value}}, version=0)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {f"answers.{field.key}"}


def test_a_field_that_partners_answer_is_not_the_vendors_to_write(
    call: Call, own_field: Add, noting: tuple[str, OwnField, Lead], manager: Membership
) -> None:
    shared = own_field("Loyalty scheme")
    answer = call(manager).put(noting[0], {"answers": {shared.key: "x"}}, version=0)
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["seller", "admin", "finance", "programme_admin"])
def test_nobody_else_reads_or_writes_them_there(
    call: Call, noting: tuple[str, OwnField, Lead], request: pytest.FixtureRequest, who: str
) -> None:
    api = call(request.getfixturevalue(who))
    assert {api.get(noting[0]).status_code, api.put(noting[0], {"answers": {}}, version=0).status_code} == {403}
