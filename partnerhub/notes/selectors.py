"""Reading messages, files and notes. The caller has made sure that the member may see the record they are on."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from partnerhub.accounts.models import Membership, User
from partnerhub.events.models import Event
from partnerhub.events.selectors import UNSAID
from partnerhub.notes.models import Attachment, FileState, FormerMessage, FormerNote, Note, SharedMessage
from partnerhub.partners.models import Partner
from partnerhub.roles import MEMBERS_MANAGE, VENDOR
from partnerhub.web.rows import columns, read
from partnerhub.web.visibility import EVERYTHING, Is, Rule

HELD_BACK_AT_ONCE = 100
MESSAGE_ID = "message_id"
"""In the data of an event: the message that it tells of. No event has the words of one: they go when it is deleted."""
NOTE_ID = "note_id"
"""The same of an event about a note of one side."""
MESSAGE_DELETED = "note.shared_deleted"
ON_RECORD = "tenant_id = %s AND subject_id = %s AND subject_type = %s"
THREAD = f"""
    SELECT {columns(SharedMessage, "said")}, {columns(Membership, "author")}, {columns(User, "person")},
        {columns(Partner, "partner")}, {columns(Attachment, "file")},
        {columns(Note, "note")}, {columns(Membership, "writer")}, {columns(User, "hand")}
    FROM (SELECT * FROM notes_sharedmessage WHERE {ON_RECORD} AND deleted_at IS NULL AND {{said}}) said
    JOIN accounts_membership author ON author.tenant_id = said.tenant_id AND author.id = said.author_id
    JOIN accounts_user person ON person.id = author.user_id
    LEFT JOIN partners_partner partner ON partner.tenant_id = author.tenant_id AND partner.id = author.partner_id
    FULL JOIN (SELECT * FROM notes_attachment WHERE {ON_RECORD} AND {{kept}}) file ON file.message_id = said.id
    FULL JOIN (
        (SELECT * FROM notes_note WHERE {ON_RECORD} AND deleted_at IS NULL AND {{noted}}) note
        JOIN accounts_membership writer ON writer.tenant_id = note.tenant_id AND writer.id = note.author_id
        JOIN accounts_user hand ON hand.id = writer.user_id
    ) ON note.id = file.id
    ORDER BY said.id, file.id, note.id
"""  # noqa: S608 - names of columns, written by the models


def messages_seen_by(membership: Membership) -> Rule:
    """The messages of all partners' records on the vendor side, of the own partner's on a partner's."""
    return EVERYTHING if membership.side == VENDOR else Is("partner_id", membership.partner_id)


def files_seen_by(membership: Membership) -> Rule:
    """The same of files; private ones, those of a draft, are the partner's alone."""
    return Is("is_private", False) if membership.side == VENDOR else Is("partner_id", membership.partner_id)


def notes_seen_by(membership: Membership) -> Rule:
    """The notes of the own side alone: the vendor's, or those of the own partner."""
    side = Is("side", membership.side)
    return side if membership.side == VENDOR else side & Is("partner_id", membership.partner_id)


def attachments_for(membership: Membership) -> QuerySet[Attachment]:
    """Every file that this member may see, given that they see the records."""
    return Attachment.objects.filter(files_seen_by(membership).lookup())


class OnRecord(NamedTuple):
    """What stands on a record, all oldest first. Each message has its `files`; the others are the record's own."""

    messages: list[SharedMessage]
    files: list[Attachment]
    notes: list[Note]


def written_on(subject_type: str, subject_id: UUID, membership: Membership) -> OnRecord:
    """What this member may read on a record. Deleted files too, as such; no deleted notes.

    One statement: a row for each file, with the message that it came with, and one for each note. No note has the id of
    a file: by that join each stands alone.
    """
    asked = [membership.tenant_id, subject_id, subject_type]
    said, saying = messages_seen_by(membership).sql("notes_sharedmessage")
    kept, keeping = files_seen_by(membership).sql("notes_attachment")
    noted, noting = notes_seen_by(membership).sql("notes_note")
    messages: dict[UUID, SharedMessage] = {}
    found = OnRecord([], [], [])
    for message, author, person, partner, file, note, writer, hand in read(
        THREAD.format(said=said, kept=kept, noted=noted),
        [*asked, *saying, *asked, *keeping, *asked, *noting],
        SharedMessage,
        Membership,
        User,
        Partner,
        Attachment,
        Note,
        Membership,
        User,
    ):
        if message and message.pk not in messages:
            message.author, author.user, author.partner = author, person, partner
            message.files = []
            messages[message.pk] = message
        if file and message:
            messages[message.pk].files.append(file)
        elif file and file.message_id is None:
            found.files.append(file)
        if note:
            note.author, writer.user = writer, hand
            found.notes.append(note)
    found.messages.extend(messages.values())
    return found


def messages_of(subject_type: str, subject_id: UUID, membership: Membership) -> list[SharedMessage]:
    """The messages on a record, oldest first, each with its `files` (deleted ones too, as such). One statement."""
    return written_on(subject_type, subject_id, membership).messages


