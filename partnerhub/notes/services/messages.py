"""Verbs on a message that is shared already: put it in other words, delete it for both sides."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Event
from partnerhub.events.selectors import UNSAID
from partnerhub.events.services import record
from partnerhub.notes.mentions import mentions_in, newly_mentioned
from partnerhub.notes.models import Attachment, FormerMessage, SharedMessage
from partnerhub.notes.selectors import MESSAGE_ID, can_delete_message, can_edit, messages_for
from partnerhub.notes.services.sharing import check_may_comment, event_of_files
from partnerhub.notes.services.words import clean_words
from partnerhub.notes.subjects import find_record
from partnerhub.notes.uploads.storage import remove_after_commit
from partnerhub.records.editing import take_over
from partnerhub.web.seen import check_seen

BODY_IN_EVENT = 2000
"""So much of a message a former release kept in its event."""


@transaction.atomic
def edit_message(
    message_id: UUID, *, by: Membership, body: str, seen: int | None = None, mentions: Iterable[UUID] = ()
) -> SharedMessage:
    """Put a message in other words, by its author; both sides read the new and the former ones.

    The event is `note.shared_edited`; it tells those who are mentioned anew (`mentions` as in `post_message`).
    `seen` is the version that the author read. Raises Refused with every missing condition, Stale where it is another
    version by now, SharedMessage.DoesNotExist.
    """
    message, subject = _locked(message_id, by)
    check_may_comment(subject, by)
    if not can_edit(message, by):
        raise Refused(Reason("not-yours", _("Only the one who wrote a message can edit it.")))
    has_files = Attachment.objects.filter(message=message, deleted_at=None).exists()
    text = clean_words(body, missing="" if has_files else _("Write a message or attach a file."))
    check_seen(message, seen, {"body": text})
    mentioned = mentions_in(text, subject, by=by, chosen=mentions, before=message.mentions)
    if (text, mentioned) == (message.body, message.mentions):
        return message
    news = newly_mentioned(mentioned, by, message.mentions)
    FormerMessage.objects.create(
        partner_id=message.partner_id,
        message=message,
        version=message.version,
        body=message.body,
        author=by,
        written_at=message.edited_at or message.created_at,
    )
    take_over(message, {"body": text, "mentions": mentioned, "edited_at": now()})
    told = event_of_files(subject, by, []) | {MESSAGE_ID: str(message.pk)} | news
    record("note.shared_edited", subject, actor=by, data=told)
    return message


@transaction.atomic
def delete_message(message_id: UUID, *, by: Membership, seen: int | None = None) -> None:
    """Delete a message for both sides, with its files and its former words; the timeline says so.

    By its author, or an administrator of the same side; the event is `note.shared_deleted`. Raises Refused, Stale,
    SharedMessage.DoesNotExist.
    """
    message, subject = _locked(message_id, by)
    if not can_delete_message(message, by):
        text = _("Only the one who wrote a message, or an administrator of the same side, can delete it.")
        raise Refused(Reason("not-yours", text))
    check_seen(message, seen, {})
    files = list(Attachment.objects.filter(message=message, deleted_at=None).select_for_update())
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(deleted_at=now(), deleted_by=by)
    for file in files:
        remove_after_commit(file.key)
    unsaid = _told_in_words(message)
    FormerMessage.objects.filter(message=message).delete()
    take_over(message, {"body": "", "mentions": [], "deleted_at": now(), "deleted_by": by})
    author = message.author.name if message.author_id != by.pk else ""
    said = {MESSAGE_ID: str(message.pk), UNSAID: unsaid, "message_author": author}
    record("note.shared_deleted", subject, actor=by, data=event_of_files(subject, by, files) | said)


def _told_in_words(message: SharedMessage) -> list[str]:
    """The events that have its words: those of a former release. Nobody may read them there any more."""
    said = {message.body, *FormerMessage.objects.filter(message=message).values_list("body", flat=True)} - {""}
    kept = said | {words[:BODY_IN_EVENT] for words in said}
    told = Event.objects.filter(subject_id=message.subject_id, actor_id=message.author_id)
    rows = told.filter(Q(data__body__in=kept) | Q(data__answer__in=kept))
    return [str(key) for key in rows.values_list("pk", flat=True)]


def _locked(message_id: UUID, by: Membership) -> tuple[SharedMessage, Model]:
    """A message, locked, and the record that it is on. Raises SharedMessage.DoesNotExist where `by` may not see it."""
    message = messages_for(by).select_for_update(of=("self",), no_key=True).get(pk=message_id)
    subject = find_record(message.subject_type, message.subject_id, by)
    if subject is None:
        raise SharedMessage.DoesNotExist
    return message, subject
