"""Reads of exports: whose they are, what waits for a worker, what is over."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from partnerhub.actors import Seat
from partnerhub.exports.models import ExportJob
from partnerhub.exports.states import Status
from partnerhub.roles import OWN_VIEW
from partnerhub.web.visibility import NOTHING, Is, Rule


def seen_by(by: Seat) -> Rule:
    """One's own: a file has what its owner sees."""
    return Is("membership_id", by.pk) if by.can(OWN_VIEW) else NOTHING


def may_download(job: ExportJob, by: Seat) -> bool:
    """Whether the file has nothing that this member may not see as a whole any more: a role was taken away since."""
    found = job.list_class
    return found is not None and by.can(found.permission) and {*job.roles} <= {*by.roles}


def due_exports(at: datetime, most: int) -> Iterator[tuple[UUID, UUID]]:
    """(tenant, export) of what waits for a worker or was left by one, in turn of the tenants. Across tenants."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, id FROM due_exports(%s, %s)", [at, most])
        rows = cursor.fetchall()
    return ((UUID(str(tenant)), UUID(str(job))) for tenant, job in rows)


def exports_over(at: datetime) -> QuerySet[ExportJob]:
    """Those whose file is to be deleted: expired, or left by a worker that was stopped or gave up."""
    left = Q(status__in=[Status.FAILED, Status.STOPPED], due_at__lt=at)
    rows: QuerySet[ExportJob] = ExportJob.objects.filter(
        left | Q(status=Status.READY, expires_at__lte=at), has_file=True
    )
    return rows.order_by("created_at")
