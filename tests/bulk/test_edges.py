"""Runs at their edges: what cannot be asked any more, parts that fail, who took what, and what is not swept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.timezone import now
from redis import Redis

from leads.models import Lead
from leads.services import assign_lead
from partnerhub.accounts.models import Membership
from partnerhub.bulk.models import Run
from partnerhub.bulk.services import carry_on, sweep_runs, sweeping, why_no_undo
from partnerhub.bulk.services.asking import IDS_AT_ONCE
from partnerhub.bulk.services.doing import LONGEST_REASON, results_told
from partnerhub.bulk.services.turns import TRIES
from partnerhub.bulk.services.working import RunTurn
from partnerhub.errors import Reason, Refused
from partnerhub.events import services as telling
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.lists.bulk import MOST
from partnerhub.web.lists.declaring import LISTS
from tests.bulk.test_runs import ASSIGN, asked, confirm, run_now
from tests.calls import Call, Caller

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]


@pytest.fixture
def desk(manager: Membership, client_of: Browser) -> Client:
    return client_of(manager)


@pytest.fixture
def begun(shops: list[Lead], desk: Client, representative: Membership) -> str:
    """A run of 130 rows that waits for the worker."""
    _text, run = asked(desk, "?sort=company")
    confirm(desk, run, representative)
    return run


def changed(acme: Tenant, run: str, **changes: Any) -> None:
    with tenant_scope(acme):
        Run.objects.filter(pk=run).update(**changes)


class TestPages:
    def test_what_nobody_has_confirmed_has_no_page(self, shops: list[Lead], desk: Client) -> None:
        _text, run = asked(desk)
        assert desk.get(f"/acme/bulk/{run}/").status_code == 404

    def test_whoever_may_not_see_the_list_any_more_is_told_no_names(
        self, begun: str, desk: Client, manager: Membership, acme: Tenant
    ) -> None:
        carry_on()
        assert "Shop 000" in desk.get(f"/acme/bulk/{begun}/").content.decode()
        with tenant_scope(acme):
            Membership.objects.filter(pk=manager.pk).update(roles=[])
        page = desk.get(f"/acme/bulk/{begun}/").content.decode()
        assert "130 leads are assigned." in page
        assert "Shop" not in page
        assert "undo/" not in page

    def test_an_undo_is_neither_undone_nor_tried_again(
        self, begun: str, desk: Client, shops: list[Lead], manager: Membership, call: Call, acting: Any
    ) -> None:
        carry_on()
        with acting(manager):
            assign_lead(shops[1].pk, to=manager.pk, by=manager)
        undone = desk.post(f"/acme/bulk/{begun}/undo/")["Location"]
        carry_on()
        page = desk.get(undone).content.decode()
        assert "129 assignments are undone." in page
        assert "undo/" not in page
        assert 'name="again"' not in page
        address = f"bulk-runs/{UUID(undone.rstrip('/').rpartition('/')[2])}/"
        for step, words in (("undo", "cannot be undone"), ("retry", "nothing to try again")):
            answer = call(manager).post(f"{address}{step}/")
            assert (answer.status_code, words in answer.json()["detail"]) == (409, True)

    def test_a_small_undo_that_was_not_done_whole_is_told_row_by_row(
        self, shops: list[Lead], desk: Client, manager: Membership, representative: Membership, acting: Any
    ) -> None:
        rows = [f"{lead.pk}:{lead.version}" for lead in shops[:2]]
        key = uuid4()
        desk.post(ASSIGN, {"row": rows, "confirmed": "1", "to": representative.pk, "key": key})
        with acting(manager):
            run = Run.objects.get(key=key).pk
            assign_lead(shops[1].pk, to=manager.pk, by=manager)
        told = desk.post(f"/acme/bulk/{run}/undo/", follow=True)
        assert "1 assignment is undone." in told.content.decode()
        assert told.redirect_chain[0][0].startswith("/acme/bulk/"), "not back to the list"

    def test_a_page_that_does_not_exist_is_the_first(self, begun: str, desk: Client) -> None:
        carry_on()
        for since in ("x", "-1", "²", "9" * 10):
            assert "Shop 000" in desk.get(f"/acme/bulk/{begun}/?from={since}").content.decode()

    def test_without_its_target_htmx_gets_the_whole_page(self, begun: str, desk: Client) -> None:
        assert "<h1" in desk.get(f"/acme/bulk/{begun}/", HTTP_HX_REQUEST="true").content.decode()


class TestApi:
    @pytest.fixture
    def api(self, call: Call, manager: Membership) -> Caller:
        return call(manager)

    def test_results_are_read_from_where_they_are_asked_for(self, begun: str, api: Caller) -> None:
        carry_on()
        second = api.get(f"bulk-runs/{begun}/results/?from=2").json()
        assert (len(second["results"]), second["next"]) == (130 - 2 * IDS_AT_ONCE, None)
        for query, name in (("from=x", "from"), ("from=9999999999", "from"), ("only=done", "only"), ("page=2", "page")):
            answer = api.get(f"bulk-runs/{begun}/results/?{query}")
            assert (answer.status_code, set(answer.json()["errors"])) == (422, {name})

    def test_what_failed_in_the_last_part_is_on_the_first_page_of_what_failed(
        self, begun: str, api: Caller, shops: list[Lead], second_manager: Membership, acting: Any
    ) -> None:
        with acting(second_manager):
            assign_lead(shops[-1].pk, to=second_manager.pk, by=second_manager)
        carry_on()
        failed = api.get(f"bulk-runs/{begun}/results/?only=failed").json()
        assert ([row["id"] for row in failed["results"]], failed["next"]) == ([str(shops[-1].pk)], None)

    def test_as_many_as_are_done_at_once_are_tried_again_at_once(
        self, shops: list[Lead], api: Caller, representative: Membership
    ) -> None:
        rows = [{"id": str(lead.pk), "version": 70} for lead in shops[:MOST]]
        run = api.post("leads/bulk/assign/", {"rows": rows, "to": str(representative.pk)}).json()
        assert (run["state"], run["failed"]) == ("done", MOST)
        again = api.post(f"bulk-runs/{run['id']}/retry/")
        assert (again.status_code, again.json()["done"]) == (200, MOST)

    def test_only_what_is_over_is_tried_again_and_undone(
        self, begun: str, api: Caller, acme: Tenant, shops: list[Lead], second_manager: Membership, acting: Any
    ) -> None:
        with acting(second_manager):
            assign_lead(shops[0].pk, to=second_manager.pk, by=second_manager)
        turn = RunTurn(acme, UUID(begun))
        assert turn._take()
        assert turn._part()
        for step in ("retry", "undo"):
            assert api.post(f"bulk-runs/{begun}/{step}/").status_code == 409
        assert api.post(f"bulk-runs/{begun}/stop/").json()["state"] == "stopped"
        assert not turn._part(), "nobody goes on with it"
        for step, done in (("retry", 1), ("undo", IDS_AT_ONCE - 1)):
            assert api.post(f"bulk-runs/{begun}/{step}/").json()["done"] == done

    def test_where_nothing_failed_nothing_is_tried_again_and_where_nothing_was_done_nothing_is_undone(
        self, begun: str, api: Caller, shops: list[Lead], representative: Membership
    ) -> None:
        done = api.post("leads/bulk/assign/", {"rows": [{"id": str(shops[0].pk)}], "to": str(representative.pk)})
        assert api.post(f"bulk-runs/{done.json()['id']}/retry/").status_code == 409
        assert api.post(f"bulk-runs/{begun}/stop/").status_code == 200
        assert api.post(f"bulk-runs/{begun}/undo/").status_code == 409

    def test_where_an_answer_is_none_any_more_all_is_refused_with_the_reason(
        self, shops: list[Lead], api: Caller, representative: Membership, acme: Tenant
    ) -> None:
        """Tried again at once, and by the worker."""
        rows = [{"id": str(shops[0].pk), "version": 70}]
        small = api.post("leads/bulk/assign/", {"rows": rows, "to": str(representative.pk)}).json()["id"]
        large = api.post("leads/bulk/assign/", {"filter": {}, "to": str(representative.pk)}).json()["id"]
        with tenant_scope(acme):
            Membership.objects.filter(pk=representative.pk).update(is_active=False)
        again = api.post(f"bulk-runs/{small}/retry/").json()
        carry_on()
        for run, failed in ((again, 1), (api.get(f"bulk-runs/{large}/").json(), 130)):
            assert (run["state"], run["done"], run["failed"]) == ("done", 0, failed)
            assert {row["problem"]["detail"] for row in run["results"]} == {run["results"][0]["problem"]["detail"]}
            assert run["results"][0]["problem"]["detail"]


class TestTold:
    def test_a_row_of_which_the_verb_says_nothing_was_not_done(self) -> None:
        (told,) = results_told(LISTS["leads"].bulk[0], [uuid4()], {})
        assert (told["became"], told["texts"]) == ("failed", ["It could not be done."])

    def test_a_reason_is_kept_up_to_a_length(self) -> None:
        key = uuid4()
        (told,) = results_told(LISTS["leads"].bulk[0], [key], {key: Refused(Reason("long", "x" * 9000))})
        assert {len(text) for text in told["texts"]} == {LONGEST_REASON}

    def test_an_act_without_a_way_back_is_not_undone(self, acme: Tenant) -> None:
        with tenant_scope(acme):
            sent = Run(list_name="leads", act_name="refuse", state="done", done=1, ended_at=now())
        assert why_no_undo(sent) == "This cannot be undone."


class TestWorker:
    def test_a_part_that_fails_waits_longer_each_time_and_the_others_are_done(
        self, begun: str, acme: Tenant, shops: list[Lead], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def breaks(event: Event) -> None:
            if event.subject_id == shops[0].pk:
                raise RuntimeError("a listener broke")

        monkeypatch.setitem(telling._listeners, "lead.assigned", [breaks])
        waits = []
        with time_machine.travel(now() + timedelta(seconds=1), tick=False) as clock:
            for _ in range(TRIES):
                assert [carry_on(), carry_on()] == [0, 0]
                run = run_now(acme, begun)
                assert (run.state, run.done, run.claim) == ("waiting", 0, None)
                waits.append((run.due_at - now()).total_seconds())
                clock.move_to(run.due_at)
            carry_on()
        assert waits == [1, 2, 3]
        run = run_now(acme, begun)
        assert (run.state, run.done, run.failed) == ("done", 130 - IDS_AT_ONCE, IDS_AT_ONCE)
        assert run.claim is None

    def test_workers_that_each_do_a_part_do_not_use_up_its_tries(self, begun: str, acme: Tenant) -> None:
        changed(acme, begun, tries=TRIES - 1)
        first = RunTurn(acme, UUID(begun))
        assert first._take()
        assert first._part()
        assert run_now(acme, begun).tries == 0
        assert run_now(acme, begun).due_at > now() + timedelta(seconds=settings.BULK_LEASE_SECONDS - 30)

    def test_a_worker_takes_nothing_that_another_one_holds(self, begun: str, acme: Tenant) -> None:
        first, second = RunTurn(acme, UUID(begun)), RunTurn(acme, UUID(begun))
        assert first._take()
        assert not second._take()
        assert not second._part()
        assert run_now(acme, begun).claim == first.claim

    def test_it_speaks_the_language_of_who_asked(self, begun: str, acme: Tenant, manager: Membership) -> None:
        changed(acme, begun, language="pl")
        with tenant_scope(acme):
            Membership.objects.filter(pk=manager.pk).update(is_active=False)
        carry_on()
        run = run_now(acme, begun)
        assert run.state == "ended"
        with translation.override("pl"):
            assert run.reason == translation.gettext("The seat, or the token, that asked for this has ended.")
        assert not run.reason.isascii()

    def test_where_time_is_over_another_one_is_woken(self, begun: str) -> None:
        with Redis.from_url(settings.REDIS_URL) as broker:
            broker.delete("celery")
            assert carry_on(seconds=-1) == 0
            assert broker.llen("celery") == 1
            broker.delete("celery")


class TestSwept:
    def test_what_is_under_way_is_kept_however_old_and_the_rest_goes_in_parts(
        self, begun: str, desk: Client, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sweeping, "RUNS_SWEPT", 1)
        for _ in range(2):
            changed(acme, asked(desk)[1], created_at=now() - timedelta(days=2))
        young = asked(desk)[1]
        changed(acme, begun, created_at=now() - timedelta(days=90))
        assert sweep_runs() == 2
        with tenant_scope(acme):
            assert {str(key) for key in Run.objects.values_list("pk", flat=True)} == {begun, young}
