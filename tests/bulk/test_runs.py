"""Acts on more rows than fit a page: asked, confirmed, done by the worker in parts, told, tried again, undone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from leads.models import Lead
from leads.services import assign_lead
from partnerhub.accounts.models import Membership
from partnerhub.bulk.models import Batch, Run
from partnerhub.bulk.services import sweep_runs, working
from partnerhub.bulk.services.asking import IDS_AT_ONCE
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

ASSIGN = "/acme/leads/bulk/assign/"
Browser = Callable[[Membership], Client]


def asked(client: Client, query: str = "") -> tuple[str, str]:
    """The page that asks, and the run that it keeps the rows in."""
    text = client.post(f"{ASSIGN}{query}", {"all": "1"}).content.decode()
    run = re.search(r'name="run" value="([^"]+)"', text)
    return text, run[1] if run else ""


def confirm(client: Client, run: str, to: Membership) -> str:
    """The address of the page that tells of it."""
    answer = client.post(ASSIGN, {"run": run, "confirmed": "1", "to": to.pk})
    assert answer.status_code == 302
    return str(answer["Location"])


def run_now(acme: Tenant, run_id: str) -> Run:
    with tenant_scope(acme):
        return Run.objects.get(pk=run_id)


@pytest.fixture
def desk(manager: Membership, client_of: Browser) -> Client:
    return client_of(manager)


def test_all_that_match_are_frozen_confirmed_done_and_told(
    shops: list[Lead], desk: Client, representative: Membership, work: Any, keepers: Any, acme: Tenant
) -> None:
    page = desk.get("/acme/leads/?sort=company&size=10").content.decode()
    assert "Select all that match, at most 10,000" in page
    text, run = asked(desk, "?sort=company")
    assert "130 rows" in text
    assert "These are the rows that matched when you asked" in text
    url = confirm(desk, run, representative)
    assert url == f"/acme/bulk/{run}/"
    waiting = desk.get(url).content.decode()
    assert "0 done, 0 not done, 130 left" in waiting
    assert 'role="status"' in waiting
    assert work() == 3
    assert set(keepers().values()) == {representative.pk}
    told = desk.get(url).content.decode()
    assert "130 leads are assigned." in told
    assert told.count('<li data-tone="good">') == 2 * IDS_AT_ONCE
    further = re.search(r'href="([^"]+)" rel="next"', told)
    assert further is not None
    assert desk.get(further[1]).content.decode().count('<li data-tone="good">') == 30
    assert run_now(acme, run).done == 130


def test_what_comes_in_after_the_question_is_not_meant(
    shops: Any, desk: Client, seller: Membership, representative: Membership, work: Any, keepers: Any, new_lead: Any
) -> None:
    _text, run = asked(desk)
    new_lead(seller, company="Late", website="https://late.example.org")
    confirm(desk, run, representative)
    work()
    assert {name for name, key in keepers().items() if key is None} == {"Late"}


def test_confirming_twice_does_it_once_and_both_tabs_see_the_same(
    shops: list[Lead],
    desk: Client,
    manager: Membership,
    representative: Membership,
    work: Any,
    client_of: Browser,
    acme: Any,
) -> None:
    _text, run = asked(desk)
    assert confirm(desk, run, representative) == confirm(client_of(manager), run, representative)
    work()
    assert confirm(desk, run, representative) == f"/acme/bulk/{run}/"
    assert work() == 0
    with tenant_scope(acme):
        assert Run.objects.count() == 1
        assert Lead.objects.exclude(version=shops[0].version + 1).count() == 0


def test_a_form_that_is_sent_twice_is_one_act(
    shops: list[Lead], desk: Client, representative: Membership, acme: Tenant
) -> None:
    rows = [f"{lead.pk}:{lead.version}" for lead in shops[:2]]
    key = re.search(r'name="key" value="([^"]+)"', desk.post(ASSIGN, {"row": rows}).content.decode())
    assert key is not None
    sent = {"row": rows, "confirmed": "1", "to": representative.pk, "key": key[1]}
    for _ in range(2):
        assert "2 leads are assigned." in desk.post(ASSIGN, sent, follow=True).content.decode()
    with tenant_scope(acme):
        assert Run.objects.count() == 1


def test_a_row_that_somebody_changed_meanwhile_stays_and_is_told(
    shops: list[Lead],
    desk: Client,
    second_manager: Membership,
    representative: Membership,
    work: Any,
    keepers: Any,
    acting: Any,
) -> None:
    _text, run = asked(desk)
    url = confirm(desk, run, representative)
    with acting(second_manager):
        assign_lead(shops[7].pk, to=second_manager.pk, by=second_manager)
    work()
    assert keepers()["Shop 007"] == second_manager.pk
    told = desk.get(f"{url}?only=failed").content.decode()
    assert "129 leads are assigned." in told
    assert re.findall(r"<small>([^<]+)</small>", told.partition('class="results"')[2].partition("</ol>")[0]) == [
        "Mikael Rosenqvist was faster.",
        "Representative: – → Mikael Rosenqvist",
    ]
    asked_again = desk.post(ASSIGN, {"again": run}).content.decode()
    assert re.findall(r'name="row" value="([^"]+)"', asked_again) == [f"{shops[7].pk}:{shops[7].version + 1}"]


def test_what_is_done_is_undone_by_the_worker_but_for_what_changed_since(
    shops: list[Lead],
    desk: Client,
    manager: Membership,
    second_manager: Membership,
    work: Any,
    keepers: Any,
    acting: Any,
) -> None:
    with acting(manager):
        assign_lead(shops[0].pk, to=second_manager.pk, by=manager)  # theirs before: nothing to undo
    _text, run = asked(desk)
    url = confirm(desk, run, second_manager)
    work()
    with acting(manager):
        assign_lead(shops[1].pk, to=manager.pk, by=manager)
    assert f'action="{url}undo/"' in desk.get(url).content.decode()
    undone = desk.post(f"{url}undo/")["Location"]
    assert desk.post(f"{url}undo/")["Location"] == undone
    work()
    kept = {name: key for name, key in keepers().items() if key is not None}
    assert kept == {"Shop 000": second_manager.pk, "Shop 001": manager.pk}
    assert "128 assignments are undone." in desk.get(undone).content.decode()


def test_an_hour_later_nothing_is_undone_as_a_whole(
    shops: Any, desk: Client, representative: Membership, work: Any, keepers: Any, acme: Tenant
) -> None:
    _text, run = asked(desk)
    url = confirm(desk, run, representative)
    work()
    with tenant_scope(acme):
        Run.objects.update(ended_at=now() - timedelta(minutes=61))
    assert "undo/" not in desk.get(url).content.decode()
    told = desk.post(f"{url}undo/", follow=True).content.decode()
    assert "more than an hour ago" in told
    assert set(keepers().values()) == {representative.pk}


def take_role(acme: Tenant, member: Membership) -> None:
    Membership.objects.filter(pk=member.pk).update(roles=[Role.FINANCE.value])


def end_seat(acme: Tenant, member: Membership) -> None:
    Membership.objects.filter(pk=member.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("change", "why"),
    [(take_role, "The role that this needs was taken away"), (end_seat, "The seat, or the token")],
    ids=["role", "seat"],
)
def test_rights_are_asked_for_again_at_each_part(
    shops: Any,
    desk: Client,
    manager: Membership,
    representative: Membership,
    keepers: Any,
    acme: Tenant,
    change: Any,
    why: str,
) -> None:
    _text, run = asked(desk)
    confirm(desk, run, representative)
    turn = working.RunTurn(acme, UUID(run))
    assert turn._take()
    assert turn._part()
    with tenant_scope(acme):
        change(acme, manager)
    assert not turn._part()
    now_run = run_now(acme, run)
    assert (now_run.state, now_run.done, now_run.left) == ("ended", IDS_AT_ONCE, 130 - IDS_AT_ONCE)
    assert why in now_run.reason
    with tenant_scope(acme):
        assert Lead.objects.filter(representative=representative).count() == IDS_AT_ONCE


def test_a_worker_that_died_leaves_whole_parts_and_another_one_goes_on(
    shops: list[Lead], desk: Client, representative: Membership, work: Any, acme: Tenant
) -> None:
    _text, run = asked(desk)
    confirm(desk, run, representative)
    dead = working.RunTurn(acme, UUID(run))
    assert dead._take()
    assert dead._part()
    assert work() == 0, "it is held"
    with tenant_scope(acme):
        Run.objects.update(due_at=now())  # the lease is over
    assert work() == 2
    assert not dead._part(), "it is another worker's now"
    with tenant_scope(acme):
        assert Lead.objects.exclude(version=shops[0].version + 1).count() == 0
    assert run_now(acme, run).done == 130


def test_a_part_that_no_worker_survives_is_given_up_and_the_others_are_done(
    shops: Any, desk: Client, representative: Membership, work: Any, acme: Tenant
) -> None:
    _text, run = asked(desk)
    confirm(desk, run, representative)
    for _ in range(working.TRIES):
        assert working.RunTurn(acme, UUID(run))._take()
        with tenant_scope(acme):
            Run.objects.update(due_at=now())
    work()
    now_run = run_now(acme, run)
    assert (now_run.state, now_run.done, now_run.failed) == ("done", 130 - IDS_AT_ONCE, IDS_AT_ONCE)
    assert "It could not be done. We were told of it." in desk.get(f"/acme/bulk/{run}/").content.decode()


def test_a_run_is_stopped(shops: Any, desk: Client, representative: Membership, work: Any, keepers: Any) -> None:
    _text, run = asked(desk)
    url = confirm(desk, run, representative)
    assert f'action="{url}stop/"' in desk.get(url).content.decode()
    assert "Stopped. 0 leads are assigned." in desk.post(f"{url}stop/", follow=True).content.decode()
    assert work() == 0
    assert set(keepers().values()) == {None}
    assert "This has ended already." in desk.post(f"{url}stop/", follow=True).content.decode()


def test_a_run_is_its_makers_alone(
    shops: Any, desk: Client, second_manager: Membership, seller: Membership, stranger: Membership, client_of: Browser
) -> None:
    _text, run = asked(desk)
    for other in (second_manager, seller, stranger):
        client = client_of(other)
        assert client.get(f"/acme/bulk/{run}/").status_code == 404
        assert client.post(f"/acme/bulk/{run}/undo/").status_code == 404
    sent = {"run": run, "confirmed": "1", "to": second_manager.pk}
    answer = client_of(second_manager).post(ASSIGN, sent, follow=True)
    assert "This was asked too long ago." in answer.content.decode()


def test_whoever_is_no_representative_any_more_is_told_in_the_form(
    shops: Any, desk: Client, finance: Membership, acme: Tenant
) -> None:
    _text, run = asked(desk)
    answer = desk.post(ASSIGN, {"run": run, "confirmed": "1", "to": finance.pk})
    assert answer.status_code == 422
    assert f'name="run" value="{run}"' in answer.content.decode()
    assert run_now(acme, run).state == "asked"


def test_three_at_a_time(shops: Any, desk: Client, representative: Membership) -> None:
    for _ in range(3):
        confirm(desk, asked(desk)[1], representative)
    answer = desk.post(ASSIGN, {"run": asked(desk)[1], "confirmed": "1", "to": representative.pk})
    assert answer.status_code == 409
    assert "Three of your acts are under way already." in answer.content.decode()


def test_of_what_nobody_confirms_few_are_kept(shops: Any, desk: Client, acme: Tenant) -> None:
    runs = [asked(desk)[1] for _ in range(7)]
    with tenant_scope(acme):
        assert {str(key) for key in Run.objects.values_list("pk", flat=True)} == set(runs[2:])
        assert Batch.objects.count() == 5 * 3


def test_what_is_over_is_swept(shops: Any, desk: Client, representative: Membership, work: Any, acme: Tenant) -> None:
    old, young, unconfirmed = (asked(desk)[1] for _ in range(3))
    for run in (old, young):
        confirm(desk, run, representative)
    work()
    with tenant_scope(acme):
        Run.objects.filter(pk=old).update(created_at=now() - timedelta(days=31))
        Run.objects.filter(pk=unconfirmed).update(created_at=now() - timedelta(hours=25))
    assert sweep_runs() == 2
    with tenant_scope(acme):
        assert [str(run.pk) for run in Run.objects.all()] == [young]


def test_htmx_gets_how_far_it_is_and_the_page_anew_when_it_is_over(
    shops: Any, desk: Client, representative: Membership, work: Any
) -> None:
    url = confirm(desk, asked(desk)[1], representative)
    heads = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "progress"}
    assert "130 left" in desk.get(url, **heads).content.decode()
    assert "<h1" not in desk.get(url, **heads).content.decode()
    work()
    assert desk.get(url, **heads)["HX-Refresh"] == "true"


def test_the_page_of_a_run_costs_the_same_whatever_its_rows(
    shops: Any, desk: Client, representative: Membership, work: Any
) -> None:
    small = desk.post(ASSIGN, {"row": f"{shops[0].pk}:7", "confirmed": "1", "to": representative.pk})["Location"]
    large = confirm(desk, asked(desk)[1], representative)
    work()
    desk.get(small)
    counts = []
    for url in (small, large):
        with CaptureQueriesContext(connection) as seen:
            desk.get(url)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_more_than_the_worker_takes_is_refused(shops: Any, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from partnerhub.web.lists import bulk_pages

    monkeypatch.setattr(bulk_pages, "LARGEST", 120)
    answer = desk.post(ASSIGN, {"all": "1"}, follow=True)
    assert "At most 120 rows are changed at once" in answer.content.decode()


def test_of_what_is_sent_only_the_answers_are_kept_and_a_way_back_of_a_length(
    shops: Any, desk: Client, representative: Membership, acme: Tenant
) -> None:
    _text, run = asked(desk)
    sent = {"run": run, "confirmed": "1", "to": ["x" * 9000] * 50 + [representative.pk], "more": "y" * 9000}
    assert desk.post(ASSIGN, sent).status_code == 302
    assert run_now(acme, run).answers == {"to": [str(representative.pk)]}
    long = desk.post(f"{ASSIGN}?columns={'z' * 5000}", {"all": "1"}).content.decode()
    found = re.search(r'name="run" value="([^"]+)"', long)
    assert found is not None
    assert run_now(acme, found[1]).back == ""


def test_what_was_not_done_stands_below_the_title(shops: list[Lead], desk: Client, representative: Membership) -> None:
    rows = [f"{shops[0].pk}:{shops[0].version}", f"{shops[1].pk}:70"]
    page = desk.post(ASSIGN, {"row": rows, "to": representative.pk}, follow=True).content.decode()
    assert re.search(r"<h1[^>]*>1 lead is assigned.</h1><p>1 done, 1 not done, 0 left</p>", page)
