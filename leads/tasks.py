"""What the worker does for leads."""

from celery import shared_task

from leads.services import clear_discarded_files as clear
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="leads.clear_discarded_files", ignore_result=True)
def clear_discarded_files() -> None:
    """For every tenant: files kept with drafts that nobody has brought back."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            clear()
