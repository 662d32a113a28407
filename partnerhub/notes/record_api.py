"""Messages, notes and files on a kind of record over the API: the same addresses below any of them."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar
from uuid import UUID

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.notes.api import ABOUT_THEM, SharedOnRecord
from partnerhub.notes.serializers import (
    FilesBody,
    FilesSerializer,
    MessageBody,
    MessageSerializer,
    MessagesSerializer,
    NoteBody,
    NoteSerializer,
    NotesSerializer,
)
from partnerhub.notes.services import post_message
from partnerhub.web.schema import ETAG, LOCATION

TalkAction = Callable[..., Response]
TalkT = TypeVar("TalkT", bound="type[TalkAPI]")


class TalkAPI(SharedOnRecord):
    """What is written on the record that `get_object()` finds; `described_as` says of which kind it is."""

    def list_messages(self, request: Request, **ids: UUID) -> Response:
        """The shared messages, oldest first, each with its files. Both sides read them."""
        return self.messages()

    def create_message(self, request: Request, **ids: UUID) -> Response:
        """The other side is told, and answers here. Files come along in a form."""
        return self.message_json(
            post_message(self.get_object(), by=self.membership, **MessageBody.read(self.request.data))
        )

    def list_notes(self, request: Request, **ids: UUID) -> Response:
        """The notes of the own side, oldest first. The other side reads none of them, nor that there are any."""
        return self.notes()

    def create_note(self, request: Request, **ids: UUID) -> Response:
        """Only the own side reads it: the vendor's people, or those of the own partner."""
        return self.new_note()

    def list_files(self, request: Request, **ids: UUID) -> Response:
        """The files on the record itself; those of messages are with their messages."""
        return self.files()

    def create_files(self, request: Request, **ids: UUID) -> Response:
        """Both sides see them. All come in, or none."""
        return self.attach_files()


def talk_permissions(see: str, write: str) -> dict[str, str]:
    """The permissions of the addresses: action → the word for it."""
    kinds = (("list_messages", "create_message"), ("list_notes", "create_note"), ("list_files", "create_files"))
    return {name: word for pair in kinds for name, word in zip(pair, (see, write), strict=True)}


def described_as(plural: str, one: str) -> Callable[[TalkT], TalkT]:
    """Let the schema tell of the addresses of a kind of record: `leads`, `a lead`."""
    schemas: Mapping[str, Callable[[TalkAction], TalkAction]] = {
        "list_messages": extend_schema(
            operation_id=f"{plural}_messages_list",
            summary=f"Read {one}'s messages",
            tags=[ABOUT_THEM],
            responses=MessagesSerializer,
        ),
        "create_message": extend_schema(
            operation_id=f"{plural}_messages_create",
            summary=f"Share a message on {one}",
            tags=[ABOUT_THEM],
            request=MessageBody,
            responses={201: MessageSerializer},
        ),
        "list_notes": extend_schema(
            operation_id=f"{plural}_notes_list",
            summary=f"Read your side's notes on {one}",
            tags=[ABOUT_THEM],
            responses=NotesSerializer,
        ),
        "create_note": extend_schema(
            operation_id=f"{plural}_notes_create",
            summary=f"Write a note on {one} for your side",
            tags=[ABOUT_THEM],
            parameters=[LOCATION, ETAG],
            request=NoteBody,
            responses={201: NoteSerializer},
        ),
        "list_files": extend_schema(
            operation_id=f"{plural}_attachments_list",
            summary=f"Read {one}'s files",
            tags=[ABOUT_THEM],
            responses=FilesSerializer,
        ),
        "create_files": extend_schema(
            operation_id=f"{plural}_attachments_create",
            summary=f"Attach files to {one}",
            tags=[ABOUT_THEM],
            request={"multipart/form-data": FilesBody},
            responses={201: FilesSerializer},
        ),
    }

    def describe(view: TalkT) -> TalkT:
        for name, schema in schemas.items():
            if not hasattr(getattr(view, name), "kwargs"):  # what the view describes itself
                setattr(view, name, schema(_of_its_own(getattr(view, name))))
        return view

    return describe


def _of_its_own(inherited: TalkAction) -> TalkAction:
    """The same action, so that its description is that of one view."""

    @wraps(inherited)
    def action(self: TalkAPI, request: Request, **ids: UUID) -> Response:
        return inherited(self, request, **ids)

    return action


def talk_api_paths(one: str, view: type[TalkAPI], name: str) -> list[URLPattern]:
    """The addresses below a record's own (`one`)."""
    kinds = (("messages", "messages", "message"), ("notes", "notes", "note"), ("attachments", "files", "files"))
    return [
        path(f"{one}{word}/", view.as_view({"get": f"list_{many}", "post": f"create_{new}"}), name=f"{name}-{word}")
        for word, many, new in kinds
    ]
