"""The steps of a lead over the API: versions, refusals, who may."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from leads.api.steps import ADDRESSES
from leads.models import Lead
from leads.serializers.records import step_word
from leads.states import LEAD, Status
from partnerhub.accounts.models import Membership
from partnerhub.states import SYSTEM_SIDE
from tests.calls import Call

pytestmark = pytest.mark.django_db

NewLead = Callable[..., Lead]


def test_every_step_of_the_machine_has_an_address() -> None:
    undone = {"undo-assign"}  # the way back of a step, and no step of its own
    asked = {step_word(name) for name, step in LEAD.steps.items() if step.side != SYSTEM_SIDE}
    assert asked | undone == set(ADDRESSES)


def test_from_submitted_to_awarded_and_back(
    call: Call,
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
    new_lead: NewLead,
) -> None:
    lead = new_lead(seller, sales_support=False)
    road: list[tuple[Membership, str, dict[str, Any], str]] = [
        (seller, "ask-support", {}, Status.SUBMITTED),
        (manager, "assign", {"to": str(representative.pk)}, Status.SUBMITTED),
        (representative, "start", {}, Status.IN_PROGRESS),
        (representative, "ask-info", {"question": "How many tills?"}, Status.MORE_INFO),
        (seller, "answer", {"answer": "Three."}, Status.IN_PROGRESS),
        (manager, "refuse", {"code": "not_a_fit", "text": "Too small."}, Status.NOT_ELIGIBLE),
        (seller, "appeal", {"text": "They grow."}, Status.SUBMITTED),
        (second_manager, "refuse", {"code": "not_a_fit", "text": "Still too small."}, Status.NOT_ELIGIBLE),
        (manager, "reopen", {"text": "They grew."}, Status.SUBMITTED),
        (manager, "award", {}, Status.AWARDED),
        (manager, "question-award", {"text": "Paid twice?"}, Status.AWARDED),
        (second_manager, "keep-award", {}, Status.AWARDED),
        (manager, "question-award", {"text": "Paid twice, really."}, Status.AWARDED),
        (second_manager, "take-back-award", {}, Status.IN_PROGRESS),
    ]
    version = lead.version
    for who, step, body, status in road:
        answer = call(who).post(f"leads/{lead.pk}/{step}/", body, version=version)
        assert answer.status_code == 200, (step, answer.json())
        assert answer.json()["status"] == status, step
        version = answer.json()["version"]
        assert answer["ETag"] == f'"{version}"'


def test_a_lead_is_withdrawn(call: Call, seller: Membership, new_lead: NewLead) -> None:
    lead = new_lead(seller)
    answer = call(seller).post(f"leads/{lead.pk}/withdraw/", {"reason": "They closed."}, version=lead.version)
    assert answer.json()["status"] == Status.WITHDRAWN
    assert answer.json()["allowed"] == []


def test_a_step_needs_the_version(call: Call, manager: Membership, seller: Membership, new_lead: NewLead) -> None:
    lead = new_lead(seller)
    answer = call(manager).post(f"leads/{lead.pk}/award/")
    assert answer.status_code == 428
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("header", ['"1"', 'W/"1"', "1", '"nonsense"', '"²"', '"99999999999999999999"', '""'])
def test_another_version_gets_the_lead_as_it_is_and_the_difference(
    call: Call, manager: Membership, seller: Membership, representative: Membership, new_lead: NewLead, header: str
) -> None:
    lead = new_lead(seller)
    api = call(manager)
    assert api.post(f"leads/{lead.pk}/assign/", {"to": str(representative.pk)}, version=lead.version).status_code == 200
    answer = api.post(f"leads/{lead.pk}/award/", If_Match=header)
    body = answer.json()
    assert answer.status_code == 412
    assert body["current"]["representative"]["name"] == representative.name
    assert body["current"]["status"] == Status.SUBMITTED


def test_the_difference_names_what_changed(
    call: Call, manager: Membership, seller: Membership, representative: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    call(manager).post(f"leads/{lead.pk}/assign/", {"to": str(representative.pk)}, version=lead.version)
    answer = call(seller).post(f"leads/{lead.pk}/withdraw/", version=lead.version)
    assert answer.json()["difference"] == {"representative": {"seen": None, "now": str(representative.pk)}}
    assert answer.json()["changed_by"] == manager.name
    assert "conflict" not in answer.json()["current"]


def test_a_refused_step_says_why_and_what_is_open(
    call: Call, manager: Membership, seller: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    answer = call(manager).post(f"leads/{lead.pk}/start/", version=lead.version)
    body = answer.json()
    assert answer.status_code == 409
    assert [reason["code"] for reason in body["reasons"]] == ["representative"]
    assert {"assign", "ask-info", "award", "refuse"} <= set(body["allowed"])
    assert "start" not in body["allowed"]


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("ask-info", {}, "question"),
        ("ask-info", {"question": "  "}, "question"),
        ("ask-info", {"question": 7}, "question"),
        ("ask-info", {"question": "x" * 4001}, "question"),
        ("ask-info", {"question": "Why?", "status": "awarded"}, "status"),
        ("refuse", {"code": "nonsense", "text": "No."}, "code"),
        ("refuse", {"code": "other"}, "text"),
        ("assign", {"to": "nobody"}, "to"),
        ("assign", {"to": "00000000-0000-7000-8000-000000000000"}, "to"),
        ("award", {"amount": 1}, "amount"),
    ],
)
def test_a_wrong_body_is_refused_by_field(
    call: Call,
    manager: Membership,
    seller: Membership,
    new_lead: NewLead,
    step: str,
    body: dict[str, Any],
    field: str,
) -> None:
    lead = new_lead(seller)
    answer = call(manager).post(f"leads/{lead.pk}/{step}/", body, version=lead.version)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {field}


def test_the_other_sides_steps_are_not_there(
    call: Call, seller: Membership, manager: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    assert call(seller).post(f"leads/{lead.pk}/award/", version=lead.version).status_code == 404
    assert call(manager).post(f"leads/{lead.pk}/withdraw/", version=lead.version).status_code == 404


def test_a_colleague_without_the_role_is_told_which(
    call: Call, seller: Membership, finance: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    answer = call(finance).post(f"leads/{lead.pk}/award/", version=lead.version)
    assert answer.status_code == 403
    assert answer.json()["permission"] == "leads.award"
    assert answer.json()["roles"] == ["channel-manager"]


def test_many_are_assigned_each_with_its_own_result(
    call: Call, manager: Membership, seller: Membership, representative: Membership, new_lead: NewLead, put: Any
) -> None:
    fresh, stale, done = (new_lead(seller, company=name) for name in ("Fresh", "Stale", "Done"))
    put(done, status=Status.AWARDED)
    missing = UUID("00000000-0000-7000-8000-000000000000")
    leads = [
        {"id": str(fresh.pk), "version": fresh.version},
        {"id": str(stale.pk), "version": stale.version + 1},
        {"id": str(done.pk)},
        {"id": str(missing)},
    ]
    answer = call(manager).post("leads/bulk-assign/", {"to": str(representative.pk), "leads": leads})
    results = answer.json()["results"]
    assert answer.status_code == 200
    assert [result["id"] for result in results] == [lead["id"] for lead in leads]
    assert [result["ok"] for result in results] == [True, False, False, False]
    assert [result["problem"]["status"] for result in results[1:]] == [412, 409, 409]
    assert results[0]["version"] == fresh.version + 1


@pytest.mark.parametrize("leads", [[], "all", [{"id": "x"}], [{"version": 1}], [7]])
def test_a_bulk_act_names_its_leads(call: Call, manager: Membership, representative: Membership, leads: Any) -> None:
    answer = call(manager).post("leads/bulk-assign/", {"to": str(representative.pk), "leads": leads})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"leads"}


def test_only_who_triages_assigns_many(call: Call, seller: Membership, representative: Membership) -> None:
    for who in (seller, representative):
        assert call(who).post("leads/bulk-assign/", {}).status_code == 403


def test_the_timeline_tells_each_side_its_part(
    call: Call, seller: Membership, manager: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    version = call(manager).post(f"leads/{lead.pk}/award/", version=lead.version).json()["version"]
    call(manager).post(f"leads/{lead.pk}/question-award/", {"text": "MARKER"}, version=version)
    ours = call(seller).get(f"leads/{lead.pk}/timeline/")
    theirs = call(manager).get(f"leads/{lead.pk}/timeline/")
    assert [entry["kind"] for entry in ours.json()["results"]] == ["lead.awarded", "lead.submitted"]
    assert theirs.json()["results"][0]["kind"] == "lead.award_questioned"
    assert b"MARKER" in theirs.content
    assert b"MARKER" not in ours.content


def test_a_partner_does_not_read_why_an_award_was_questioned(
    call: Call, seller: Membership, manager: Membership, second_manager: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    address = f"leads/{lead.pk}/"
    version = call(manager).post(f"{address}award/", version=lead.version).json()["version"]
    version = call(manager).post(f"{address}question-award/", {"text": "Why"}, version=version).json()["version"]
    call(second_manager).post(f"{address}take-back-award/", version=version)
    entry = call(seller).get(f"{address}timeline/").json()["results"][0]
    assert entry["kind"] == "lead.award_taken_back"
    assert set(entry["before"]) == {"status"}
