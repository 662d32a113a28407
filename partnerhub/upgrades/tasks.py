"""The clock of upgrade invitations."""

from celery import shared_task

from partnerhub.tenancy.scope import all_tenants, tenant_scope
from partnerhub.upgrades.services import sweep_invitations


@shared_task(name="upgrades.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: invitations that expire, owners who are reminded, upgrades that are late."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            sweep_invitations()
