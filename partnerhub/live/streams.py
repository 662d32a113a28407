"""One open stream: what waits to be sent to it, bounded; and how it ends."""

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import uniform
from uuid import UUID

from partnerhub.live.selectors import NewsTold, SeatKey
from partnerhub.tenancy.models import new_id

MOST_WAITING = 100
"""Messages for one reader that may wait; who is slower is cut off."""
HEARTBEAT = 15.0
RETRY_MILLISECONDS = (500, 3000)
"""When a browser comes back: not all at once."""


@dataclass(frozen=True)
class StreamListener:
    """Who listens, as a request was found to be, and from where on. `since`: None for from now on."""

    tenant_id: UUID
    user_id: UUID
    seat: SeatKey
    roles: frozenset[str]
    since: datetime | None


def record_words(told: NewsTold) -> str:
    data = {"kind": told.kind, "id": str(told.record_id), "version": told.version, "own": told.own}
    return f"id: {told.event_id}\nevent: record\ndata: {json.dumps(data)}\n\n"


def bare_words(event: str) -> str:
    """`beat`: still here, all until now is told; `reset`: look anew, more has happened than can be told; `over`: come
    back no more.
    """
    return f"id: {new_id()}\nevent: {event}\ndata:\n\n"


def first_words() -> str:
    return f"retry: {int(uniform(*RETRY_MILLISECONDS))}\n\n"  # noqa: S311 - spreads the load, keeps no secret


class Stream:
    """`tell`, `reset` and `end` are called in the loop; `next` gives what is to be sent, None at the end."""

    def __init__(self, listener: StreamListener) -> None:
        self.listener = listener
        self._waiting: deque[str] = deque([first_words()])
        self._stirred = asyncio.Event()
        self._is_over = False
        self._life: asyncio.TimerHandle | None = None
        self.is_cut = False

    def live_for(self, seconds: float) -> None:
        self._life = asyncio.get_running_loop().call_later(seconds, self.end)

    def tell(self, told: Iterable[NewsTold]) -> None:
        for one in told:
            self._put(record_words(one))

    def reset(self) -> None:
        self._put(bare_words("reset"))

    def end(self, *, for_good: bool = False) -> None:
        """The stream ends when what waits is sent. `for_good`: the browser does not come back by itself."""
        if for_good:
            self._put(bare_words("over"))
        self._is_over = True
        self._stirred.set()
        if self._life:
            self._life.cancel()

    def cut(self) -> None:
        """The reader does not keep up: nothing more is sent."""
        self.is_cut = True
        self._waiting.clear()
        self.end()

    def _put(self, words: str) -> None:
        if self._is_over:
            return
        if len(self._waiting) >= MOST_WAITING:
            self.cut()
            return
        self._waiting.append(words)
        self._stirred.set()

    async def next(self) -> str | None:
        """All that waits; a heartbeat where nothing has happened for a while."""
        if not self._waiting and not self._is_over:
            self._stirred.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    await self._stirred.wait()
        if self._waiting:
            words = "".join(self._waiting)
            self._waiting.clear()
            return words
        return None if self._is_over else bare_words("beat")
