"""What a person asks of an import: map and check, import, stop, undo."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import Form
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.bulk.services.asking import UNDER_WAY
from partnerhub.bulk.services.doing import checked_form, form_answers
from partnerhub.bulk.services.waking import wake_after_commit
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.imports.importers import Importer
from partnerhub.imports.models import ImportJob, ImportPart
from partnerhub.imports.selectors import importer_of
from partnerhub.imports.services.records import IMPORTS
from partnerhub.imports.services.telling import told_by
from partnerhub.imports.states import IMPORT, IMPORT_AT_WORK


@IMPORTS.verb("check")
@transaction.atomic
def check_import(
    job_id: UUID, *, by: Membership, mapping: Mapping[str, str], same: Mapping[str, Any], seen: int | None = None
) -> ImportJob:
    """Map the columns, and begin the dry run. `mapping`: number of a column, the first being 0, as text → field; `same`
    is what holds for every row that does not say it, as a form sends it.

    Raises Refused by field, Stale, NotPermitted.
    """
    held, importer = _held(job_id, by=by, seen=seen)
    IMPORT.check("check", held, by)
    told = told_by(importer, held, with_same=False)
    form = importer.same_form(told, same)
    checked_form(form)
    _check_mapping(held, importer, mapping, form)
    ImportPart.objects.filter(job=held).update(verdicts=None, results=None, bad=0)
    changes = {"mapping": dict(mapping), "same": form_answers(form), "checked": 0, "wrong": 0, "failed": 0}
    return _begin("check", held, by=by, **changes, repeated=0)


@IMPORTS.verb("start")
@transaction.atomic
def start_import(job_id: UUID, *, by: Membership, seen: int | None = None) -> ImportJob:
    """Write the rows, by the worker, part by part. Raises Refused, Stale, NotPermitted."""
    held, _importer = _held(job_id, by=by, seen=seen)
    return _begin("start", held, by=by)


@IMPORTS.verb("stop")
@transaction.atomic
def stop_import(job_id: UUID, *, by: Membership, seen: int | None = None) -> ImportJob:
    """Leave the rest as it is. What is being done at this moment is done first."""
    held = IMPORTS.locked(job_id, by=by, seen=seen)
    return IMPORTS.take("stop", held, by=by, changes={"claim": None})


@IMPORTS.verb("undo")
@transaction.atomic
def undo_import(job_id: UUID, *, by: Membership, seen: int | None = None) -> ImportJob:
    """Take back what it made, by the worker, part by part. Raises Refused, Stale, NotPermitted."""
    held, _importer = _held(job_id, by=by, seen=seen)
    return _begin("undo", held, by=by)


def _held(job_id: UUID, *, by: Membership, seen: int | None) -> tuple[ImportJob, Importer]:
    held = IMPORTS.locked(job_id, by=by, seen=seen)
    importer = importer_of(held)
    if not by.can(importer.permission):
        raise NotPermitted(importer.permission)
    return held, importer


def _begin(step: str, held: ImportJob, *, by: Membership, **changes: object) -> ImportJob:
    IMPORT.check(step, held, by)
    at_work = ImportJob.objects.filter(membership=by, status__in=IMPORT_AT_WORK).exclude(pk=held.pk)
    if at_work.count() >= UNDER_WAY:
        text = _("Three of your imports are under way already. Wait until one of them is over.")
        raise Refused(Reason("busy", text))
    begun = {"due_at": now(), "claim": None, "tries": 0, "reason": ""}
    job = IMPORTS.take(step, held, by=by, changes=begun | changes)
    wake_after_commit("imports.carry_on")
    return job


def _check_mapping(job: ImportJob, importer: Importer, mapping: Mapping[str, str], form: Form) -> None:
    """Raise Refused where a column or a field is none, a field is filled twice, or one that every row needs never."""
    fields = {field.name: field for field in importer.fields(told_by(importer, job, with_same=False))}
    columns = {str(at) for at in range(len(job.headings))}
    reasons = [
        Reason("mapping", _("There is no such column or field."), field=f"column-{at}")
        for at, name in mapping.items()
        if at not in columns or name not in fields
    ]
    used = list(mapping.values())
    twice = {name for name in used if name in fields and used.count(name) > 1}
    reasons += [
        Reason("twice", _("Two columns go to “%(field)s”. Choose one.") % {"field": fields[name].label})
        for name in sorted(twice)
    ]
    said = {name for name in form.fields if form.cleaned_data.get(name) not in (None, "", False)}
    reasons += [
        Reason(
            "needed",
            _("No column goes to “%(field)s”. Every row needs it.") % {"field": field.label},
            field=field.name if field.name in form.fields else "",
        )
        for field in fields.values()
        if field.needed and field.name not in {*used, *said}
    ]
    if reasons:
        raise Refused(reasons)
