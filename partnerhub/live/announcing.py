"""Announces over Valkey, after the commit, that events were recorded.

Not from the worker, which may be busy with slow mail for longer than a second. The word is only a hint of where to
look: the live process reads the events themselves, and goes over the last minute's every few seconds, so that a word
that is lost delays and loses nothing. It names a tenant and events, and says nothing of what is in them.
"""

from collections.abc import Sequence
from uuid import UUID

import structlog

from partnerhub.web.valkey import LOST, Away, ask

log = structlog.get_logger(__name__)

CHANNEL = "partnerhub:live:"
MANY = "*"
"""Said in place of ids: so many events that one looks for them."""
MOST_RECORDS_NAMED = 100


def publish(tenant_id: UUID, event_ids: Sequence[UUID]) -> None:
    """Tell the live processes. Never raises, never waits for long."""
    words = " ".join(map(str, event_ids)) if len(event_ids) <= MOST_RECORDS_NAMED else MANY
    try:
        ask(lambda valkey: valkey.publish(f"{CHANNEL}{tenant_id}", words))
    except Away:
        return  # said when it began
    except LOST as error:
        log.warning("live.word_lost", error=str(error))


def heard(channel: str, words: str) -> tuple[UUID, list[UUID]] | None:
    """The tenant and its events, none where one has to look for them; None for what is no word of ours."""
    try:
        ids = [] if words == MANY else [UUID(word) for word in words.split(" ", MOST_RECORDS_NAMED)]
        return UUID(channel.removeprefix(CHANNEL)), ids
    except ValueError:
        return None
