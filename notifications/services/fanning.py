"""Fan-out: finds the recipients of new events and writes their messages and hooks. The event is the durable fact.

Each tenant's events are told in one transaction, under a lock of the tenant: a worker that dies leaves the events as
they were, and two workers never tell out of order.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils.timezone import now

from notifications.selectors import untold_tenants
from notifications.services.writing import write_hooks, write_messages
from partnerhub.events.models import Event, Untold
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

TENANTS = 50
EVENTS_TOLD = 100
LOCK = 4_711_002
ALONE = "SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock(%s, hashtext(%s))"
FAN_OUT_DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))

Teller = Callable[[Sequence[Event]], None]
TELLERS: tuple[Teller, ...] = (write_messages, write_hooks)
"""Each finds its readers in events of one tenant and writes their deliveries; called again it adds nothing."""
_before: list[Callable[[Tenant], object]] = []


def register_before_telling(act: Callable[[Tenant], object]) -> None:
    """`act` is called with a tenant before its events are told, outside of any transaction, so that mail says what
    follows from them at once (rulings 4). What it raises is logged: the events are told all the same.
    """
    _before.append(act)


def fan_out_events() -> int:
    """Tell of what has happened in all tenants, at most a hundred events of each; how many events were told."""
    due = untold_tenants(now(), TENANTS)
    tenants = Tenant.objects.in_bulk(due)
    for tenant_id in due:
        _act_before(tenants[tenant_id])
    return sum(_fan_out(tenants[tenant_id]) for tenant_id in due)


def _act_before(tenant: Tenant) -> None:
    for act in _before:
        try:
            act(tenant)
        except Exception as error:  # whatever is wrong there, readers are told
            log.exception("events.not_acted_before", tenant=tenant.slug, error=str(error))


def _fan_out(tenant: Tenant) -> int:
    try:
        with tenant_scope(tenant):
            with connection.cursor() as cursor:
                cursor.execute(ALONE, [LOCK, str(tenant.pk)])
            waiting = Untold.objects.filter(due_at__lte=now()).order_by("due_at", "id")[:EVENTS_TOLD]
            ids = list(waiting.values_list("pk", flat=True))
            found = Event.objects.in_bulk(ids)
            failed = _tell([found[key] for key in ids if key in found])
            Untold.objects.filter(pk__in=set(ids) - failed).delete()
            _put_off(failed)
    except OperationalError as error:
        log.warning("events.told_later", tenant=tenant.slug, error=str(error))
        return 0
    return len(ids) - len(failed)


def _tell(events: Sequence[Event]) -> set[UUID]:
    """Call every teller with all of them, or, where that fails, with one by one; the ids of those that failed."""
    failed: set[UUID] = set()
    for tell in TELLERS:
        if len(events) < 2 or not _told(tell, events):
            failed |= {event.pk for event in events if not _told(tell, [event])}
    return failed


def _told(tell: Teller, events: Sequence[Event]) -> bool:
    try:
        with transaction.atomic():
            tell(events)
    except OperationalError:
        raise
    except Exception as error:  # whatever is wrong with one event, the others are told
        if len(events) == 1:
            log.exception("events.not_told", event_id=str(events[0].pk), kind=events[0].kind, error=str(error))
        return False
    return True


def _put_off(failed: set[UUID]) -> None:
    """They are due again later; a fault of ours is mended one day, so they are never given up."""
    for row in Untold.objects.filter(pk__in=failed):
        wait = FAN_OUT_DELAYS[min(row.tries, len(FAN_OUT_DELAYS) - 1)]
        Untold.objects.filter(pk=row.pk).update(tries=F("tries") + 1, due_at=now() + wait)
