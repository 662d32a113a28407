"""Verbs: say something about a record, attach files to it, delete a file."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerhub.accounts.models import Membership
from partnerhub.errors import AlreadySent, Reason, Refused
from partnerhub.events.services import record
from partnerhub.notes.mentions import mentions_in, newly_mentioned
from partnerhub.notes.models import Attachment, FileState, SharedMessage
from partnerhub.notes.selectors import MESSAGE_ID, can_delete, room_used
from partnerhub.notes.services.words import clean_words
from partnerhub.notes.subjects import find_record, partner_of, reasons_to_comment, subject_of, type_of
from partnerhub.notes.uploads import AcceptedFile, accept
from partnerhub.notes.uploads.refusals import FILES_FIELD
from partnerhub.notes.uploads.scan import ScanVerdict, scan
from partnerhub.notes.uploads.storage import remove_after_commit, store
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.formats import size_text

log = logging.getLogger(__name__)


@transaction.atomic
def post_message(
    subject: Model,
    *,
    by: Membership,
    body: str,
    uploads: Iterable[Any] = (),
    once: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    mentions: Iterable[UUID] = (),
) -> SharedMessage:
    """Share a message, with files, on a record; the other side hears of it by the event `note.shared` (D9-D11).

    `uploads` are uploaded files or files accepted before. `once` is the form's number: posting the same again
    returns the message that is there already and does nothing more; other content raises AlreadySent. `data` is what
    the event says besides. `mentions` says whom `@` and a name mean where several are called so. The message comes back
    with its `files`. Raises Refused with every missing condition or with what is wrong with the first bad file; nothing
    is written or stored then.
    """
    check_may_comment(subject, by)
    accepted = _accepted(uploads)
    text = _clean_body(body, has_files=bool(accepted))
    message = SharedMessage(
        partner_id=partner_of(subject),
        subject_type=type_of(subject),
        subject_id=subject.pk,
        author=by,
        author_side=by.side,
        token_name=by.token.name if by.token else "",
        token_maker=by.token.maker_name if by.token else "",
        body=text,
        mentions=mentions_in(text, subject, by=by, chosen=mentions),
        once=once,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        sent = SharedMessage.objects.filter(author=by, once=once, subject_id=subject.pk).first() if once else None
        if sent is None:
            raise
        check_repetition(sent, body=body, uploads=accepted)
        return sent
    message.files = _attach(subject, accepted, by=by, message=message)
    said = {MESSAGE_ID: str(message.pk), **newly_mentioned(message.mentions, by), **(data or {})}
    record("note.shared", subject, actor=by, data=event_of_files(subject, by, message.files) | said)
    return message


@transaction.atomic
def attach_files(subject: Model, *, by: Membership, uploads: Iterable[Any]) -> list[Attachment]:
    """Attach files to the record itself; the event is `file.attached`.

    Raises Refused: a missing condition, a file that may not come in, too many of them, no room. Nothing is kept then.
    """
    check_may_comment(subject, by)
    files = _attach(subject, _accepted(uploads), by=by)
    if files:
        record("file.attached", subject, actor=by, data=event_of_files(subject, by, files))
    return files


@transaction.atomic
def keep_files(subject: Model, *, by: Membership, uploads: Iterable[Any]) -> list[Attachment]:
    """Keep files with a record that has not been sent yet: the vendor side sees none of them, no event tells of them.

    The caller has made sure that `by` may change the record. Raises Refused: a file that may not come in, too many of
    them, no room. Nothing is kept then.
    """
    return _attach(subject, _accepted(uploads), by=by, is_private=True)


@transaction.atomic
def share_kept_files(subject: Model, *, by: Membership) -> list[Attachment]:
    """The record is sent: both sides see the files that were kept with it, and the event is `file.attached`."""
    files = list(_kept(subject.pk).filter(deleted_at=None).order_by("id"))
    if files:
        _kept(subject.pk).filter(deleted_at=None).update(is_private=False)
        record("file.attached", subject, actor=by, data=event_of_files(subject, by, files))
    return files


@transaction.atomic
def drop_kept_files(subject_id: UUID, *, only: UUID | None = None) -> int:
    """Forget the files that are kept with a record, or one of them; the bytes go after the commit. How many went."""
    rows = _kept(subject_id)
    if only:
        rows = rows.filter(pk=only)
    for key in rows.values_list("key", flat=True):
        remove_after_commit(key)
    return rows.delete()[0]


def _kept(subject_id: UUID) -> QuerySet[Attachment]:
    return Attachment.objects.filter(subject_id=subject_id, is_private=True)


@transaction.atomic
def delete_attachment(attachment: Attachment, *, by: Membership) -> None:
    """Delete a file for both sides; the timeline says so (`file.deleted`), and the bytes go after the commit (D10).

    Deleting it again does nothing. Raises Refused where it is not the member's to delete.
    """
    subject = find_record(attachment.subject_type, attachment.subject_id, by)
    if subject is None:
        raise Attachment.DoesNotExist
    if not can_delete(attachment, by):
        text = _("Only the one who attached a file, or an administrator of the same side, can delete it.")
        raise Refused(Reason("not-yours", text))
    if attachment.is_private:
        drop_kept_files(attachment.subject_id, only=attachment.pk)
        return
    rows = Attachment.objects.filter(pk=attachment.pk, deleted_at=None)
    if rows.update(deleted_at=now(), deleted_by=by):
        record("file.deleted", subject, actor=by, data=event_of_files(subject, by, [attachment]))
        remove_after_commit(attachment.key)


@transaction.atomic
def scan_again(attachment_id: UUID) -> None:
    """Look again at a file held back: a clean one is released, an infected one deleted; else it stays as it is."""
    rows = Attachment.objects.filter(pk=attachment_id, state=FileState.QUARANTINED, deleted_at=None)
    file = rows.select_for_update().first()
    if file is None:
        return
    try:
        with default_storage.open(file.key) as content:
            verdict = scan(content)
    except OSError:
        log.exception("attachment.not_scanned", extra={"attachment": str(file.pk)})
        return
    if verdict is ScanVerdict.CLEAN:
        rows.update(state=FileState.STORED)
    elif verdict is ScanVerdict.INFECTED:
        rows.update(state=FileState.INFECTED, deleted_at=now())
        remove_after_commit(file.key)


def check_repetition(sent: SharedMessage, *, body: str, uploads: Iterable[Any]) -> None:
    """Raise AlreadySent where the form's number was used for another text, or without one of these files."""
    there = list(Attachment.objects.filter(message=sent))
    known = {file.sha256 for file in there}
    text = _clean_body(body, has_files=True)
    difference = {"body": (text, sent.body)} if text != sent.body else {}
    if new := [file.name for file in _accepted(uploads) if file.sha256 not in known]:
        difference["files"] = (", ".join(new), ", ".join(file.name for file in there))
    if difference:
        raise AlreadySent(sent, difference)


