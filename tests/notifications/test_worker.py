"""From the commit to the mail through a real broker and a real Celery worker (quality 47–49)."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import structlog
from django.conf import settings as current
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.timezone import now
from redis import Redis
from uuid_utils.compat import uuid7

from notifications.models import Message
from notifications.selectors import queue_state
from notifications.services import nudging, send_due_messages
from notifications.services.heartbeat import (
    BEAT,
    WEBHOOKS,
    WORKER_KEY,
    Silent,
    check_beat,
    check_mail_queue,
    check_webhooks,
    check_worker,
)
from notifications.services.outbox import BATCH
from notifications.tasks import heartbeat, watch_mail_queue
from partnerhub.accounts.models import Letter, Membership
from partnerhub.embedded.demo.runner import PART_COMMANDS
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.valkey import BREAKER, Away, client
from tests.notifications.receiver import Receiver
from tests.notifications.sink import Sink, serve

ROOT = Path(__file__).resolve().parents[2]
Tell = Callable[..., Event]
HOUR = timedelta(hours=1)


@pytest.fixture(scope="class")
def arrivals() -> Iterator[Sink]:
    """The server that the worker sends to."""
    sink = Sink()
    controller = serve(sink)
    sink.port = controller.port
    yield sink
    controller.stop()


@pytest.fixture(scope="class")
def worker(django_db_setup: None, arrivals: Sink) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on this test's database and broker, up and listening."""
    with working(arrivals, "--loglevel=INFO") as process:
        yield process


@pytest.fixture(scope="class")
def two_workers(django_db_setup: None, arrivals: Sink) -> Iterator[None]:
    """As an installation runs them: webhooks have one of their own."""
    loud = "--loglevel=INFO"
    with working(arrivals, *PART_COMMANDS["worker"][4:], loud), working(arrivals, *PART_COMMANDS["webhooks"][4:], loud):
        yield


