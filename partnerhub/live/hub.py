"""The listeners of a live process, by tenant; new events are fetched and handed to them here.

A word of Valkey makes a room look at once. Every few seconds it looks by itself: at the seats of all its listeners,
and for events of the last minute that no word told of. So a word that is lost delays and loses nothing, and with
Valkey away the pages are live with a delay of that many seconds.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from random import uniform
from typing import TypeVar
from uuid import UUID

import structlog
from django.conf import settings
from django.utils.timezone import now
from redis.asyncio import Redis
from redis.exceptions import RedisError

from partnerhub.live.announcing import CHANNEL, heard
from partnerhub.live.moments import OVERLAP, SLACK
from partnerhub.live.selectors import NewsLook, look
from partnerhub.live.streams import Stream

log = structlog.get_logger(__name__)

AnswerT = TypeVar("AnswerT")
Work = Callable[[Callable[[], AnswerT]], Awaitable[AnswerT]]
"""Runs a function that asks the database in a thread."""
STOP_LOOK_SECONDS = 5.0
KNOWN = 5000
LIFE_SECONDS = (1500.0, 2100.0)
"""How long a stream lasts: then the browser comes back through all gates of a request, wherever there is room."""


class Room:
    """The listeners of one tenant."""

    def __init__(self, tenant_id: UUID, work: Work[NewsLook]) -> None:
        self.tenant_id = tenant_id
        self.streams: set[Stream] = set()
        self._work = work
        self._named: set[UUID] = set()
        self._known: deque[UUID] = deque(maxlen=KNOWN)
        self._opened_at = self._swept_at = now()
        self._is_to_sweep = False
        self._stirred = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    def hear(self, event_ids: list[UUID]) -> None:
        """Look at these events, or for what is new where none is named."""
        self._named.update(event_ids)
        self._is_to_sweep = self._is_to_sweep or not event_ids
        self._stirred.set()

    def close(self) -> None:
        self._task.cancel()

    async def _run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(STOP_LOOK_SECONDS):
                    await self._stirred.wait()
            except TimeoutError:
                self._is_to_sweep = True
            await self._look()

    async def _look(self) -> None:
        self._stirred.clear()
        named, self._named = self._named, set()
        sweeps, self._is_to_sweep = self._is_to_sweep, False
        streams, known, at = list(self.streams), set(self._known), now()
        try:
            found = await self._work(
                partial(
                    look,
                    self.tenant_id,
                    {stream.listener.seat for stream in streams},
                    named=named - known,
                    since=max(self._swept_at - OVERLAP, self._opened_at - SLACK) if sweeps else None,
                    known=known,
                )
            )
        except Exception as error:  # noqa: BLE001 - whatever was wrong with one look, the room looks again
            cause = f"{type(error).__name__}: {error}".strip()
            log.warning("live.not_looked", tenant_id=str(self.tenant_id), cause=cause)
            self._named |= named
            return
        self._known.extend(found.events)
        self._swept_at = at if sweeps else self._swept_at
        for stream in streams:
            tell(stream, found)


def tell(stream: Stream, found: NewsLook) -> None:
    """Bring to a stream what was found for it. One whose seat does not hold any more ends; one whose roles have changed
    ends too, and its browser comes back with what they are now.
    """
    seat = stream.listener.seat
    if seat not in found.seats:
        stream.end(for_good=True)
    elif set(found.seats[seat].roles) != stream.listener.roles:
        stream.end()
    elif found.is_too_much:
        stream.reset()
    else:
        stream.tell(found.told.get(seat, ()))


class Hub:
    """The rooms of one live process, and its ear at Valkey."""

    def __init__(self, work: Work[NewsLook]) -> None:
        self._work = work
        self._rooms: dict[UUID, Room] = {}
        self._ear = asyncio.create_task(self._listen())
        self.is_closing = False

    def count_of(self, user_id: UUID) -> int:
        """How many streams a person has open."""
        return sum(stream.listener.user_id == user_id for room in self._rooms.values() for stream in room.streams)

    async def join(self, stream: Stream) -> None:
        """From now on the stream is told of what happens, and first of what it has missed. Raises DatabaseError."""
        listener = stream.listener
        room = self._rooms.get(listener.tenant_id)
        if room is None:
            room = self._rooms[listener.tenant_id] = Room(listener.tenant_id, self._work)
        room.streams.add(stream)
        stream.live_for(uniform(*LIFE_SECONDS))  # noqa: S311 - spreads the load
        if listener.since:
            tell(stream, await self._work(partial(look, listener.tenant_id, {listener.seat}, since=listener.since)))

    def leave(self, stream: Stream) -> None:
        stream.end()
        room = self._rooms.get(stream.listener.tenant_id)
        if room is None:
            return
        room.streams.discard(stream)
        if not room.streams:
            room.close()
            del self._rooms[room.tenant_id]

    def close(self) -> None:
        """End all streams; their browsers come back to whoever answers then."""
        self.is_closing = True
        self._ear.cancel()
        for room in self._rooms.values():
            for stream in room.streams:
                stream.end()

    async def _listen(self) -> None:
        was_away = False
        while True:
            try:
                await self._hear_all()
            except (RedisError, OSError) as error:
                if not was_away:
                    log.warning("live.valkey_away", cause=f"{type(error).__name__}: {error}")
                was_away = True
            await asyncio.sleep(uniform(0.5, 1.5))  # noqa: S311 - spreads the load

    async def _hear_all(self) -> None:
        """Until Valkey is away. What was said while nobody listened is looked for once somebody does."""
        valkey = Redis.from_url(settings.REDIS_URL, health_check_interval=15, socket_keepalive=True)
        async with valkey, valkey.pubsub(ignore_subscribe_messages=True) as ear:
            await ear.psubscribe(f"{CHANNEL}*")
            for room in self._rooms.values():
                room.hear([])
            async for message in ear.listen():
                self._hear(message)

    def _hear(self, message: dict[str, bytes]) -> None:
        word = heard(message["channel"].decode(), message["data"].decode())
        if word and (room := self._rooms.get(word[0])):
            room.hear(word[1])
