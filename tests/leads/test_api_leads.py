"""Leads over the API: submitted, listed, read, changed while a draft."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from leads.services.steps import LEADS
from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call, Caller
from tests.leads.answers import POS

pytestmark = pytest.mark.django_db

NEW = POS | {
    "program": "pos",
    "locations": 2,
    "terminals": 3,
    "consent": True,
    "terms": True,
    "sales_support": True,
}


NewLead = Callable[..., Lead]


def test_a_lead_is_submitted(call: Call, seller: Membership, acme: Tenant) -> None:
    answer = call(seller).post("leads/", NEW)
    shown = answer.json()
    assert answer.status_code == 201, shown
    assert answer["Location"] == f"/acme/api/v1/leads/{shown['id']}/"
    assert answer["ETag"] == f'"{shown["version"]}"'
    assert shown["status"] == Status.SUBMITTED
    assert shown["number"] == "L-1"
    assert shown["locations"] == 2
    with tenant_scope(acme):
        assert Lead.objects.get().partner_id == seller.partner_id


def test_what_is_wrong_is_said_by_field(call: Call, seller: Membership, acme: Tenant) -> None:
    answer = call(seller).post("leads/", NEW | {"email": "nonsense", "company": ""})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()["errors"]) == {"email", "company"}
    with tenant_scope(acme):
        assert not Lead.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tenant", "00000000-0000-7000-8000-000000000000"),
        ("partner", "00000000-0000-7000-8000-000000000000"),
        ("status", "awarded"),
        ("representative", "00000000-0000-7000-8000-000000000000"),
        ("created_at", "2020-01-01T00:00:00Z"),
        ("conflict", "free"),
        ("number", 7),
        ("nonsense", 1),
        ("is_merchant", True),
    ],
)
def test_what_cannot_be_written_is_refused_by_name(
    call: Call, seller: Membership, acme: Tenant, name: str, value: Any
) -> None:
    answer = call(seller).post("leads/", NEW | {name: value})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {name}
    with tenant_scope(acme):
        assert not Lead.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("company", 7),
        ("company", ["Wollkontor"]),
        ("locations", "2"),
        ("locations", 2.5),
        ("locations", True),
        ("sales_support", "yes"),
        ("sales_support", 1),
        ("industry", "nonsense"),
        ("consent_date", "02.11.2026x"),
        ("draft", "false"),
        ("program", "nonsense"),
    ],
)
def test_a_field_takes_its_own_type_only(call: Call, seller: Membership, name: str, value: Any) -> None:
    answer = call(seller).post("leads/", NEW | {name: value})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {name}


def test_terms_that_are_no_longer_those_of_today_are_refused(call: Call, seller: Membership) -> None:
    answer = call(seller).post("leads/", NEW | {"terms_version": "2019-1"})
    assert set(answer.json()["errors"]) == {"terms"}


@pytest.mark.parametrize("who", ["colleague", "admin", "manager", "finance", "programme_admin", "representative"])
def test_only_who_may_submits(call: Call, request: pytest.FixtureRequest, who: str) -> None:
    answer = call(request.getfixturevalue(who)).post("leads/", NEW)
    assert answer.status_code == 403
    assert answer.json()["permission"] == "leads.submit"


def test_a_draft_is_kept_changed_and_submitted(call: Call, seller: Membership, manager: Membership) -> None:
    api = call(seller)
    draft = api.post("leads/", {"program": "pos", "draft": True, "company": "Wollkontor", "email": "not yet"}).json()
    address = f"leads/{draft['id']}/"
    assert draft["status"] == Status.DRAFT
    assert (draft["company"], draft["email"], draft["number"]) == ("Wollkontor", "not yet", None)
    assert call(manager).get(address).status_code == 404
    assert api.get("leads/").json()["results"] == []

    refused = api.post(f"{address}submit/", version=draft["version"])
    assert refused.status_code == 422
    assert {"email", "website", "terms"} <= set(refused.json()["errors"])

    rest = {name: value for name, value in NEW.items() if name != "program"}
    changed = api.patch(address, rest, version=draft["version"]).json()
    assert changed["locations"] == 2
    assert changed["sales_support"] is True
    submitted = api.post(f"{address}submit/", version=changed["version"])
    assert submitted.status_code == 200, submitted.json()
    assert submitted.json()["status"] == Status.SUBMITTED
    assert submitted.json()["company"] == NEW["company"]
    assert call(manager).get(address).status_code == 200


def test_a_draft_is_discarded(call: Call, seller: Membership) -> None:
    api = call(seller)
    draft = api.post("leads/", {"program": "plus", "draft": True}).json()
    gone = api.post(f"leads/{draft['id']}/discard/", version=draft["version"])
    assert gone.json()["status"] == Status.DISCARDED


def test_a_decided_lead_is_not_changed(call: Call, seller: Membership, new_lead: NewLead) -> None:
    lead, api = new_lead(seller), call(seller)
    gone = api.post(f"leads/{lead.pk}/withdraw/", {}, version=lead.version).json()
    answer = api.patch(f"leads/{lead.pk}/", {"company": "Other"}, version=gone["version"])
    assert answer.status_code == 409
    assert "withdraw" not in answer.json()["allowed"]


def test_an_old_version_of_a_draft_changes_nothing(call: Call, seller: Membership) -> None:
    api = call(seller)
    draft = api.post("leads/", {"program": "pos", "draft": True, "company": "First"}).json()
    address = f"leads/{draft['id']}/"
    assert api.patch(address, {"company": "Second"}).status_code == 428
    assert api.patch(address, {"company": "Second"}, version=draft["version"]).status_code == 200
    late = api.patch(address, {"company": "Third"}, version=draft["version"])
    assert late.status_code == 412
    assert late.json()["current"]["company"] == "Second"
    assert api.get(address).json()["company"] == "Second"


def test_the_list_has_pages_both_ways(call: Call, seller: Membership, new_lead: NewLead) -> None:
    for number in range(12):
        new_lead(seller, company=f"Company {number:02}")
    api = call(seller)
    first = api.get("leads/", {"size": 10, "sort": "company"}).json()
    second = api.client.get(first["next"]).json()
    assert [row["company"] for row in first["results"]] == [f"Company {number:02}" for number in range(10)]
    assert [row["company"] for row in second["results"]] == ["Company 10", "Company 11"]
    assert second["next"] is None
    assert first["previous"] is None
    assert api.client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(
    ("query", "companies"),
    [
        ({"status": ["awarded", "withdrawn"]}, {"Awarded"}),
        ({"program": "plus"}, {"Plus"}),
        ({"program": ["plus", "pos"], "status": "awarded"}, {"Awarded"}),
        ({"representative": "none"}, {"Awarded", "Plus", "Łódzki Sklep"}),
        ({"sales_support": "false"}, {"Plus"}),
        ({"q": "lodz"}, {"Łódzki Sklep"}),
        ({"q": "nothing of it"}, set()),
        ({"submitted_to": "2020-01-01"}, set()),
        ({"submitted_from": "2020-01-01"}, {"Awarded", "Plus", "Łódzki Sklep"}),
    ],
)
def test_the_list_is_narrowed(
    call: Call, seller: Membership, new_lead: NewLead, put: Any, query: dict[str, Any], companies: set[str]
) -> None:
    put(new_lead(seller, company="Awarded"), status=Status.AWARDED)
    new_lead(seller, company="Plus", kind="plus", sales_support=False)
    new_lead(seller, company="Łódzki Sklep")
    answer = call(seller).get("leads/", query)
    assert {row["company"] for row in answer.json()["results"]} == companies


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "nonsense"),
        ("status", "draft"),
        ("status", ""),
        ("sales_support", ""),
        ("submitted_from", ""),
        ("program", "nonsense"),
        ("representative", "nobody"),
        ("sales_support", "1"),
        ("submitted_from", "1 May"),
        ("submitted_from", "2026-02-30"),
        ("partner", "00000000-0000-7000-8000-000000000000"),
        ("sort", "partner"),
        ("size", "11"),
        ("size", "²"),
        ("cursor", "nonsense"),
        ("cursor", "WzEsIngiLCIwMDAwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiLDFd"),
        ("tenant", "zenit"),
        ("offset", "10"),
    ],
)
def test_the_list_refuses_what_makes_no_sense(call: Call, seller: Membership, name: str, value: str) -> None:
    answer = call(seller).get("leads/", {name: value})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {name}


def test_each_sees_the_leads_of_their_scope(
    call: Call,
    seller: Membership,
    colleague: Membership,
    rival: Membership,
    manager: Membership,
    representative: Membership,
    new_lead: NewLead,
    put: Any,
) -> None:
    put(new_lead(seller, company="Ours"), representative=representative)
    new_lead(rival, company="Theirs", website="https://theirs.example.org")

    def seen(member: Membership) -> set[str]:
        return {row["company"] for row in call(member).get("leads/").json()["results"]}

    assert seen(seller) == {"Ours"}
    assert seen(colleague) == set()
    assert seen(rival) == {"Theirs"}
    assert seen(manager) == {"Ours", "Theirs"}
    assert seen(representative) == {"Ours"}


def test_the_vendor_narrows_by_partner(
    call: Call, seller: Membership, rival: Membership, manager: Membership, new_lead: NewLead
) -> None:
    new_lead(seller, company="Ours")
    new_lead(rival, company="Theirs")
    rows = call(manager).get("leads/", {"partner": str(rival.partner_id)}).json()["results"]
    assert [(row["company"], row["partner"]["name"]) for row in rows] == [("Theirs", "Baltkassa")]


def test_a_partner_gets_no_word_of_the_vendors(
    call: Call, seller: Membership, manager: Membership, new_lead: NewLead, put: Any
) -> None:
    lead = put(new_lead(seller), conflict="held", award_question="MARKER", status=Status.AWARDED)
    ours = call(seller).get(f"leads/{lead.pk}/")
    theirs = call(manager).get(f"leads/{lead.pk}/")
    assert theirs.json()["conflict"] == "held"
    assert not LEADS.vendor_only & set(ours.json())
    assert b"MARKER" not in ours.content
    assert set(theirs.json()) >= LEADS.vendor_only
    assert "partner" not in call(seller).get("leads/").json()["results"][0]


def test_foreign_and_missing_leads_are_the_same_404(
    call: Call, seller: Membership, rival: Membership, stranger: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller)
    missing = "00000000-0000-7000-8000-000000000000"
    answers = [
        call(rival).get(f"leads/{lead.pk}/"),
        call(rival).get(f"leads/{missing}/"),
        call(seller).get(f"leads/{missing}/"),
        call(rival).post(f"leads/{lead.pk}/withdraw/", version=lead.version),
        call(rival).get(f"leads/{lead.pk}/timeline/"),
        call(rival).get(f"leads/{lead.pk}/messages/"),
        call(rival).post(f"leads/{lead.pk}/messages/", {"body": "hello"}),
        call(rival).get(f"leads/{lead.pk}/attachments/"),
        call(stranger).get(f"leads/{lead.pk}/"),
        call(seller).get("leads/nonsense/"),
        call(seller).get("nonsense/"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_seat_elsewhere_is_none_here(client_of: Callable[[Membership], Client], seller: Membership) -> None:
    assert Caller(client_of(seller), "/zenit/api/v1/").get("leads/").status_code == 404
    assert Caller(client_of(seller), "/api/v1/").get("leads/").status_code == 404


def test_without_a_seat_nothing_is_told(acme: Tenant) -> None:
    answer = Caller(Client(headers={"host": "localhost"})).get("leads/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_programs_say_what_they_ask(call: Call, seller: Membership) -> None:
    programs = {one["slug"]: one for one in call(seller).get("programs/").json()["results"]}
    assert set(programs) == {"pos", "plus"}
    assert "locations" in {question["name"] for question in programs["pos"]["questions"]}
    assert programs["plus"]["terms_version"] == "2026-1"


def test_representatives_are_told_to_who_assigns(
    call: Call, manager: Membership, representative: Membership, seller: Membership
) -> None:
    people = call(manager).get("representatives/").json()["results"]
    assert str(representative.pk) in {person["id"] for person in people}
    assert call(seller).get("representatives/").status_code == 403


def test_the_list_as_csv_is_what_is_filtered(call: Call, seller: Membership, new_lead: NewLead) -> None:
    new_lead(seller, company="=Formula GmbH")
    new_lead(seller, company="Plus", kind="plus")
    answer = call(seller).get("leads/export/", {"program": "pos"})
    text = b"".join(answer.streaming_content).decode()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "'=Formula GmbH" in text
    assert text.count("\n") == 2
    assert call(seller).get("leads/export/", {"cursor": "x"}).status_code == 422


def test_what_cannot_be_seen_is_not_kept(call: Call, seller: Membership) -> None:
    typed = {"company": "Hafen\u200bkontor\ufeff", "email": "j.ah\u00adlers@example.org"}
    kept = call(seller).post("leads/", NEW | typed).json()
    assert kept["company"] == "Hafenkontor"
    assert kept["email"] == "j.ahlers@example.org"
