"""What becomes due with time: found by one look over all tenants, done record by record.

    sweep_due("due_things", THINGS.held_if_free, take_due)

Each record is a transaction of its own. A worker that dies takes back nothing of what it has done, and holds nobody up.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.utils.timezone import now

from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

SWEPT_AT_ONCE = 200
MOST_SWEPT = 10_000
"""The next sweep goes on from there."""
DueT = TypeVar("DueT", bound=Any)
Pair = tuple[UUID, UUID]


def sweep_due(door: str, hold: Callable[[UUID], DueT | None], take: Callable[[DueT], bool]) -> int:
    """Do in all tenants, as the system, what this door (`walls.due_door`) tells; how many records were done.

    `hold` locks a record and waits for nobody's lock: None where somebody is at it. `take` looks whether it is due
    still, does what is, and says whether it did something. So of two workers each does other records, and each once.
    What fails is logged and left to the next sweep, and what stands behind it is done.
    """
    tried, done = set[UUID](), 0
    while len(tried) < MOST_SWEPT:
        left = len(tried) - done
        waiting = [pair for pair in _look(door, now(), SWEPT_AT_ONCE + left) if pair[1] not in tried]
        tenants = Tenant.objects.in_bulk({tenant_id for tenant_id, _key in waiting})
        for tenant_id, key in waiting:
            tried.add(key)
            done += _do(door, tenants[tenant_id], key, hold, take)
        if not waiting:
            break
    return done


def _do(
    door: str, tenant: Tenant, key: UUID, hold: Callable[[UUID], DueT | None], take: Callable[[DueT], bool]
) -> bool:
    try:
        with tenant_scope(tenant):
            record = hold(key)
            return record is not None and take(record)
    except (OperationalError, InterfaceError):
        raise  # the database is away
    except Exception:  # whatever is wrong with one record, the others are done
        log.exception("sweep.failed", door=door, tenant=tenant.slug, record_id=str(key))
        return False


def _look(door: str, at: datetime, most: int) -> Iterable[Pair]:
    """(tenant, record) of what is due, in turn of the tenants, each tenant's longest due first. A record comes once."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tenant_id, id FROM {door}(%s, %s)", [at, most])  # noqa: S608 - a function of ours
        rows = cursor.fetchall()
    return dict.fromkeys((UUID(str(tenant)), UUID(str(key))) for tenant, key in rows)
