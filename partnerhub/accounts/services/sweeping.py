"""What is over and still lies about: sessions, the devices they stood for, answers kept for a repeated request, and
how many mails went to strangers.

Each batch is a transaction of its own, so that nobody waits for a sweep; whatever is left is swept next time.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import now

from partnerhub.accounts.idempotency import ANSWERS_KEPT_FOR
from partnerhub.accounts.models import IdempotencyKey
from partnerhub.accounts.services.strangers import counted_before
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import all_tenants, tenant_scope

ROWS_SWEPT = 1000
MOST_BATCHES = 500
# A device is written down a moment before its session may be there.
YOUNG = timedelta(days=1)


def sweep_expired() -> int:
    """Delete expired sessions and devices without one, and of any tenant keys and counts that are over; how many."""
    swept = _sweep(lambda: Session.objects.filter(expire_date__lt=now())) + _sweep(_devices_without_session)
    for tenant in all_tenants():
        swept += sum(_sweep_in(tenant, rows) for rows in (_keys_not_kept, counted_before))
    return swept


def _sweep_in(tenant: Tenant, rows: Callable[[], QuerySet[Any]]) -> int:
    swept = 0
    with tenant_scope(tenant):
        is_over = rows().exists()
    while is_over:
        with tenant_scope(tenant):
            found = _delete(rows())
        swept += found
        is_over = found == ROWS_SWEPT
    return swept


def _keys_not_kept() -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(created_at__lt=now() - ANSWERS_KEPT_FOR)


def _devices_without_session() -> QuerySet[UserSession]:
    session = Session.objects.filter(session_key=OuterRef("session_key"))
    rows: QuerySet[UserSession] = UserSession.objects.filter(~Exists(session), created_at__lt=now() - YOUNG)
    return rows


def _sweep(rows: Callable[[], QuerySet[Any]]) -> int:
    swept = 0
    for _batch in range(MOST_BATCHES):
        swept += (found := _delete(rows()))
        if found < ROWS_SWEPT:
            break
    return swept


def _delete(rows: QuerySet[Any]) -> int:
    keys = list(rows.values_list("pk", flat=True)[:ROWS_SWEPT])
    return int(rows.filter(pk__in=keys).delete()[0])