@contextmanager
def working(arrivals: Sink, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    mine = {"EMAIL_URL": f"smtp://127.0.0.1:{arrivals.port}", "LOG_LEVEL": "INFO", "WEBHOOK_NETWORKS": "127.0.0.0/8"}
    environment = os.environ | mine
    command = [sys.executable, "-m", "celery", "-A", "partnerhub", "worker", "--concurrency=1", *words]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output: Any = process.stdout
    for line in output:
        if b"ready." in line:
            break
    # What it says from then on is read, too: earlier tests have left it much to do, and a full pipe would stop it.
    reader = Thread(target=output.read, daemon=True)
    reader.start()
    yield process
    process.terminate()
    process.wait(timeout=30)
    reader.join(timeout=30)


@pytest.fixture
def broker() -> Iterator[Redis]:
    with Redis.from_url(current.REDIS_URL) as redis:
        redis.delete(nudging.PENDING, nudging.PENDING_HOOKS)
        yield redis


@pytest.fixture
def unheard(broker: Redis) -> None:
    """The worker is not woken by what is made for a test: it would mail the lead's confirmation before it is gone."""
    broker.set(nudging.PENDING, 1)


@pytest.fixture
def happen(unheard: None, broker: Redis, happen: Tell) -> Tell:
    broker.delete(nudging.PENDING)
    return happen


@pytest.mark.django_db(transaction=True)
class TestWithAWorker:
    def test_mail_goes_out_right_after_the_commit(
        self, worker: Any, broker: Redis, arrivals: Sink, happen: Tell, seller: Membership, manager: Membership
    ) -> None:
        """Without beat: the nudge alone brings it."""
        arrivals.clear()
        happen("lead.started", manager)
        assert arrivals.wait_for(1, seconds=90)
        assert arrivals.addresses == ["maren.feddersen@acme.example.org"]

    def test_what_is_rolled_back_is_never_sent(
        self, worker: Any, broker: Redis, arrivals: Sink, happen: Tell, seller: Membership, manager: Membership
    ) -> None:
        arrivals.clear()
        with transaction.atomic():
            happen("lead.awarded", manager)
            transaction.set_rollback(True)
        happen("lead.started", manager)
        assert arrivals.wait_for(1, seconds=90)
        assert [str(mail["Subject"]).rpartition(": ")[2] for mail in arrivals.mails] == ["your lead is in progress"]

    def test_many_at_once_are_all_sent_once(
        self, worker: Any, broker: Redis, arrivals: Sink, happen: Tell, seller: Membership, manager: Membership
    ) -> None:
        arrivals.clear()
        for _ in range(40):
            happen("lead.started", manager)
        assert arrivals.wait_for(40, seconds=90)
        ids = [mail["Message-ID"] for mail in arrivals.mails]
        assert len(ids) == len(set(ids)) == 40

    def test_the_worker_gives_signs_of_life(self, worker: Any, broker: Redis) -> None:
        """One that is told nothing else takes from every queue."""
        assert broker.exists(WORKER_KEY, WEBHOOKS) == 2
        check_worker()
        check_webhooks()


@pytest.mark.django_db(transaction=True)
class TestBesideASlowEndpoint:
    def test_mail_goes_out_while_an_endpoint_says_nothing(
        self,
        two_workers: None,
        broker: Redis,
        arrivals: Sink,
        receiver: Receiver,
        made: Any,
        hooks: Any,
        happen: Tell,
        seller: Membership,
        manager: Membership,
        programme_admin: Membership,
    ) -> None:
        arrivals.clear()
        receiver.may_answer.clear()
        made(programme_admin, event_types=["lead.awarded"])
        happen("lead.awarded", manager)
        assert receiver.came.wait(90)
        assert arrivals.wait_for(1, seconds=90)
        happen("lead.started", manager)
        assert arrivals.wait_for(2, seconds=90)
        assert [row.status for row in hooks()] == ["sending"]


def _copies(message: Message, count: int) -> Iterator[Message]:
    """The same again, to other addresses."""
    for number in range(count):
        twin = copy(message)
        twin.pk, twin.recipient, twin.address = uuid7(), None, f"reader{number}@example.org"
        yield twin


class TestNudging:
    @pytest.fixture(autouse=True)
    def _awake(self) -> Iterator[None]:
        BREAKER.answered()
        yield
        BREAKER.answered()
        client.cache_clear()

    @pytest.fixture
    def queue(self, broker: Redis) -> Iterator[Callable[[], int]]:
        broker.delete("celery")
        yield lambda: int(broker.llen("celery"))
        broker.delete("celery")

    def test_one_word_is_enough_until_the_worker_looks(self, queue: Callable[[], int]) -> None:
        for _ in range(5):
            nudging.nudge()
        assert queue() == 1
        nudging.take_nudge()
        nudging.nudge()
        assert queue() == 2

    def test_a_broker_that_is_away_is_asked_once_and_then_left_alone(self, settings: Any) -> None:
        settings.REDIS_URL = "redis://127.0.0.1:9/0"
        client.cache_clear()
        nudging.nudge()
        with pytest.raises(Away):
            BREAKER.check()
        settings.REDIS_URL = "nonsense://would-raise"
        client.cache_clear()
        nudging.nudge()

    def test_the_nudge_comes_after_the_commit_and_never_after_a_rollback(
        self,
        db: None,
        queue: Callable[[], int],
        django_capture_on_commit_callbacks: Any,
        happen: Tell,
        seller: Membership,
        manager: Membership,
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            happen("lead.started", manager)
            assert queue() == 0
        assert nudging.nudge in callbacks

    @pytest.mark.parametrize(("due", "told"), [(BATCH - 1, 0), (BATCH, 1)])
    def test_who_finds_a_whole_batch_due_calls_for_help(
        self,
        db: None,
        queue: Callable[[], int],
        sink: Sink,
        tell: Tell,
        seller: Membership,
        manager: Membership,
        due: int,
        told: int,
    ) -> None:
        event = tell("lead.started", manager)
        with tenant_scope(event.tenant):
            first = Message.objects.get()
            Message.objects.bulk_create(_copies(first, due - 1))
        assert send_due_messages() == due
        assert queue() == told

    def test_an_event_that_nobody_is_mailed_of_nudges_too(
        self, db: None, django_capture_on_commit_callbacks: Any, happen: Tell, seller: Membership, manager: Membership
    ) -> None:
        """An endpoint may hear of it."""
        with django_capture_on_commit_callbacks() as callbacks:
            happen("lead.award_kept", manager)
        assert nudging.nudge in callbacks


class TestSignsOfLife:
    @pytest.mark.parametrize(
        ("key", "check"), [(BEAT, check_beat), (WORKER_KEY, check_worker), (WEBHOOKS, check_webhooks)]
    )
    def test_silence_is_noticed(self, broker: Redis, key: str, check: Callable[[], None]) -> None:
        broker.delete(key)
        with pytest.raises(Silent):
            check()
        broker.set(key, "2026-11-18T12:00:00+00:00")
        with pytest.raises(Silent):
            check()
        broker.delete(key)

    def test_the_task_is_the_sign(self, broker: Redis) -> None:
        heartbeat()
        check_beat()


class TestLateMail:
    """The alarm counts from when mail was first due: with a dead mail server each try would make it young again."""

    @pytest.fixture
    def late(self, db: None, acme: Tenant, tell: Tell, seller: Membership, manager: Membership) -> Callable[..., None]:
        """One message, due first so many seconds ago, tried since and due again in an hour."""

        def make(seconds: int) -> None:
            tell("lead.started", manager)
            at = now()
            with tenant_scope(acme):
                Message.objects.update(first_due_at=at - timedelta(seconds=seconds), tries=4, due_at=at + HOUR)

        return make

    def test_a_message_that_is_tried_again_and_again_gets_older(self, late: Callable[..., None]) -> None:
        late(400)
        state = queue_state(now())
        assert (state.waiting, int(state.age.total_seconds()) // 10) == (1, 40)

    def test_mail_that_waits_too_long_is_noticed(self, late: Callable[..., None]) -> None:
        late(200)
        assert check_mail_queue()["waiting"] == 1
        late(400)
        with pytest.raises(Silent, match="messages wait, the oldest for 40") as silent:
            check_mail_queue()
        assert (silent.value.state, silent.value.facts["waiting"]) == ("late", 2)

    @pytest.mark.parametrize(("seconds", "level"), [(200, None), (400, "warning"), (1900, "error")])
    def test_beat_tells_the_log(self, late: Callable[..., None], seconds: int, level: str | None) -> None:
        late(seconds)
        with structlog.testing.capture_logs() as lines:
            watch_mail_queue()
        told = [(line["event"], line["log_level"], line["oldest_seconds"] // 10 * 10) for line in lines]
        assert told == ([("mail.queue_late", level, seconds)] if level else [])
        assert current.CELERY_BEAT_SCHEDULE["watch-mail-queue"]["task"] == watch_mail_queue.name

    def test_the_command_fails_over_an_age(self, late: Callable[..., None]) -> None:
        late(400)
        call_command("queue_age", over=500, stdout=StringIO())
        with pytest.raises(CommandError) as failed:
            call_command("queue_age", over=300, stdout=StringIO())
        assert failed.value.returncode == 2

    def test_a_letter_about_a_sign_in_counts(self, db: None) -> None:
        letter = Letter.objects.create(address="a@example.org", due_at=now() + HOUR, tries=3)
        Letter.objects.filter(pk=letter.pk).update(created_at=now() - HOUR)
        state = queue_state(now())
        assert (state.waiting, state.age > HOUR) == (1, True)

    def test_old_code_writes_the_same_row(self, late: Callable[..., None], acme: Tenant) -> None:
        """Statements without the new column, as a version before it sends them."""
        late(400)
        with tenant_scope(acme), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM notifications_message LIMIT 0")
            names = [column.name for column in cursor.description if column.name not in {"id", "first_due_at"}]
            others = [name for name in names if name not in {"address", "recipient_id"}]
            cursor.execute(
                f"INSERT INTO notifications_message (id, address, {', '.join(others)})"
                f" SELECT gen_random_uuid(), 'old@example.org', {', '.join(others)} FROM notifications_message"
            )
            row = Message.objects.get(address="old@example.org")
            assert row.first_due_at == row.due_at
            cursor.execute("UPDATE notifications_message SET status = 'sending', due_at = now() + interval '2 h'")
            cursor.execute("UPDATE notifications_message SET status = 'queued', due_at = now() + interval '4 h'")
            assert Message.objects.get(pk=row.pk).first_due_at == row.first_due_at  # tried again: as old as before
            cursor.execute("UPDATE notifications_message SET status = 'failed'")
            again = now() + 2 * HOUR
            cursor.execute("UPDATE notifications_message SET status = 'queued', due_at = %s", [again])
            assert Message.objects.get(pk=row.pk).first_due_at == again  # sent again by a person
