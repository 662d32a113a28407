"""The worker that finds whom to tell: in which order, what is put off, and who wakes it."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from django.conf import settings as current
from django.db import OperationalError
from django.utils.timezone import now
from redis import Redis

from notifications.services import fanning, nudging
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event, Untold
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db
Tell = Callable[..., Event]


class TestFanOut:
    def test_an_event_that_fails_for_long_is_tried_by_the_hour(
        self, happen: Tell, acme: Tenant, seller: Membership, manager: Membership
    ) -> None:
        happen("lead.started", manager, submitter_id="nobody's id")
        with tenant_scope(acme):
            Untold.objects.update(tries=40)
        fanning.fan_out_events()
        with tenant_scope(acme):
            row = Untold.objects.get()
        assert row.tries == 41
        assert timedelta(minutes=59) < row.due_at - now() <= timedelta(hours=1)

    def test_what_comes_before_may_fail_and_readers_are_told(
        self,
        happen: Tell,
        acme: Tenant,
        seller: Membership,
        manager: Membership,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        waited: list[int] = []

        def look(tenant: Tenant) -> None:
            with tenant_scope(tenant):
                waited.append(Untold.objects.count())
            raise RuntimeError("a rule broke")

        monkeypatch.setattr(fanning, "_before", [look])
        happen("lead.let_stand", manager)  # of which no other room makes a record
        with structlog.testing.capture_logs() as lines:
            assert fanning.fan_out_events() == 1
        assert [line["event"] for line in lines] == ["events.not_acted_before"]
        assert waited == [1], "it was done before they were told"

    def test_the_longest_due_are_told_first(
        self, happen: Tell, acme: Tenant, seller: Membership, manager: Membership, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fanning, "EVENTS_TOLD", 2)
        events = [happen("lead.let_stand", manager) for _ in range(3)]
        with tenant_scope(acme):
            for hours, event in enumerate(events, 1):
                Untold.objects.filter(pk=event.pk).update(due_at=now() - timedelta(hours=hours))
        assert fanning.fan_out_events() == 2
        with tenant_scope(acme):
            assert Untold.objects.get().pk == events[0].pk

    def test_while_the_database_is_away_nothing_counts_as_tried(
        self, happen: Tell, acme: Tenant, seller: Membership, manager: Membership, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cut_off(_events: object) -> None:
            raise OperationalError("the server closed the connection unexpectedly")

        monkeypatch.setattr(fanning, "TELLERS", (cut_off,))
        happen("lead.let_stand", manager)
        with structlog.testing.capture_logs() as lines:
            assert fanning.fan_out_events() == 0
        assert [line["event"] for line in lines] == ["events.told_later"]
        with tenant_scope(acme):
            row = Untold.objects.get()
        assert (row.tries, row.due_at <= now()) == (0, True)


class TestNudging:
    @pytest.fixture
    def broker(self) -> Iterator[Redis]:
        with Redis.from_url(current.REDIS_URL) as redis:
            redis.flushdb()
            yield redis
            redis.flushdb()

    def test_mail_and_webhooks_are_told_apart(self, broker: Redis) -> None:
        for _ in range(2):
            nudging.nudge()
            nudging.nudge_hooks()
        assert (broker.llen("celery"), broker.llen("webhooks")) == (1, 1)
        nudging.take_nudge(nudging.PENDING_HOOKS)
        nudging.nudge()
        nudging.nudge_hooks()
        assert (broker.llen("celery"), broker.llen("webhooks")) == (1, 2)

    def test_a_word_is_worth_nothing_after_half_a_minute(self, broker: Redis) -> None:
        """What waits then was found by the clock: a worker that comes back has not to look a thousand times."""
        nudging.nudge()
        (word,) = broker.lrange("celery", 0, -1)
        expires = datetime.fromisoformat(json.loads(word)["headers"]["expires"])
        assert timedelta(0) < expires - now() <= timedelta(seconds=30)

    def test_whoever_writes_webhooks_wakes_their_worker(
        self,
        broker: Redis,
        happen: Tell,
        made: Any,
        programme_admin: Membership,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        made(programme_admin, event_types=["lead.let_stand"])
        happen("lead.let_stand", programme_admin)
        broker.flushdb()
        with django_capture_on_commit_callbacks(execute=True):
            fanning.fan_out_events()
        assert broker.llen("webhooks") == 1

    def test_a_word_that_no_worker_took_is_said_again_after_seconds(self, broker: Redis) -> None:
        nudging.nudge()
        assert 0 < broker.ttl(nudging.PENDING) <= nudging.PENDING_SECONDS
