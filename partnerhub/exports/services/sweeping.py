"""What is over: files that have expired, and what a worker left of those that were never ready."""

import structlog
from django.core.files.storage import default_storage
from django.utils.timezone import now

from partnerhub.events.services import SYSTEM
from partnerhub.exports.models import ExportJob, ExportPart
from partnerhub.exports.selectors import exports_over
from partnerhub.exports.services.records import EXPORTS
from partnerhub.exports.states import Status
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import all_tenants, tenant_scope

log = structlog.get_logger(__name__)
FILES_SWEPT = 20
"""So many files in a transaction."""


def sweep_exports() -> int:
    """Delete the files that are over in any tenant; how many. The history keeps what was asked for."""
    return sum(_sweep_in(tenant) for tenant in all_tenants())


def _sweep_in(tenant: Tenant) -> int:
    swept = 0
    while True:
        with tenant_scope(tenant):
            jobs = list(exports_over(now()).select_for_update(skip_locked=True)[:FILES_SWEPT])
            gone = sum(_forget(job) for job in jobs)
        swept += gone
        if gone < FILES_SWEPT:
            return swept


def _forget(job: ExportJob) -> bool:
    """Delete the file first: where the transaction is lost then, it is tried once more, and was not offered."""
    try:
        default_storage.delete(job.key)
    except Exception:  # the storage is away: the next sweep tries again
        log.exception("export.not_removed", export=str(job.pk))
        return False
    ExportPart.objects.filter(job=job).delete()
    if job.status == Status.READY:
        EXPORTS.take("expire", job, by=SYSTEM, changes={"has_file": False})
    else:
        ExportJob.objects.filter(pk=job.pk).update(has_file=False)
    return True
