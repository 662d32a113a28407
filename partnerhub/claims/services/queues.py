"""What a channel manager or Programme admin sets up: the queues of the tenant."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from partnerhub.actors import Seat
from partnerhub.claims.models import QUEUE_SETTINGS, Queue
from partnerhub.claims.selectors import queue_for
from partnerhub.claims.services.records import KEPT_QUEUES
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.services import record
from partnerhub.partners.models import Tier
from partnerhub.records.values import plain
from partnerhub.roles import QUEUES_MANAGE, VENDOR
from partnerhub.tenancy.locks import count_alone

MOST_QUEUES = 100
RANGES = {
    "position": (1, 1000),
    "lease_days": (1, 365),
    "recall_days": (1, 365),
    "offer_hours": (1, 720),
    "held_at_most": (1, 1000),
    "per_day": (1, 1000),
    "per_week": (1, 5000),
}


def add_fallback_queue() -> Queue:
    """The queue of a new tenant, which takes what no other does. Inside the tenant, as the system."""
    queue, _is_new = Queue.objects.get_or_create(
        is_fallback=True, defaults={"name": _now("All leads"), "position": 1000}
    )
    return queue


def next_queue(program: UUID, country: str, *, after: Queue | None = None) -> Queue:
    """Where such a lead waits. A portal that an older release has opened gets its fallback queue now."""
    return queue_for(program, country, after=after) or add_fallback_queue()


@transaction.atomic
def add_queue(values: Mapping[str, Any], *, by: Seat) -> Queue:
    """Open a queue. Raises NotPermitted, and Refused by field."""
    _require(by)
    _check(values)
    count_alone("queues")
    if Queue.objects.count() >= MOST_QUEUES:
        raise Refused(Reason("too_many", _("No more queues can be opened.")))
    queue = Queue(**{name: values[name] for name in QUEUE_SETTINGS if name in values})
    with _named_once():
        queue.save(force_insert=True)
    after = {name: plain(getattr(queue, name)) for name in QUEUE_SETTINGS}
    record("queue.added", queue, actor=by, after=after, data=KEPT_QUEUES.event_data(queue), audience=VENDOR)
    return queue


@transaction.atomic
def change_queue(queue_id: UUID, values: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> Queue:
    """Raises Queue.DoesNotExist, Stale, NotPermitted, and Refused by field; the fallback queue stays open."""
    _require(by)
    queue = KEPT_QUEUES.locked(queue_id, by=by, seen=seen)
    _check(values)
    if queue.is_fallback and not values.get("is_active", True):
        raise Refused(Reason("fallback", _("The fallback queue stays open."), field="is_active"))
    with _named_once():
        return KEPT_QUEUES.edit(
            "queue.changed",
            queue,
            {name: values[name] for name in QUEUE_SETTINGS if name in values},
            by=by,
            audience=VENDOR,
        )


def _require(by: Seat) -> None:
    if by.side != VENDOR or not by.can(QUEUES_MANAGE):
        raise NotPermitted(QUEUES_MANAGE)


def _check(values: Mapping[str, Any]) -> None:
    wrong = [
        Reason(name, _("Enter a number from %(least)s to %(most)s.") % {"least": least, "most": most}, field=name)
        for name, (least, most) in RANGES.items()
        if name in values and not least <= values[name] <= most
    ]
    if "name" in values and not values["name"]:
        wrong.append(Reason("name", _("Enter a name."), field="name"))
    known = {*Program.objects.values_list("pk", flat=True)}
    if not known >= set(values.get("programs", ())):
        wrong.append(Reason("programs", _("Choose programs of this portal."), field="programs"))
    tiers = {*Tier.objects.values_list("pk", flat=True)} if values.get("tiers") else set()
    if not tiers >= set(values.get("tiers", ())):
        wrong.append(Reason("tiers", _("Choose tiers of this portal."), field="tiers"))
    if wrong:
        raise Refused(wrong)


@contextmanager
def _named_once() -> Iterator[None]:
    """Two queues have two names; the database decides."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if broken_constraint(error) != "queue_name":
            raise
        raise Refused(Reason("name", _("Another queue has this name."), field="name")) from None
