"""Mends what kombu 5.7 does on a lost connection to Valkey, so that the worker comes back. Importing it is enough.

When it is closed, a channel of such a connection gives back what it has in hand; later it acknowledges what was done.
Both ask for an address that is gone with the connection, and the AttributeError ends the worker. Here they meet the
error that kombu and Celery expect of a connection. It is noted; Valkey gives the messages out again after the
visibility timeout, and beat takes up what they were about. Can go once `tests/faults/test_broker.py` passes without
it.
"""

from kombu.transport.redis import Channel
from redis.exceptions import ConnectionError as Lost

_connparams = Channel._connparams  # type: ignore[attr-defined]  # noqa: SLF001 - the stubs leave it out


def _of_an_open_channel(channel: Channel, asynchronous: bool = False) -> object:
    """Where the channel connects to. Raises ConnectionError where its own connection is gone."""
    transport = channel.connection
    if transport is None or transport.client is None:
        raise Lost("no connection")
    return _connparams(channel, asynchronous=asynchronous)


Channel._connparams = _of_an_open_channel  # type: ignore[attr-defined]  # noqa: SLF001 - the stubs leave it out
