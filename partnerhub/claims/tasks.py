"""The clock of claims."""

from celery import shared_task

from partnerhub.claims.services import sweep_claims
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="claims.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: holders who are warned, leads that go back, offers that end."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            sweep_claims()
