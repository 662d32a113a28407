"""What messages, files and notes bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.selectors import lead_for
from partnerhub.notes.models import Attachment, Note, SharedMessage
from partnerhub.notes.services import edit_message, edit_note, post_message, write_note
from tests.brought import Sent, each, rows
from tests.stack import SELLER

ADDRESSES = rows(
    """
    GET files/<uuid:attachment_id>/ RUCSFP file hidden
    GET,POST files/<uuid:attachment_id>/delete/ R file hidden
    GET api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    GET api/v1/files/<uuid:attachment_id>/content/ RUCSFP file hidden
    DELETE api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    GET mentions/<uuid:record_id>/ RUCSFP lead hidden
    POST notes/preview/ ARUBCSFP
    GET notes/<uuid:written_id>/ RU note hidden
    GET,POST notes/<uuid:written_id>/edit/ R note hidden
    GET,POST notes/<uuid:written_id>/delete/ R note hidden
    GET api/v1/notes/<uuid:written_id>/ RU note hidden
    PATCH api/v1/notes/<uuid:written_id>/ RU note hidden
    DELETE api/v1/notes/<uuid:written_id>/ RU note hidden
    GET api/v1/notes/<uuid:written_id>/history/ RU note hidden
    GET messages/<uuid:written_id>/ RUCSFP said hidden
    GET,POST messages/<uuid:written_id>/edit/ R said hidden
    GET,POST messages/<uuid:written_id>/delete/ R said hidden
    GET api/v1/messages/<uuid:written_id>/ RUCSFP said hidden
    PATCH api/v1/messages/<uuid:written_id>/ RUCSFP said hidden
    DELETE api/v1/messages/<uuid:written_id>/ RUCSFP said hidden
    GET api/v1/messages/<uuid:written_id>/history/ RUCSFP said hidden
    """
)

PAGES = {
    "files/<uuid:attachment_id>/delete/": each("files/{file}/delete/", SELLER),
    "messages/<uuid:written_id>/": each("messages/{said}/", SELLER),
    "messages/<uuid:written_id>/edit/": each("messages/{said}/edit/", SELLER),
    "messages/<uuid:written_id>/delete/": each("messages/{said}/delete/", SELLER),
    "notes/<uuid:written_id>/": each("notes/{note}/", SELLER),
    "notes/<uuid:written_id>/edit/": each("notes/{note}/edit/", SELLER),
    "notes/<uuid:written_id>/delete/": each("notes/{note}/delete/", SELLER),
}

NO_PAGE = {
    "files/<uuid:attachment_id>/": "a file",
    "mentions/<uuid:record_id>/": "JSON for a script",
}


def written(house: Any) -> dict[str, Sent]:
    return {
        "DELETE api/v1/files/<uuid:attachment_id>/": Sent("R"),
        "PATCH api/v1/messages/<uuid:written_id>/": Sent("R", {"body": "In other words."}),
        "DELETE api/v1/messages/<uuid:written_id>/": Sent("R"),
        "PATCH api/v1/notes/<uuid:written_id>/": Sent("R", {"body": "In other words."}),
        "DELETE api/v1/notes/<uuid:written_id>/": Sent("R"),
    }


RECORDS = {"file": Attachment, "said": SharedMessage, "note": Note}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """Messages and files on the leads of the house, and a note on each that its partner keeps."""
    leads, whose = house.records["lead"], ("own", "colleague", "rival")
    by = {"own": house.cast.seller, "colleague": house.cast.seller, "rival": house.cast.rival}
    return {
        "file": {name: house.first(Attachment, subject_id=leads[name]) for name in whose},
        "said": {name: _message(house, by[name], leads[name]) for name in whose},
        "note": {name: _note(house, by[name], leads[name]) for name in whose},
    }


def _message(house: Any, by: Any, lead_id: Any) -> Any:
    """A message that was edited once."""
    with house.acting(by):
        message = post_message(lead_for(by, lead_id), by=by, body="When do you call?")
        return edit_message(message.pk, by=by, body="When do you call them?").pk


def _note(house: Any, by: Any, lead_id: Any) -> Any:
    """A note that was edited once."""
    with house.acting(by):
        note = write_note(lead_for(by, lead_id), by=by, body="They take their time.")
        return edit_note(note.pk, by=by, body="They take their time until May.").pk


ROADS = {
    "notes.SharedMessage": (
        "POST leads/<uuid:lead_id>/messages/",
        "POST api/v1/leads/<uuid:lead_id>/messages/",
    ),
    "notes.Attachment": ("POST leads/<uuid:lead_id>/messages/", "POST api/v1/leads/<uuid:lead_id>/attachments/"),
    "notes.FormerMessage": (
        "POST messages/<uuid:written_id>/edit/",
        "PATCH api/v1/messages/<uuid:written_id>/",
    ),
    "notes.Note": ("POST leads/<uuid:lead_id>/notes/", "POST api/v1/leads/<uuid:lead_id>/notes/"),
    "notes.FormerNote": ("POST notes/<uuid:written_id>/edit/", "PATCH api/v1/notes/<uuid:written_id>/"),
}

NEWEST = {"file": ("notes_attachment", ""), "note": ("notes_note", ""), "said": ("notes_sharedmessage", "")}
