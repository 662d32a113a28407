"""What is over: the rows of files after a month, and files that nobody imported after a day."""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now

from partnerhub.imports.models import ImportJob, ImportPart
from partnerhub.imports.states import IMPORT_AT_WORK, Status

ROWS_KEPT_FOR = timedelta(days=30)
UNIMPORTED = timedelta(days=1)
NOT_IMPORTED = (Status.UPLOADED, Status.CHECKED)
JOBS_SWEPT = 20
"""So many files in a transaction."""


def sweep_imports() -> int:
    """Forget what is in files that are over, in the named tenant; of how many. The history keeps the counts."""
    moment = now()
    old = Q(status_changed_at__lt=moment - ROWS_KEPT_FOR) & ~Q(status__in=IMPORT_AT_WORK)
    unused = Q(status_changed_at__lt=moment - UNIMPORTED, status__in=NOT_IMPORTED)
    jobs = ImportJob.objects.filter(old | unused, has_rows=True).order_by("created_at")
    keys = list(jobs.values_list("pk", flat=True)[:JOBS_SWEPT])
    ImportPart.objects.filter(job__in=keys).delete()
    ImportJob.objects.filter(pk__in=keys).update(has_rows=False)
    return len(keys)
