"""What is over: runs that nobody confirmed after a day, results after a month."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from partnerhub.bulk.models import Batch, Run
from partnerhub.bulk.states import UNFINISHED_RUNS, RunState
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import all_tenants, tenant_scope

RUNS_KEPT_FOR = timedelta(days=30)
UNCONFIRMED = timedelta(days=1)
RUNS_SWEPT = 20
"""So many runs in a transaction: at most 4,000 batches."""


def sweep_runs() -> int:
    """Delete what is over in any tenant; how many runs. Each batch is a transaction of its own."""
    return sum(_sweep_in(tenant) for tenant in all_tenants())


def _sweep_in(tenant: Tenant) -> int:
    swept = 0
    while True:
        with tenant_scope(tenant):
            keys = list(_over().values_list("pk", flat=True)[:RUNS_SWEPT])
            Batch.objects.filter(run__in=keys).delete()
            Run.objects.filter(pk__in=keys).delete()
        swept += len(keys)
        if len(keys) < RUNS_SWEPT:
            return swept


def _over() -> QuerySet[Run]:
    old = Q(created_at__lt=now() - RUNS_KEPT_FOR) & ~Q(state__in=UNFINISHED_RUNS)
    rows: QuerySet[Run] = Run.objects.filter(
        old | Q(created_at__lt=now() - UNCONFIRMED, state=RunState.ASKED)
    ).order_by("created_at")
    return rows
