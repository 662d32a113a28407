"""Bulk acts over the API: of every list that declares them, by ids and by a filter; runs, results, again, back."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.timezone import now

from leads.models import Lead
from leads.services import assign_lead
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.services import create_token
from partnerhub.bulk.models import Run
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.lists.declaring import LISTS
from partnerhub.web.schema import api_schema
from tests.accounts.conftest import in_a_year, new_browser
from tests.calls import Call, Caller

ASSIGN = "leads/bulk/assign/"


@pytest.fixture
def desk(call: Call, manager: Membership) -> Caller:
    return call(manager)


def below(address: str) -> str:
    return address.partition("/api/v1/")[2]


def test_every_act_of_every_list_has_its_address() -> None:
    paths = {path for path in api_schema()["paths"] if "/bulk/" in path}
    acts = {act.name for one in LISTS.values() for act in one.bulk}
    assert {path.rstrip("/").rpartition("/")[2] for path in paths} == acts
    body = api_schema()["paths"]["/api/v1/leads/bulk/assign/"]["post"]["requestBody"]["content"]["application/json"]
    name = body["schema"]["$ref"].rpartition("/")[2]
    assert set(api_schema()["components"]["schemas"][name]["properties"]) == {"rows", "filter", "to"}


def test_a_few_rows_are_done_at_once_and_each_is_told(
    new_lead: Any, seller: Membership, representative: Membership, desk: Caller
) -> None:
    fine, moved, gone = new_lead(seller), new_lead(seller, company="Second"), str(uuid4())
    sent = [{"id": str(fine.pk), "version": fine.version}, {"id": str(moved.pk), "version": 7}, {"id": gone}]
    answer = desk.post(ASSIGN, {"rows": sent, "to": str(representative.pk)}, Idempotency_Key="once")
    run = answer.json()
    assert answer.status_code == 200
    assert (run["state"], run["total"], run["done"], run["failed"], run["more"]) == ("done", 3, 1, 2, None)
    assert [(row["id"], row.get("problem", {}).get("status")) for row in run["results"]] == [
        (str(fine.pk), None),
        (str(moved.pk), 412),
        (gone, 409),
    ]
    assert desk.get(below(answer["Location"])).json() == run
    assert desk.post(ASSIGN, {"rows": sent, "to": str(representative.pk)}, Idempotency_Key="once").json() == run


def test_what_a_filter_leaves_is_done_by_the_worker(
    shops: list[Lead], representative: Membership, desk: Caller, work: Any, keepers: Any
) -> None:
    body = {"filter": {"q": "shop", "status": ["submitted"]}, "to": str(representative.pk)}
    answer = desk.post(ASSIGN, body)
    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["left"]) == ("waiting", 130)
    work()
    run = desk.get(below(answer["Location"])).json()
    assert (run["state"], run["done"], len(run["results"])) == ("done", 130, 100)
    further = desk.get(below(run["more"])).json()
    assert (len(further["results"]), further["next"]) == (30, None)
    assert set(keepers().values()) == {representative.pk}


def test_what_failed_is_tried_again_and_what_was_done_is_undone(
    shops: list[Lead],
    representative: Membership,
    second_manager: Membership,
    desk: Caller,
    work: Any,
    keepers: Any,
    acting: Any,
) -> None:
    address = below(desk.post(ASSIGN, {"filter": {}, "to": str(representative.pk)})["Location"])
    with acting(second_manager):
        assign_lead(shops[3].pk, to=second_manager.pk, by=second_manager)
    work()
    assert [row["id"] for row in desk.get(f"{address}results/?only=failed").json()["results"]] == [str(shops[3].pk)]
    again = desk.post(f"{address}retry/")
    assert (again.status_code, again.json()["done"]) == (200, 1)
    assert desk.post(f"{address}retry/").json()["id"] == again.json()["id"]
    assert set(keepers().values()) == {representative.pk}
    undone = desk.post(f"{address}undo/")
    assert undone.status_code == 202
    work()
    assert desk.get(below(undone["Location"])).json()["done"] == 129
    assert {key for key in keepers().values() if key} == {representative.pk}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"to"}),
        ({"rows": [], "to": "x"}, {"rows"}),
        ({"rows": [{"id": "x"}], "to": "x"}, {"rows"}),
        ({"rows": [{"id": str(UUID(int=1))}], "filter": {}, "to": "x"}, {"rows"}),
        ({"rows": [{"id": str(UUID(int=1))}] * 2, "to": "x"}, {"rows"}),
        ({"rows": [{"id": str(UUID(int=1))}], "to": "x"}, {"to"}),
        ({"rows": [{"id": str(UUID(int=n))} for n in range(1001)], "to": "x"}, {"rows"}),
        ({"filter": "all", "to": "x"}, {"filter"}),
        ({"filter": {"status": ["submitted"] * 101}, "to": "x"}, {"filter"}),
        ({"rows": [{"id": str(UUID(int=1))}], "to": "x", "more": 1}, {"more"}),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Caller, body: Any, wrong: set[str]) -> None:
    answer = desk.post(ASSIGN, body)
    assert answer.status_code == 422
    assert wrong <= set(answer.json()["errors"])


def test_a_filter_is_checked_as_the_lists(desk: Caller, representative: Membership) -> None:
    for sent in ({"nonsense": "1"}, {"status": "nowhere"}):
        answer = desk.post(ASSIGN, {"filter": sent, "to": str(representative.pk)})
        assert answer.status_code == 422
        assert set(answer.json()["errors"]) == set(sent)
    nothing = desk.post(ASSIGN, {"filter": {"q": "nobody is called this"}, "to": str(representative.pk)})
    assert nothing.status_code == 409


@pytest.mark.parametrize("many", [1, 130])
def test_only_looked_at_nothing_is_kept(
    shops: list[Lead], desk: Caller, representative: Membership, keepers: Any, acme: Tenant, many: int
) -> None:
    rows = [{"id": str(lead.pk)} for lead in shops[:many]]
    answer = desk.post(f"{ASSIGN}?validate=only", {"rows": rows, "to": str(representative.pk)})
    assert answer.status_code == (200 if many == 1 else 204)
    assert set(keepers().values()) == {None}
    with tenant_scope(acme):
        assert not Run.objects.exists()


def test_a_token_reads_its_own_runs_and_acts_as_long_as_it_lives(
    shops: list[Lead],
    manager: Membership,
    representative: Membership,
    work: Any,
    acme: Tenant,
    acting: Any,
    desk: Caller,
) -> None:
    manager.roles.append("programme-admin")
    with acting(manager):
        manager.save()
        scopes = ["leads.triage", "leads.view", "leads.view_all"]
        made = [
            create_token(name=name, membership=manager, scopes=scopes, expires_at=in_a_year(), by=manager)
            for name in ("CRM", "Other")
        ]
    crm, other = (Caller(new_browser(authorization=f"Bearer {secret}")) for _token, secret in made)
    begun = [crm.post(ASSIGN, {"filter": {}, "to": str(representative.pk)}) for _ in range(2)]
    assert [answer.status_code for answer in begun] == [202, 202]
    first, second = (below(answer["Location"]) for answer in begun)
    assert crm.get(first).status_code == desk.get(first).status_code == 200
    assert other.get(first).status_code == 404
    with tenant_scope(acme):
        Run.objects.filter(pk=begun[1].json()["id"]).update(due_at=in_a_year())
    work()
    with tenant_scope(acme):
        ApiToken.objects.filter(pk=made[0][0].pk).update(revoked_at=now())
        Run.objects.filter(pk=begun[1].json()["id"]).update(due_at=now())
    work()
    assert [desk.get(run).json()["state"] for run in (first, second)] == ["done", "ended"]
    assert "The seat, or the token" in desk.get(second).json()["reason"]
    with acting(manager):
        event = Event.objects.filter(kind="lead.assigned").first()
        assert event is not None
        assert event.token_name == "CRM"


def test_who_may_not_act_begins_no_run(call: Call, seller: Membership, representative: Membership) -> None:
    for who in (seller, representative):
        assert call(who).post(ASSIGN, {}).status_code == 403


def test_whoever_lost_the_role_neither_undoes_nor_tries_again(
    new_lead: Any, seller: Membership, manager: Membership, representative: Membership, call: Call, acme: Tenant
) -> None:
    lead = new_lead(seller)
    sent = {"rows": [{"id": str(lead.pk)}, {"id": str(uuid4())}], "to": str(representative.pk)}
    address = below(call(manager).post(ASSIGN, sent)["Location"])
    with tenant_scope(acme):
        Membership.objects.filter(pk=manager.pk).update(roles=["finance"])
    for step in ("undo", "retry"):
        assert call(manager).post(f"{address}{step}/").status_code == 403
    assert call(manager).get(address).status_code == 200
