"""Files that are held back are looked at again until the scanner answers."""

from celery import shared_task

from partnerhub.notes.services import scan_again
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="notes.scan_held_back")
def scan_held_back() -> None:
    """For every tenant: files that came in while the scanner did not answer."""
    for tenant in all_tenants():
        with tenant_scope(tenant):
            scan_again()