def messages_for(membership: Membership) -> QuerySet[SharedMessage]:
    """Every message that this member may read, given that they see the records; each with its author."""
    rows = SharedMessage.objects.filter(messages_seen_by(membership).lookup(), deleted_at=None)
    return rows.select_related("author__user")


def former_messages(message: SharedMessage, membership: Membership) -> list[FormerMessage]:
    """What a message said before, the latest first. One statement."""
    rows = FormerMessage.objects.filter(messages_seen_by(membership).lookup(), message=message)
    return list(rows.select_related("author__user").order_by("-version"))


def words_told(event: Event, kept_as: str) -> str | None:
    """What somebody wrote with an event: the words of its message, as they are now; None once they are deleted.

    `kept_as` is where the event's data has what no message has, and what the release before kept of messages.
    """
    if told := event.data.get(MESSAGE_ID):
        return SharedMessage.objects.filter(pk=told, deleted_at=None).values_list("body", flat=True).first()
    deleted = Event.objects.filter(subject_id=event.subject_id, kind=MESSAGE_DELETED)
    is_gone = deleted.filter(data__contains={UNSAID: [str(event.pk)]}).exists()
    return None if is_gone else str(event.data.get(kept_as) or "")


def is_note_there(event: Event) -> bool:
    """Whether the note that an event tells of is not deleted."""
    return Note.objects.filter(pk=event.data.get(NOTE_ID), deleted_at=None).exists()


def can_delete_message(message: SharedMessage, membership: Membership) -> bool:
    """Whoever wrote a message may delete it, and an administrator of the same side."""
    is_admin = membership.side == message.author_side and membership.can(MEMBERS_MANAGE)
    return message.author_id == membership.pk or is_admin


def find_sent(subject_id: UUID, *, by: Membership, once: UUID) -> SharedMessage | None:
    """The message that this form of the author's has sent already, if any."""
    return SharedMessage.objects.filter(author=by, once=once, subject_id=subject_id).first()


def attachments_of(subject_type: str, subject_id: UUID, membership: Membership) -> list[Attachment]:
    """The files on a record itself, not those of its messages; deleted ones too, as such. One statement."""
    return list(_files(subject_type, subject_id, membership).filter(message=None))


def find_attachment(attachment_id: UUID, membership: Membership) -> Attachment | None:
    """One file that is not deleted; None alike for a foreign id and for none."""
    rows = attachments_for(membership).filter(pk=attachment_id, deleted_at=None)
    return rows.select_related("uploaded_by__user").first()


def can_delete(attachment: Attachment, membership: Membership) -> bool:
    """Whoever uploaded a file may delete it, and an administrator of the same side."""
    if attachment.deleted_at is not None or attachment.uploaded_side != membership.side:
        return False
    return attachment.uploaded_by_id == membership.pk or membership.can(MEMBERS_MANAGE)


def notes_for(membership: Membership) -> QuerySet[Note]:
    """Every note of the own side, given that the member sees the records; each with its author."""
    rows = Note.objects.filter(notes_seen_by(membership).lookup(), deleted_at=None)
    return rows.select_related("author__user")


def former_notes(note: Note, membership: Membership) -> list[FormerNote]:
    """What a note said before, the latest first. One statement."""
    rows = FormerNote.objects.filter(notes_seen_by(membership).lookup(), note=note)
    return list(rows.select_related("author__user").order_by("-version"))


def can_edit(written: Note | SharedMessage, membership: Membership) -> bool:
    """Whoever wrote a note or a message may put it in other words."""
    return written.author_id == membership.pk


def can_delete_note(note: Note, membership: Membership) -> bool:
    """Whoever wrote a note may delete it, and an administrator of its side, who alone sees it."""
    return note.author_id == membership.pk or membership.can(MEMBERS_MANAGE)


def held_back() -> list[UUID]:
    """Files of the named tenant that no scanner has answered for, those that wait longest first; some at a time."""
    rows = Attachment.objects.filter(state=FileState.QUARANTINED, deleted_at=None)
    return list(rows.order_by("id").values_list("pk", flat=True)[:HELD_BACK_AT_ONCE])


def private_subjects(subject_type: str) -> set[UUID]:
    """The records of this kind, in the named tenant, with which private files are kept."""
    rows = Attachment.objects.filter(subject_type=subject_type, is_private=True)
    return set(rows.values_list("subject_id", flat=True).distinct())


def room_used(subject_id: UUID) -> tuple[int, int]:
    """How many files the record has, and how many bytes the whole tenant stores; past the wall, as numbers only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT on_subject, in_tenant FROM attachment_room(%s)", [subject_id])
        on_subject, in_tenant = cursor.fetchone()
    return int(on_subject), int(in_tenant)


def _files(subject_type: str, subject_id: UUID, membership: Membership) -> QuerySet[Attachment]:
    rows = attachments_for(membership).filter(subject_type=subject_type, subject_id=subject_id)
    return rows.select_related("uploaded_by__user").order_by("id")
