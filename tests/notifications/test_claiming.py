"""Whose a delivery is, and until when: claimed once, given back where time runs out; and the worker woken no oftener
than it looks.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import structlog
import time_machine
from django.conf import settings as current
from django.db import OperationalError, connections
from django.utils.timezone import now
from redis import Redis

from notifications.models import Message
from notifications.services import fanning, nudging, send_due_messages
from notifications.services.answers import MailAnswer, MailVerdict
from notifications.services.marking import outcome_of
from notifications.services.outbox import TenantBatch
from notifications.services.sending import MAIL_DELAYS, MailCarrier
from notifications.services.smtp import Outlet
from notifications.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event, Untold
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.notifications.sink import Sink

pytestmark = pytest.mark.django_db
Tell = Callable[..., Event]
Sends = Callable[[], int]


@pytest.fixture
def sends(tell: Tell, acme: Tenant, seller: Membership, manager: Membership, sink: Sink) -> Sends:
    """A worker that has found one message due, and comes to send it: how many it sent."""
    event = tell("lead.started", manager)
    with tenant_scope(acme):
        ids = list(Message.objects.filter(event=event).values_list("pk", flat=True))
    assert len(ids) == 1

    def send() -> int:
        with Outlet() as outlet:
            return TenantBatch(acme, MailCarrier(outlet)).send(ids)

    return send


def message(acme: Tenant, **changes: Any) -> Message:
    """The message, after these changes."""
    with tenant_scope(acme):
        if changes:
            Message.objects.update(**changes)
        return Message.objects.get()


@pytest.mark.parametrize("state", [Status.SENT, Status.SUPPRESSED, Status.BOUNCED, Status.FAILED])
def test_what_another_worker_has_finished_meanwhile_is_left_alone(
    sends: Sends, sink: Sink, acme: Tenant, state: Status
) -> None:
    message(acme, status=state)
    assert (sends(), sink.arrived) == (0, [])
    assert message(acme).status == state


def test_what_another_worker_has_claimed_meanwhile_is_left_alone(sends: Sends, sink: Sink, acme: Tenant) -> None:
    message(acme, status=Status.SENDING, tries=1, due_at=now() + timedelta(minutes=2))
    assert (sends(), sink.arrived) == (0, [])
    assert message(acme).tries == 1


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_is_claiming_is_not_waited_for(sends: Sends, sink: Sink, acme: Tenant) -> None:
    with tenant_scope(acme):
        Message.objects.select_for_update().get()
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(lambda: (sends(), connections.close_all())).result(60)[0] == 0
    assert sink.arrived == []
    assert sends() == 1


def test_a_claim_is_a_change_and_forgets_why_it_was_held(sends: Sends, acme: Tenant) -> None:
    before = message(acme, hold="over")
    sends()
    after = message(acme)
    assert (after.status, after.hold, after.version) == (Status.SENT, "", before.version + 2)


def test_what_no_time_is_left_for_is_given_back_as_not_tried(
    sends: Sends, sink: Sink, acme: Tenant, settings: Any
) -> None:
    """None is begun when the lease could end before the slowest answer."""
    settings.MAIL_LEASE_SECONDS = 0
    assert (sends(), sink.arrived) == (0, [])
    left = message(acme)
    assert (left.status, left.tries) == (Status.QUEUED, 0)
    assert left.due_at <= now()


def test_what_is_given_back_is_only_what_is_still_ours(acme: Tenant, sends: Sends) -> None:
    """Its lease was over, another worker has sent it: that stays."""
    with Outlet() as outlet:
        batch = TenantBatch(acme, MailCarrier(outlet))
        batch._claim([message(acme).pk])
        message(acme, status=Status.SENT, tries=2)
        batch._release()
    assert (message(acme).status, message(acme).tries) == (Status.SENT, 2)


def test_only_what_was_taken_counts_as_sent(sends: Sends, sink: Sink) -> None:
    sink.refuse_mail = "451 4.3.0 Not now"
    assert sends() == 0


def test_a_server_that_asks_for_longer_is_given_longer(acme: Tenant, sends: Sends) -> None:
    row = message(acme, status=Status.SENDING, tries=1)
    asked = MailAnswer(MailVerdict.LATER, "451 In two hours", wait=7200)
    at = now()
    with time_machine.travel(at, tick=False):
        assert outcome_of(row, asked, delays=MAIL_DELAYS).facts["due_at"] == at + timedelta(hours=2)


def test_an_address_that_is_refused_twice_is_held_once(
    tell: Tell, seller: Membership, manager: Membership, sink: Sink
) -> None:
    sink.refuse_address["maren.feddersen@acme.example.org"] = "550 5.1.1 No such user"
    for _ in range(2):  # both are claimed before the first answer
        tell("lead.started", manager)
    assert send_due_messages() == 0
    assert sink.arrived == []


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

    def test_a_word_that_no_worker_took_is_said_again_after_seconds(self, broker: Redis) -> None:
        nudging.nudge()
        assert 0 < broker.ttl(nudging.PENDING) <= nudging.PENDING_SECONDS
