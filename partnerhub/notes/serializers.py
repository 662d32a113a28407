"""Messages, files and notes as JSON."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from partnerhub.errors import Refused
from partnerhub.notes.mentions import MOST_MENTIONS
from partnerhub.notes.models import Attachment, FileState, FormerMessage, FormerNote, Note, SharedMessage
from partnerhub.notes.services import LONGEST_MESSAGE
from partnerhub.notes.uploads import AcceptedFile, accept
from partnerhub.web.bodies import Body, IdList, Text

WHO_WROTE = ["id", "author", "token_name", "token_maker"]


class MentionIds(IdList):
    """Whom mentions mean; in a form the field comes once for each."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=MOST_MENTIONS,
            help_text="Whom `@` and a name in the words mean. Only needed where several are called so.",
        )


class AuthorSerializer(serializers.Serializer[Any]):
    """Who wrote or uploaded, by name and side."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    side = serializers.ChoiceField(choices=["partner", "vendor"])


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file; its bytes are at `/api/v1/files/<id>/content/`."""

    state = serializers.SerializerMethodField()
    uploaded_by = AuthorSerializer()

    class Meta:
        model = Attachment
        fields = ["id", "name", "content_type", "size", "sha256", "state", "uploaded_by", "created_at", "deleted_at"]

    def get_state(self, file: Attachment) -> str:
        """`stored`, `quarantined` (not checked for viruses yet), `infected` (and removed) or `deleted`."""
        is_deleted = file.deleted_at is not None and file.state != FileState.INFECTED
        return "deleted" if is_deleted else str(FileState(file.state).value)


@extend_schema_serializer(component_name="SharedMessage")
class MessageSerializer(serializers.ModelSerializer[SharedMessage]):
    """A shared message with its files."""

    author = AuthorSerializer()
    mentions = serializers.ListField(
        child=serializers.UUIDField(), source="mentioned", help_text="The members whom the words mention."
    )
    files = AttachmentSerializer(many=True)

    class Meta:
        model = SharedMessage
        fields = [*WHO_WROTE, "body", "mentions", "files", "version", "created_at", "edited_at"]


class UploadsField(serializers.ListField):
    """Files, each looked at: the value is a list of AcceptedFile, an error names the file."""

    child = serializers.FileField(allow_empty_file=True, max_length=None)

    def __init__(self, **options: Any) -> None:
        if not options.get("required"):
            options["default"] = list
        super().__init__(max_length=settings.ATTACHMENT_MAX_COUNT, **options)

    def to_internal_value(self, data: Any) -> list[AcceptedFile]:
        accepted, errors = [], []
        if isinstance(data, list) and len(data) > settings.ATTACHMENT_MAX_COUNT:
            self.fail("max_length", max_length=settings.ATTACHMENT_MAX_COUNT)  # before any of them is looked into
        for upload in super().to_internal_value(data):
            try:
                accepted.append(accept(upload))
            except Refused as refusal:
                errors += [str(reason.text) for reason in refusal.reasons]
        if errors:
            raise serializers.ValidationError(errors)
        return accepted


class MessageBody(Body):
    """Words in Markdown, files or both (files: as a form, `multipart/form-data`)."""

    body = Text(max_length=LONGEST_MESSAGE, required=False, allow_blank=True, default="")
    mentions = MentionIds()
    files = UploadsField(source="uploads")


class FilesBody(Body):
    """Files for the record itself, as a form (`multipart/form-data`)."""

    files = UploadsField(source="uploads", required=True, allow_empty=False)


@extend_schema_serializer(component_name="SharedMessages")
class MessagesSerializer(serializers.Serializer[Any]):
    results = MessageSerializer(many=True)


class FilesSerializer(serializers.Serializer[Any]):
    results = AttachmentSerializer(many=True)


@extend_schema_serializer(component_name="FormerMessage")
class FormerMessageSerializer(serializers.ModelSerializer[FormerMessage]):
    """What a message said in a version before, since when."""

    author = AuthorSerializer()

    class Meta:
        model = FormerMessage
        fields = ["version", "body", "author", "written_at"]


@extend_schema_serializer(component_name="FormerMessages")
class FormerMessagesSerializer(serializers.Serializer[Any]):
    results = FormerMessageSerializer(many=True)


class WordsBody(Body):
    """The words of a message, in Markdown; its files stay."""

    body = Text(max_length=LONGEST_MESSAGE, allow_blank=True)
    mentions = MentionIds()


@extend_schema_serializer(component_name="Note")
class NoteSerializer(serializers.ModelSerializer[Note]):
    """A note of the own side. Nobody on the other side reads it, nor that it is there."""

    author = AuthorSerializer()
    mentions = serializers.ListField(
        child=serializers.UUIDField(), source="mentioned", help_text="The members whom the words mention."
    )

    class Meta:
        model = Note
        fields = [*WHO_WROTE, "body", "mentions", "version", "created_at", "edited_at"]


@extend_schema_serializer(component_name="Notes")
class NotesSerializer(serializers.Serializer[Any]):
    results = NoteSerializer(many=True)


@extend_schema_serializer(component_name="FormerNote")
class FormerNoteSerializer(serializers.ModelSerializer[FormerNote]):
    """What a note said in a version before, since when."""

    author = AuthorSerializer()

    class Meta:
        model = FormerNote
        fields = ["version", "body", "author", "written_at"]


@extend_schema_serializer(component_name="FormerNotes")
class FormerNotesSerializer(serializers.Serializer[Any]):
    results = FormerNoteSerializer(many=True)


class NoteBody(Body):
    """The words of a note, in Markdown."""

    body = Text(max_length=LONGEST_MESSAGE)
    mentions = MentionIds()
