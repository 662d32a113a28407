"""Verbs on notes, which are private to a side: write, edit, delete. No event of them has a word of the text."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.errors import AlreadySent, Reason, Refused
from partnerhub.events.services import Changed, record_each
from partnerhub.notes.mentions import mentions_in, newly_mentioned
from partnerhub.notes.models import FormerNote, Note
from partnerhub.notes.selectors import NOTE_ID, can_delete_note, can_edit, notes_seen_by
from partnerhub.notes.services.words import clean_words
from partnerhub.notes.subjects import find_record, reasons_to_note, subject_of, type_of
from partnerhub.records.editing import take_over
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.seen import check_seen

MOST_NOTES = 500
"""So many notes one side keeps on a record: all of them are read at once."""


@transaction.atomic
def write_note(
    subject: Model, *, by: Membership, body: str, once: UUID | None = None, mentions: Iterable[UUID] = ()
) -> Note:
    """Write a note on a record, for the own side alone; its side hears of it by the event `note.written`.

    `once` is the form's number: the same again returns the note that is there; other words raise AlreadySent.
    `mentions` says whom `@` and a name mean where several are called so. Raises Refused with every missing condition;
    nothing is written then.
    """
    _check_may_note(subject, by)
    text = _clean(body)
    note = Note(
        side=by.side,
        partner_id=by.partner_id,
        subject_type=type_of(subject),
        subject_id=subject.pk,
        author=by,
        token_name=by.token.name if by.token else "",
        token_maker=by.token.maker_name if by.token else "",
        body=text,
        mentions=mentions_in(text, subject, by=by, is_private=True, chosen=mentions),
        once=once,
    )
    count_alone(f"notes of {subject.pk}")
    there = Note.objects.filter(notes_seen_by(by).lookup(), subject_id=subject.pk, deleted_at=None)
    if there.count() >= MOST_NOTES:
        raise Refused(Reason("too-many-notes", _("At most 500 notes can be kept here. Delete some of them first.")))
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        sent = Note.objects.filter(author=by, once=once, subject_id=subject.pk).first() if once else None
        if sent is None:
            raise
        if sent.body != note.body:
            raise AlreadySent(sent, {"body": (note.body, sent.body)}) from None
        return sent
    _tell("note.written", subject, note, by, newly_mentioned(note.mentions, by))
    return note


@transaction.atomic
def edit_note(
    note_id: UUID, *, by: Membership, body: str, seen: int | None = None, mentions: Iterable[UUID] = ()
) -> Note:
    """Put a note in other words; the former ones are kept, for the own side to read. By its author alone.

    `seen` is the version that the author read. Raises Refused, Stale where it is another one by now, Note.DoesNotExist.
    """
    note, subject = _locked(note_id, by)
    _check_may_note(subject, by)
    if not can_edit(note, by):
        raise Refused(Reason("not-yours", _("Only the one who wrote a note can edit it.")))
    text = _clean(body)
    check_seen(note, seen, {"body": text})
    mentioned = mentions_in(text, subject, by=by, is_private=True, chosen=mentions, before=note.mentions)
    if (text, mentioned) == (note.body, note.mentions):
        return note
    news = newly_mentioned(mentioned, by, note.mentions)
    FormerNote.objects.create(
        side=note.side,
        partner_id=note.partner_id,
        note=note,
        version=note.version,
        body=note.body,
        author=by,
        written_at=note.edited_at or note.created_at,
    )
    take_over(note, {"body": text, "mentions": mentioned, "edited_at": now()})
    _tell("note.edited", subject, note, by, news)
    return note


@transaction.atomic
def delete_note(note_id: UUID, *, by: Membership, seen: int | None = None) -> None:
    """Delete a note with its former words; the timeline of its side says so (`note.deleted`), and that it was there.

    By its author, or an administrator of the same side. Raises Refused, Stale, Note.DoesNotExist.
    """
    note, subject = _locked(note_id, by)
    if not can_delete_note(note, by):
        text = _("Only the one who wrote a note, or an administrator of the same side, can delete it.")
        raise Refused(Reason("not-yours", text))
    check_seen(note, seen, {})
    FormerNote.objects.filter(note=note).delete()
    take_over(note, {"body": "", "mentions": [], "deleted_at": now(), "deleted_by": by})
    _tell("note.deleted", subject, note, by, {})


def _locked(note_id: UUID, by: Membership) -> tuple[Note, Model]:
    """A note of the own side, locked, and the record that it is on. Raises Note.DoesNotExist."""
    rows = Note.objects.filter(notes_seen_by(by).lookup(), pk=note_id, deleted_at=None)
    note = rows.select_related("author__user").select_for_update(of=("self",), no_key=True).get()
    subject = find_record(note.subject_type, note.subject_id, by)
    if subject is None:
        raise Note.DoesNotExist
    return note, subject


def _check_may_note(subject: Model, by: Membership) -> None:
    missing = [reason for reason in reasons_to_note(subject, by) if not reason.ok]
    if missing:
        raise Refused(missing)


def _clean(body: str) -> str:
    return clean_words(body, missing=_("Write a note."))


def _tell(kind: str, subject: Model, note: Note, by: Membership, mentioned: dict[str, Any]) -> None:
    """One event for the note's own side: what the record says of itself, whose note it is, if another one's, and who
    is mentioned anew.
    """
    described: dict[str, Any] = subject_of(type_of(subject)).describe(subject)
    author = note.author.name if note.author_id != by.pk else ""
    data = described | {NOTE_ID: str(note.pk), "note_author": author} | mentioned
    told = Changed(subject, data=data, partner_id=note.partner_id)
    record_each(kind, [told], actor=by, audience=note.side)
