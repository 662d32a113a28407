"""Which new events go to which listener: current seats, new events, and the records that each seat may see.

Read in one go for all who listen in a tenant, so that the number of statements grows with neither. What leaves here
names a record and its version, and holds nothing of it.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from partnerhub.accounts.seated import still_seated
from partnerhub.events.models import Audience, Event
from partnerhub.events.watched import WATCHED, Watched
from partnerhub.live.moments import REPLAYED
from partnerhub.tenancy.scope import all_tenants, tenant_scope
from partnerhub.web.visibility import Rule

SeatKey = tuple[str, UUID]
"""(key of the browser's session, id of the membership): who listens."""
MOST_EVENTS = 200
"""So many new events at once are told one by one."""
MOST_LOOKED_AT = 2000
RULES_AT_ONCE = 200


class NewsTold(NamedTuple):
    """What one reader hears: a record has changed. `own`: by the reader."""

    event_id: UUID
    kind: str
    record_id: UUID
    version: int
    own: bool


class News(NamedTuple):
    """What is read of an event."""

    id: UUID
    kind: str
    subject_type: str
    subject_id: UUID
    audience: str
    actor_id: UUID | None


@dataclass(frozen=True)
class NewsLook:
    """`seats`: those that still hold; `told`: what each hears; `events`: those that were looked at.

    `is_too_much`: more than can be told; whoever listens has to look at the lists anew.
    """

    seats: Mapping[SeatKey, Membership]
    told: Mapping[SeatKey, Sequence[NewsTold]] = field(default_factory=dict)
    events: Sequence[UUID] = ()
    is_too_much: bool = False


def look(
    tenant_id: UUID,
    asked: Collection[SeatKey],
    *,
    named: Collection[UUID] = (),
    since: datetime | None = None,
    known: Container[UUID] = (),
) -> NewsLook:
    """What those who listen are told of the events `named`, and of what has happened `since` and is not `known`.

    Nobody of a closed portal is seated.
    """
    tenant = all_tenants().filter(pk=tenant_id).first()
    if tenant is None:
        return NewsLook({})
    with tenant_scope(tenant):
        seats = still_seated(asked)
        if since and since < now() - REPLAYED:
            return NewsLook(seats, is_too_much=True)
        ids = {one for one in (*named, *_happened(since)) if one not in known}
        if len(ids) > MOST_EVENTS:
            return NewsLook(seats, events=[*ids], is_too_much=True)
        return NewsLook(seats, news_told(_news(ids), seats) if ids else {}, [*ids])


def _news(ids: Collection[UUID]) -> list[News]:
    rows = Event.objects.filter(pk__in=ids).order_by("id")
    return [News(*row) for row in rows.values_list(*News._fields)]


def _happened(since: datetime | None) -> Iterable[UUID]:
    if since is None:
        return []
    rows = Event.objects.filter(occurred_at__gte=since).order_by("-occurred_at", "-id")
    return rows.values_list("pk", flat=True)[:MOST_LOOKED_AT]


def news_told(news: Sequence[News], seats: Mapping[SeatKey, Membership]) -> dict[SeatKey, list[NewsTold]]:
    """What each seat hears of these events: of a record once. One statement for each kind of record, and one for those
    that an event about another record tells of too.
    """
    told: dict[SeatKey, list[NewsTold]] = {seat: [] for seat in seats}
    for kind, watched in WATCHED.items():
        own = [one for one in news if one.subject_type == kind] + told_too(watched, news)
        if not own:
            continue
        rules = {seat: watched.seen_by(member) for seat, member in seats.items()}
        seen = seen_of(watched, {one.subject_id for one in own}, set(rules.values()))
        for seat, rule in rules.items():
            newest = {one.subject_id: one for one in own if one.audience in {Audience.BOTH, seats[seat].side}}
            told[seat] += [
                NewsTold(one.id, kind, record_id, seen[rule][record_id], one.actor_id == seat[1])
                for record_id, one in newest.items()
                if record_id in seen[rule]
            ]
    return told


def told_too(watched: Watched, news: Sequence[News]) -> list[News]:
    """The events about other records, as news of those of this kind that belong to them."""
    every = watched.model.objects  # type: ignore[attr-defined]  # every model of ours has its manager
    found: list[News] = []
    for event_kind, column in watched.also.items():
        of = {one.subject_id: one for one in news if one.kind == event_kind}
        rows = every.filter(**{f"{column}__in": [*of]}).values_list("pk", column) if of else ()
        found += [of[about]._replace(subject_id=key) for key, about in rows]
    return found


def seen_of(watched: Watched, ids: Collection[UUID], rules: Collection[Rule]) -> dict[Rule, dict[UUID, int]]:
    """For each rule the records among these that it lets one see, with their versions.

    The rules of all who listen are asked side by side, as the system: each is the very rule behind lists and pages.
    """
    seen: dict[Rule, dict[UUID, int]] = {rule: {} for rule in rules}
    ordered = list(rules)
    for start in range(0, len(ordered), RULES_AT_ONCE):
        some = ordered[start : start + RULES_AT_ONCE]
        for record_id, version, *answers in _asked(watched, ids, some):
            for rule, answer in zip(some, answers, strict=True):
                if answer:
                    seen[rule][record_id] = version
    return seen


def _asked(watched: Watched, ids: Collection[UUID], rules: Sequence[Rule]) -> list[tuple[Any, ...]]:
    texts = [rule.sql("record") for rule in rules]
    said = ", ".join(f"({text})" for text, _values in texts)
    query = (
        f"SELECT record.id, {watched.version}, {said} FROM {watched.model._meta.db_table} record"  # noqa: S608 - our own words
        " WHERE record.id = ANY(%s) AND record.tenant_id = nullif(current_setting('app.tenant_id'), '')::uuid"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*(value for _text, values in texts for value in values), list(ids)])
        return list(cursor.fetchall())
