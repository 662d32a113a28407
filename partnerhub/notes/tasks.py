"""Files that are held back are looked at again until the scanner answers."""

from celery import shared_task
from django.conf import settings

from partnerhub.notes.selectors import held_back
from partnerhub.notes.services import scan_again
from partnerhub.tenancy.scope import all_tenants, tenant_scope


@shared_task(name="notes.scan_held_back")
def scan_held_back() -> None:
    """For every tenant: files that came in while the scanner did not answer. Without a scanner they stay held back."""
    if not settings.VIRUS_SCAN_COMMAND:
        return
    for tenant in all_tenants():
        with tenant_scope(tenant):
            waiting = held_back()
        for attachment_id in waiting:
            with tenant_scope(tenant):
                scan_again(attachment_id)
