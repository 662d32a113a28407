"""What a person does with an export: ask, ask again, stop, download."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.bulk.services.waking import wake_after_commit
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.exports.models import ExportJob, ExportPart
from partnerhub.exports.services.records import EXPORTS
from partnerhub.exports.states import Status
from partnerhub.tenancy.locks import count_alone
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.filing import asked_for_good, file_name_of

EXPORTS_UNDER_WAY = 3
MOST_FILES = 20
"""So many files of one member are kept at once."""


@transaction.atomic
def ask_export(listing: ListOf, *, format: str, by: Membership) -> ExportJob:
    """Let the worker write what the list shows over its pages. Raises NotPermitted, Refused."""
    if not by.can(listing.permission):
        raise NotPermitted(listing.permission)
    _check_room(by)
    tenant, key = current_tenant(), new_id()
    job = ExportJob(
        id=key,
        partner_id=by.partner_id,
        membership=by,
        person_id=by.user_id,
        token_id=by.token.id if by.token else None,
        list_name=listing.name,
        format=format,
        file_name=file_name_of(listing, format, tenant),
        parameters=asked_for_good(listing),
        language=get_language() or "en",
        zone=timezone.get_current_timezone_name(),
        key=f"{tenant.pk}/exportjob/{key}",
    )
    job.save(force_insert=True)
    record("exportjob.asked", job, actor=by, after={"status": job.status}, data=EXPORTS.event_data(job))
    wake_after_commit("exports.carry_on")
    return job


@EXPORTS.verb("again")
@transaction.atomic
def ask_again(job_id: UUID, *, by: Membership, seen: int | None = None) -> ExportJob:
    """Write it as the list is now. Raises Refused, Stale, NotPermitted."""
    held = EXPORTS.locked(job_id, by=by, seen=seen)
    EXPORTS.machine.check("again", held, by)
    found = held.list_class
    if found is not None and not by.can(found.permission):
        raise NotPermitted(found.permission)
    _check_room(by, held)
    ExportPart.objects.filter(job=held).delete()
    begun = {"total": None, "done": 0, "length": 0, "size": 0, "expires_at": None, "has_file": True}
    now = {"language": get_language() or "en", "zone": timezone.get_current_timezone_name()}
    turn = {"reason": "", "claim": None, "tries": 0, "due_at": timezone.now()}
    job = EXPORTS.take("again", held, by=by, changes=begun | now | turn)
    wake_after_commit("exports.carry_on")
    return job


@EXPORTS.verb("stop")
@transaction.atomic
def stop_export(job_id: UUID, *, by: Membership, seen: int | None = None) -> ExportJob:
    """Leave it unwritten. What is being written at this moment is written first."""
    held = EXPORTS.locked(job_id, by=by, seen=seen)
    job = EXPORTS.take("stop", held, by=by, changes={"claim": None})
    ExportPart.objects.filter(job=job).delete()
    return job


@transaction.atomic
def note_download(job: ExportJob, *, by: Actor) -> None:
    """Write down who has fetched the file."""
    record("exportjob.downloaded", job, actor=by, data=EXPORTS.event_data(job))


def _check_room(by: Membership, again: ExportJob | None = None) -> None:
    """Raise Refused where the member has as much under way, or kept, as there may be."""
    count_alone(f"exports {by.pk}")
    own = ExportJob.objects.filter(membership=by)
    own = own.exclude(pk=again.pk) if again else own
    if own.filter(status=Status.WRITING).count() >= EXPORTS_UNDER_WAY:
        text = _("Three of your exports are being written already. Wait until one of them is ready.")
        raise Refused(Reason("busy", text))
    if own.filter(has_file=True).count() >= MOST_FILES:
        text = _("%(most)s files of yours are kept already. Wait until one of them has expired.")
        raise Refused(Reason("files", text % {"most": MOST_FILES}))
