"""The clock of protection."""

from celery import shared_task

from partnerhub.protection.services import sweep_protections
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="protection.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: protections that begin, end soon, or are over."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            sweep_protections()
