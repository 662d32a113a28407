"""The worker's connection to Valkey is lost while a task is in hand."""

from contextlib import suppress
from logging import getLogger
from typing import Any
from uuid import uuid4

import pytest
from kombu import Connection, Consumer, Queue

import partnerhub.celery  # noqa: F401 - as in the worker
from tests.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]


def test_a_connection_lost_with_a_message_in_hand_is_closed_and_the_message_let_go(
    stack: Stack, caplog: pytest.LogCaptureFixture
) -> None:
    valkey = stack.services.valkey
    assert valkey is not None
    connection = Connection(stack.settings["REDIS_URL"])
    in_hand: list[Any] = []
    first, second = (Queue(f"test-{uuid4().hex}") for _ in range(2))
    with connection.Producer() as producer:
        producer.publish("a task", routing_key=first.name, declare=[first])
    # As the worker, which waits for tasks by one channel and for orders by another.
    for channel, queue in ((connection.default_channel, first), (connection.channel(), second)):
        Consumer(channel, [queue], callbacks=[lambda _body, message: in_hand.append(message)]).consume()
    for _ in range(2):
        with suppress(TimeoutError):
            connection.drain_events(timeout=0.5)
    assert len(in_hand) == 1
    valkey.process.stop()
    try:
        # What the worker does when it notices.
        with suppress(Exception):
            connection.collect(socket_timeout=1)
        connection.close()
    finally:
        valkey.start()
    assert not connection.connected
    with caplog.at_level("CRITICAL", "test"):
        in_hand[0].ack_log_error(getLogger("test"), connection.connection_errors)
    assert "Couldn't ack" in caplog.text