def check_may_comment(subject: Model, by: Membership) -> None:
    """Raise Refused with every missing condition of writing on the record."""
    missing = [reason for reason in reasons_to_comment(subject, by) if not reason.ok]
    if missing:
        raise Refused(missing)


def _clean_body(body: str, *, has_files: bool) -> str:
    return clean_words(body, missing="" if has_files else _("Write a message or attach a file."))


def _accepted(uploads: Iterable[Any]) -> list[AcceptedFile]:
    """The files, each looked into; of too many none is."""
    given = list(uploads)
    limit = settings.ATTACHMENT_MAX_COUNT
    if len(given) > limit:
        text = ngettext("Choose at most %(limit)s file.", "Choose at most %(limit)s files.", limit)
        raise Refused(Reason("count", text % {"limit": limit}, field=FILES_FIELD))
    return [accept(upload) for upload in given]


def _attach(
    subject: Model,
    accepted: list[AcceptedFile],
    *,
    by: Membership,
    message: SharedMessage | None = None,
    is_private: bool = False,
) -> list[Attachment]:
    if not accepted:
        return []
    _check_room(subject.pk, accepted)
    rows = [_stored(subject, file, by=by, message=message) for file in accepted]
    for row in rows:
        row.is_private = is_private
    return list(Attachment.objects.bulk_create(rows))


def _check_room(subject_id: UUID, accepted: list[AcceptedFile]) -> None:
    """Raise Refused where the record or the tenant has no room for them."""
    count_alone(f"files of {subject_id}")
    on_subject, in_tenant = room_used(subject_id)
    if on_subject + len(accepted) > settings.ATTACHMENT_MAX_COUNT:
        text = ngettext(
            "At most %(limit)s file can be attached here, and there are %(count)s already.",
            "At most %(limit)s files can be attached here, and there are %(count)s already.",
            settings.ATTACHMENT_MAX_COUNT,
        )
        values = {"limit": settings.ATTACHMENT_MAX_COUNT, "count": on_subject}
        raise Refused(Reason("count", text % values, field=FILES_FIELD))
    if in_tenant + sum(file.size for file in accepted) > settings.ATTACHMENT_TENANT_BYTES:
        text = _("The portal’s file storage of %(limit)s is full.") % {
            "limit": size_text(settings.ATTACHMENT_TENANT_BYTES)
        }
        who = _("An administrator can delete files or get more room.")
        raise Refused(Reason("quota", text, who=who, field=FILES_FIELD))


def _stored(subject: Model, file: AcceptedFile, *, by: Membership, message: SharedMessage | None) -> Attachment:
    return Attachment(
        partner_id=partner_of(subject),
        subject_type=type_of(subject),
        subject_id=subject.pk,
        message=message,
        name=file.name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        key=store(file.content, type_of(subject)),
        state=FileState.QUARANTINED if file.is_held_back else FileState.STORED,
        uploaded_by=by,
        uploaded_side=by.side,
    )


def event_of_files(subject: Model, by: Membership, files: list[Attachment]) -> dict[str, Any]:
    """What the record says of itself, and who did what: readers of the event need not know the record."""
    described = subject_of(type_of(subject)).describe(subject)
    return described | {"author_name": by.name, "author_side": by.side, "files": [file.name for file in files]}
