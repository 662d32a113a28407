"""A periodic pass over computed columns, for what the former release's code wrote (see `filling`).

Old code writes wrong ones during an upgrade, and some no trigger can fill exactly. It changes what is wrong and nothing
else, so it may run at any time, and again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError, connection, transaction

from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import all_tenants, tenant_scope

log = structlog.get_logger(__name__)

ROWS_OF_A_PASS = 1000
FIRST = UUID(int=0)


@dataclass(frozen=True)
class Pass:
    """A column, the rows that may be wrong, and what it should hold.

    `table` is called `row` in SQL; `beside` joins what else is read. `suspect` is a condition that finds the wrong rows
    and few others; `right` is called with the columns that `reads` names.
    """

    table: str
    column: str
    reads: str
    suspect: str
    right: Callable[..., Any]
    beside: str = ""


PASSES: list[Pass] = []
"""An app adds its own when it is ready."""


def go_over_rows() -> int:
    """Every pass in every tenant; how many rows were mended. Each batch is a transaction of its own."""
    mended = 0
    for tenant in all_tenants():
        for one in PASSES:
            if found := _mend(one, tenant):
                log.warning("second_pass.mended", table=one.table, column=one.column, tenant=tenant.slug, rows=found)
                mended += found
    return mended


def _mend(one: Pass, tenant: Tenant) -> int:
    mended, last = 0, FIRST
    while True:
        with tenant_scope(tenant):
            rows = _suspects(one, tenant, last)
            mended += sum(_write(one, key, held, one.right(*values)) for key, held, *values in rows)
        if len(rows) < ROWS_OF_A_PASS:
            return mended
        last = rows[-1][0]


def _suspects(one: Pass, tenant: Tenant, last: UUID) -> list[tuple[Any, ...]]:
    query = (
        f"SELECT row.id, row.{one.column}, {one.reads} FROM {one.table} row {one.beside}"  # noqa: S608 - our own names
        f" WHERE row.tenant_id = %s AND row.id > %s AND ({one.suspect}) ORDER BY row.id LIMIT {ROWS_OF_A_PASS}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [tenant.pk, last])
        return list(cursor.fetchall())


def _write(one: Pass, key: UUID, held: Any, right: Any) -> bool:
    """Whether the row was wrong and is right now. One that somebody changed meanwhile is left to them."""
    if held == right:
        return False
    update = f"UPDATE {one.table} SET {one.column} = %s WHERE id = %s AND {one.column} = %s"  # noqa: S608 - our own names
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(update, [right, key, held])
            return bool(cursor.rowcount)
    except IntegrityError:
        return False  # another row holds it, and may: of two partners called alike the second stays without
