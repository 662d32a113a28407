"""Telling and mail under faults: nothing lost, nothing doubled but by the same Message-ID."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.conf import settings

from notifications.services.outbox import MARKED_TOGETHER
from tests.notifications.sink import Sink
from tests.stack import MESSAGE_ID, Person, Stack, delivered, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.xdist_group("portal")]
WAITING = "SELECT count(*) FROM notifications_message WHERE status IN ('queued', 'sending')"
SUBMITTED = 340  # three messages each: the confirmation and two channel managers


def submit_many(seller: Person, count: int) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: seller.submit_until_it_is_in(str(uuid4()), f"Shop {n}"), range(count)))


def assert_all_delivered(stack: Stack, sink: Sink, wanted: int) -> None:
    """Each message reached the server, and what reached it twice carries one Message-ID."""
    ids = delivered(sink)
    assert len(set(ids)) == wanted
    assert len({(address, MESSAGE_ID.search(content)[1]) for address, content in sink.arrived}) == wanted
    assert stack.count("SELECT count(*) FROM notifications_message WHERE status = 'failed'") == 0


def test_a_worker_killed_again_and_again_loses_no_message(stack: Stack, sink: Sink, seller: Person) -> None:
    stack.kill("beat")
    stack.kill("worker")
    submit_many(seller, SUBMITTED)
    assert stack.count(WAITING) == 0, "the events, and no message yet"
    wanted = 3 * SUBMITTED
    stack.start("beat")
    kills = 0
    for share in (1, 2, 3, 4):
        stack.start("worker")
        until(lambda share=share: len(set(delivered(sink))) >= wanted * share // 6, seconds=60)
        stack.kill("worker")
        kills += 1
    stack.start("worker")
    assert stack.all_sent(120)
    assert_all_delivered(stack, sink, wanted)
    # What each sending process had handed over and not yet marked: a handful, and the one in the server's hands.
    assert len(sink.arrived) - wanted <= kills * settings.CELERY_WORKER_CONCURRENCY * (MARKED_TOGETHER + 1)


def test_a_worker_killed_while_it_finds_the_readers_loses_and_doubles_none(
    stack: Stack, sink: Sink, seller: Person
) -> None:
    """Each time as soon as it has begun: in the middle of telling, or between that and sending."""
    stack.kill("worker")
    submit_many(seller, SUBMITTED)
    untold = "SELECT count(*) FROM events_untold"
    for _ in range(3):
        before = stack.count(untold)
        stack.start("worker")
        until(lambda before=before: stack.count(untold) < before or not before, seconds=60)
        stack.kill("worker")
    stack.start("worker")
    assert stack.all_sent(120)
    assert_all_delivered(stack, sink, 3 * SUBMITTED)
    doubled = "SELECT event_id FROM notifications_message GROUP BY event_id, recipient_id, purpose HAVING count(*) > 1"
    assert stack.rows(doubled) == []


def test_submitting_goes_on_for_a_minute_without_valkey_and_the_mail_follows(
    stack: Stack, sink: Sink, seller: Person
) -> None:
    valkey = stack.services.valkey
    assert valkey is not None
    valkey.stop()
    slowest = 0.0
    submitted = 0
    end = time.monotonic() + 60
    try:
        while time.monotonic() < end:
            began = time.monotonic()
            assert seller.submit(str(uuid4()), f"Without Valkey {submitted}") in (302, 303)
            slowest = max(slowest, time.monotonic() - began)
            submitted += 1
            assert seller.look("/tallvik/leads/").status_code == 200
    finally:
        valkey.start()
    wanted = submitted * 3
    assert slowest < 5
    assert stack.all_sent(120)
    assert_all_delivered(stack, sink, wanted)
    assert len(sink.arrived) == wanted


@pytest.mark.parametrize("fault", ["refusing", "slow", "dropping after DATA", "dropping at RCPT", "gone"])
def test_a_faulty_mail_server_gets_every_message_once_it_works(
    stack: Stack, sink: Sink, seller: Person, fault: str
) -> None:
    if fault == "refusing":
        sink.refuse_mail = "451 4.3.0 Try again later"
    elif fault == "gone":
        sink.refuse_mail = "421 4.3.2 Shutting down"
    elif fault == "slow":
        sink.slow = 3  # longer than the worker waits: the server has the mail, and has not said so
    else:
        sink.drop = fault.rpartition(" ")[2]
    submit_many(seller, 12)
    tried = "SELECT count(*) FROM notifications_message WHERE tries > 0 AND status IN ('queued', 'sending')"
    until(lambda: stack.count(tried) > 0, seconds=30)
    sink.refuse_mail, sink.drop, sink.slow = "", "", 0
    assert stack.all_sent(90)
    assert_all_delivered(stack, sink, 36)
