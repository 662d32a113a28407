"""Mends how kombu 5.7 closes a lost connection to Valkey, so that the worker comes back (see `Unacknowledged`).

Importing it is enough. Can go once `tests/faults/test_broker.py` passes without it.
"""

from typing import Any

from kombu.transport.redis import Channel, QoS


class Unacknowledged(QoS):
    """The messages that a worker has in hand.

    A channel that closes gives them back. The channel of a lost connection is closed a second time after its transport
    is gone, asks that one for an address, and the AttributeError ends the worker. Such a channel gives back nothing:
    Valkey gives the messages out again after the visibility timeout, and beat takes up what they were about.
    """

    def restore_unacked_once(self, stderr: Any = None) -> None:
        transport = self.channel.connection
        if transport is not None and transport.client is not None:
            super().restore_unacked_once(stderr)


Channel.QoS = Unacknowledged
