"""The clock of intake."""

from celery import shared_task

from partnerhub.intake.services import expire_links, forget_unconfirmed
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="intake.sweep", ignore_result=True)
def sweep() -> None:
    """For every tenant: links whose time is over, and what nobody has confirmed."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            expire_links()
            forget_unconfirmed()
