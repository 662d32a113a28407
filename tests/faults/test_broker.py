"""The worker's connection to Valkey is lost while a task is in hand."""

from contextlib import suppress
from uuid import uuid4

import pytest
from kombu import Connection, Consumer, Queue

import partnerhub.celery  # noqa: F401 - as in the worker
from tests.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]


def test_a_connection_that_is_lost_with_a_message_in_hand_is_closed(stack: Stack) -> None:
    valkey = stack.services.valkey
    assert valkey is not None
    connection = Connection(stack.settings["REDIS_URL"])
    in_hand: list[object] = []
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
