"""Recording what happened, and telling whoever listens, in the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import now

from partnerhub.actors import Actor
from partnerhub.events.models import Audience, Event, Untold
from partnerhub.tenancy.scope import current_tenant


class _System:
    """The one who acts when nobody asked: beat, a lapse, a repair."""

    id = None
    name = "PartnerHub"
    side = "system"
    person_id = None
    token = None
    why_read_only = ""

    def can(self, permission: str) -> bool:
        return False


SYSTEM = _System()


class Changed(NamedTuple):
    """What is told of one subject: the fields that changed, before and after, and what readers of it need.

    `partner_id` is the partner that may read it, where it is another one than the subject's.
    """

    subject: Model
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    data: dict[str, Any] | None = None
    partner_id: UUID | None = None


EVENTS_WRITTEN = 500
Listener = Callable[[Event], None]
SetListener = Callable[[Sequence[Event]], None]
_listeners: dict[str, list[Listener]] = defaultdict(list)
_set_listeners: dict[str, list[SetListener]] = defaultdict(list)
Announcer = Callable[[UUID, Sequence[UUID]], None]
_announcers: list[Announcer] = []
_followed: dict[str, Callable[[], None]] = {}
LONG_PAST = timedelta(days=1)
ALL = "*"

_happened_at: ContextVar[datetime | None] = ContextVar("happened_at", default=None)


@contextmanager
def happened(at: datetime) -> Iterator[None]:
    """Record what happens inside as history: it happened at that time (aware), before it came into this portal.

    Listeners hear of it all the same; nobody is told later of what is long past.
    """
    token = _happened_at.set(at)
    try:
        yield
    finally:
        _happened_at.reset(token)


def happening() -> datetime:
    """The time of what happens here: now, or where history is written, then."""
    return _happened_at.get() or now()


def hears(*kinds: str) -> Callable[[Listener], Listener]:
    """Call the function with each new event of these kinds (`lead.awarded`, or `lead.*` for all of a subject's).

    The listener runs inside the verb's transaction: what it raises undoes the verb.
    """

    def connect(listener: Listener) -> Listener:
        for kind in kinds:
            _listeners[kind].append(listener)
        return listener

    return connect


def hears_together(*kinds: str) -> Callable[[SetListener], SetListener]:
    """The same for a listener that takes all new events of a kind that are recorded at once: one, or hundreds."""

    def connect(listener: SetListener) -> SetListener:
        for kind in kinds:
            _set_listeners[kind].append(listener)
        return listener

    return connect


def follow(*kinds: str, wake: Callable[[], None]) -> None:
    """Keep each new event of these kinds (of none named: of all) as `Untold`, until a worker has told its readers.

    `wake` is called after the commit; it may fail or be lost, the row stays.
    """
    _followed.update(dict.fromkeys(kinds or (ALL,), wake))


def announce_by(announce: Announcer) -> None:
    """Call this with the tenant's id and the events' once they are committed. It may fail or be lost: nobody may depend
    on being told, only on being told sooner.
    """
    _announcers.append(announce)


def record(
    kind: str,
    subject: Model,
    *,
    actor: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    audience: str = Audience.BOTH,
) -> Event:
    """Write one event about `subject` and tell the listeners.

    `subject` is a model instance; its `partner_id`, where it has one, decides which partner may read the event.
    `before` and `after` hold the fields that changed, `data` what readers of the event need (plain JSON values).
    """
    event = _new(kind, Changed(subject, before, after, data), actor=actor, audience=audience)
    event.save()
    _leave_untold([event])
    _announce([event])
    _tell_listeners([event])
    return event


def record_each(kind: str, told: Sequence[Changed], *, actor: Actor, audience: str = Audience.BOTH) -> list[Event]:
    """The same for many subjects of one act: one event for each, written by one statement for a few hundred."""
    events = [_new(kind, one, actor=actor, audience=audience) for one in told]
    for start in range(0, len(events), EVENTS_WRITTEN):
        Event.objects.insert_all(events[start : start + EVENTS_WRITTEN])
        _leave_untold(events[start : start + EVENTS_WRITTEN])
    if events:
        _announce(events)
        _tell_listeners(events)
    return events


def _new(kind: str, told: Changed, *, actor: Actor, audience: str) -> Event:
    subject, before, after, data, partner_id = told
    token = getattr(actor, "token", None)
    request = structlog.contextvars.get_contextvars()
    return Event(
        partner_id=partner_id or getattr(subject, "partner_id", None),
        audience=audience,
        kind=kind,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        actor_id=actor.id,
        actor_name=actor.name,
        actor_side=actor.side,
        person_id=actor.person_id,
        token_id=token.id if token else None,
        token_name=token.name if token else "",
        token_maker=token.maker_name if token else "",
        before=before or {},
        after=after or {},
        data=data or {},
        occurred_at=happening(),
        request_id=str(request.get("request_id") or ""),
        ip=request.get("ip") or None,
    )


def _leave_untold(events: Sequence[Event]) -> None:
    wakes: set[Callable[[], None]] = set()
    news = []
    for event in events:
        wake = _followed.get(event.kind) or _followed.get(ALL)
        if wake and event.occurred_at > now() - LONG_PAST:
            news.append(Untold(pk=event.pk))
            wakes.add(wake)
    Untold.objects.insert_new(news)
    for wake in wakes:
        transaction.on_commit(wake, robust=True)


def _announce(events: Sequence[Event]) -> None:
    tenant, ids = current_tenant().pk, [event.pk for event in events]
    for announce in _announcers:
        transaction.on_commit(_announcing(announce, tenant, ids), robust=True)


def _announcing(announce: Announcer, tenant: UUID, ids: Sequence[UUID]) -> Callable[[], None]:
    """A function with a name: Django tells it where one fails, and falls over a `partial`, which has none."""
    return lambda: announce(tenant, ids)


def _tell_listeners(events: Sequence[Event]) -> None:
    """Events of one kind."""
    kind = events[0].kind
    for key in (kind, f"{kind.partition('.')[0]}.*"):
        for together in _set_listeners[key]:
            together(events)
        for listener in _listeners[key]:
            for event in events:
                listener(event)
