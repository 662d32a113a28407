"""The clock of appeals."""

from celery import shared_task

from partnerhub.appeals.services import sweep_appeals
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="appeals.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: decisions that are late."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            sweep_appeals()
