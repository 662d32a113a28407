"""What both sides say to each other about a record, the files they share, and the notes that each keeps for itself."""

from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Membership
from partnerhub.events.models import who_words
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel


class Mention(TypedDict):
    """Somebody mentioned in words: the name as it was typed after the @, and whom it means (several where all have the
    name and nobody chose among them), by the ids of their seats.
    """

    name: str
    ids: list[str]


def people_meant(mentions: Sequence[Mention]) -> list[UUID]:
    """Whom the mentions mean, each once, in the order of the words."""
    return [UUID(key) for key in dict.fromkeys(key for one in mentions for key in one["ids"])]


class SharedMessage(TenantModel):
    """A message on a record, read by both sides (D9). A deleted one leaves this row behind, without a word.

    `once` is the form's own number: sent twice, it is one message. `files` is filled in by the selectors. Where a token
    wrote it, its name and maker stand beside the author. `mentions` in the order in which they stand in the words.
    """

    files: "list[Attachment]"

    partner = TenantForeignKey(Partner)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    author = TenantForeignKey(Membership)
    author_side = models.CharField(max_length=10)
    token_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    token_maker = models.CharField(max_length=200, blank=True, default="", db_default="")
    body = models.TextField(blank=True)
    mentions = models.JSONField(default=list, db_default=[])
    version = models.PositiveIntegerField(default=1, db_default=1)
    once = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = TenantForeignKey(Membership, null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "author", "once"], name="message_once")]
        indexes = [models.Index(fields=["tenant", "subject_id", "id"], name="message_subject")]

    def __str__(self) -> str:
        return self.body[:80]

    @property
    def who(self) -> str:
        """Who wrote it, as people read it."""
        return who_words(self.author.name, self.token_name, self.token_maker)

    @property
    def mentioned(self) -> list[UUID]:
        """Whom it mentions, by the ids of their seats."""
        return people_meant(self.mentions)


class FormerMessage(TenantModel):
    """What a message said in a version before: both sides read it. Gone when the message is deleted."""

    partner = TenantForeignKey(Partner)
    message = TenantForeignKey(SharedMessage)
    version = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    author = TenantForeignKey(Membership)
    written_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "message", "version"], name="former_message_version")]

    def __str__(self) -> str:
        return str(self.pk)


class FileState(models.TextChoices):
    """Only a stored file can be downloaded. What the scanner finds infected afterwards is deleted, and says so."""

    STORED = "stored", _("Stored")
    QUARANTINED = "quarantined", _("Held back")
    INFECTED = "infected", _("Infected")


PICTURES = ("image/png", "image/jpeg", "image/webp")
LARGEST_PICTURE = 2 * 1024 * 1024
"""A picture that has more bytes is not shown beside its name: whoever opens the page would load all of it."""


class Attachment(TenantModel):
    """A file on a record, alone or with a message. Its bytes are in the file storage under `key`, a name of ours.

    A deleted file leaves this row behind, for both sides to see who deleted it and when; its bytes are gone (D10).
    `is_private`: kept with a record that its partner has not sent yet; the vendor side sees nothing of it.
    """

    partner = TenantForeignKey(Partner)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    message = TenantForeignKey(SharedMessage, null=True)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=FileState.choices, default=FileState.STORED)
    uploaded_by = TenantForeignKey(Membership)
    uploaded_side = models.CharField(max_length=10)
    is_private = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=now)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = TenantForeignKey(Membership, null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "subject_id", "id"], name="attachment_subject"),
            models.Index(fields=["tenant", "size"], condition=models.Q(deleted_at=None), name="attachment_bytes"),
            models.Index(
                fields=["tenant", "id"],
                condition=models.Q(deleted_at=None, state=FileState.QUARANTINED),
                name="attachment_quarantined",
            ),
            models.Index(
                fields=["tenant", "subject_type", "subject_id"],
                condition=models.Q(is_private=True),
                name="attachment_private",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_available(self) -> bool:
        """Whether it can be downloaded: neither deleted nor held back."""
        return self.deleted_at is None and self.state == FileState.STORED

    @property
    def is_shown(self) -> bool:
        """Whether it is a picture that pages show. Each was painted anew when it came in: nothing else is in it."""
        return self.is_available and self.content_type in PICTURES and self.size <= LARGEST_PICTURE


class Note(TenantModel):
    """A note on a record, private to a side: the vendor's, or that of one partner (`partner`). Nobody else reads it.

    `once` is the form's own number: sent twice, it is one note. A deleted note leaves this row behind, without a word.
    """

    side = models.CharField(max_length=10)
    partner = TenantForeignKey(Partner, null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    author = TenantForeignKey(Membership)
    token_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    token_maker = models.CharField(max_length=200, blank=True, default="", db_default="")
    body = models.TextField(blank=True)
    mentions = models.JSONField(default=list, db_default=[])
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = TenantForeignKey(Membership, null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "author", "once"], name="note_once")]
        indexes = [
            models.Index(
                fields=["tenant", "subject_id", "id"], condition=models.Q(deleted_at=None), name="note_subject"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never a word of it: what names a row goes into events and logs

    @property
    def who(self) -> str:
        """Who wrote it, as people read it."""
        return who_words(self.author.name, self.token_name, self.token_maker)

    @property
    def mentioned(self) -> list[UUID]:
        """Whom it mentions, by the ids of their seats."""
        return people_meant(self.mentions)


class FormerNote(TenantModel):
    """What a note said in a version before: for whoever reads the note. Gone when the note is deleted."""

    side = models.CharField(max_length=10)
    partner = TenantForeignKey(Partner, null=True)
    note = TenantForeignKey(Note)
    version = models.PositiveIntegerField()
    body = models.TextField()
    author = TenantForeignKey(Membership)
    written_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "note", "version"], name="former_note_version")]

    def __str__(self) -> str:
        return str(self.pk)
