"""A file comes in: its rows are kept in parts, and nothing is written of them yet."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.forms import Form
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.bulk.services.doing import checked_form, form_answers
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.imports.importers import Importer
from partnerhub.imports.models import FileRow, ImportJob, ImportPart
from partnerhub.imports.reading import read_file
from partnerhub.imports.selectors import guessed, last_with, mapped_by, saved_with
from partnerhub.imports.services.records import IMPORTS
from partnerhub.imports.services.telling import told_by
from partnerhub.imports.states import Status

ROWS_IN_PART = 200
PARTS_AT_ONCE = 10
MOST_WAITING_FILES = 20
"""So many files of one member wait to be imported."""


@transaction.atomic
def upload_import(importer: Importer, *, file: object, chosen: Form, by: Membership) -> ImportJob:
    """Keep the rows of a file. `chosen` is the importer's form, as it was sent.

    The columns are mapped as it is saved for these headings, or as a file with the same ones was mapped before, or else
    by their headings. Raises NotPermitted;
    Refused where the form or the file is not right: nothing is kept then.
    """
    if by.side != importer.side or not by.can(importer.permission):
        raise NotPermitted(importer.permission)
    checked_form(chosen)
    _check_room(by)
    read = read_file(file)
    job = ImportJob(
        partner_id=by.partner_id,
        membership=by,
        person_id=by.user_id,
        token_id=by.token.id if by.token else None,
        importer=importer.name,
        file_name=read.name,
        file_digest=read.digest,
        separator=read.separator,
        headings=read.headings,
        chosen=form_answers(chosen),
        language=get_language() or "en",
    )
    _map_by_headings(job, importer, by)
    job.save(force_insert=True)
    job.total = sum(_keep_parts(job, read.rows))
    job.save(update_fields=["total"])
    record(
        "importjob.uploaded",
        job,
        actor=by,
        after={"status": job.status},
        data=IMPORTS.event_data(job),
    )
    return job


def _check_room(by: Membership) -> None:
    waiting = [Status.UPLOADED, Status.CHECKED]
    if ImportJob.objects.filter(membership=by, status__in=waiting, has_rows=True).count() >= MOST_WAITING_FILES:
        text = _("%(most)s files of yours wait to be imported. Import some of them, or wait a day.")
        raise Refused(Reason("waiting", text % {"most": MOST_WAITING_FILES}, field="file"))


def _map_by_headings(job: ImportJob, importer: Importer, by: Membership) -> None:
    fields = importer.fields(told_by(importer, job, with_same=False))
    saved, before = saved_with(job.headings, job.importer, by), last_with(job.headings, job.importer, by)
    names = {field.name for field in fields}
    if before is not None:
        job.same = before.same
    mapping = mapped_by(saved, job.headings) if saved else before.mapping if before else None
    if mapping is None:
        job.mapping = guessed(job.headings, fields)
    else:
        job.mapping = {at: name for at, name in mapping.items() if name in names}


def _keep_parts(job: ImportJob, rows: Iterable[FileRow]) -> Iterator[int]:
    """Write the rows some parts at a time; how many each time. No more than that is held at once."""
    left, number = iter(rows), 0
    while parts := [part for part in (list(islice(left, ROWS_IN_PART)) for _at in range(PARTS_AT_ONCE)) if part]:
        ImportPart.objects.bulk_create(
            ImportPart(job=job, partner_id=job.partner_id, person_id=job.person_id, number=number + at, rows=part)
            for at, part in enumerate(parts)
        )
        number += len(parts)
        yield sum(map(len, parts))
