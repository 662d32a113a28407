"""What messages, files and notes bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.selectors import lead_for
from partnerhub.notes.models import Attachment, Note
from partnerhub.notes.services import edit_note, write_note
from tests.brought import Sent, each, rows
from tests.stack import SELLER

ADDRESSES = rows(
    """
    GET files/<uuid:attachment_id>/ RUCSFP file hidden
    GET,POST files/<uuid:attachment_id>/delete/ R file hidden
    GET api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    GET api/v1/files/<uuid:attachment_id>/content/ RUCSFP file hidden
    DELETE api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    POST notes/preview/ ARUBCSFP
    GET notes/<uuid:note_id>/ RU note hidden
    GET,POST notes/<uuid:note_id>/edit/ R note hidden
    GET,POST notes/<uuid:note_id>/delete/ R note hidden
    GET api/v1/notes/<uuid:note_id>/ RU note hidden
    PATCH api/v1/notes/<uuid:note_id>/ RU note hidden
    DELETE api/v1/notes/<uuid:note_id>/ RU note hidden
    GET api/v1/notes/<uuid:note_id>/history/ RU note hidden
    """
)

PAGES = {
    "files/<uuid:attachment_id>/delete/": each("files/{file}/delete/", SELLER),
    "notes/<uuid:note_id>/": each("notes/{note}/", SELLER),
    "notes/<uuid:note_id>/edit/": each("notes/{note}/edit/", SELLER),
    "notes/<uuid:note_id>/delete/": each("notes/{note}/delete/", SELLER),
}

NO_PAGE = {"files/<uuid:attachment_id>/": "a file"}


def written(house: Any) -> dict[str, Sent]:
    return {
        "DELETE api/v1/files/<uuid:attachment_id>/": Sent("R"),
        "PATCH api/v1/notes/<uuid:note_id>/": Sent("R", {"body": "In other words."}),
        "DELETE api/v1/notes/<uuid:note_id>/": Sent("R"),
    }


RECORDS = {"file": Attachment, "note": Note}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """The files on the leads of the house, and a note on each that its partner keeps."""
    leads, whose = house.records["lead"], ("own", "colleague", "rival")
    by = {"own": house.cast.seller, "colleague": house.cast.seller, "rival": house.cast.rival}
    return {
        "file": {name: house.first(Attachment, subject_id=leads[name]) for name in whose},
        "note": {name: _note(house, by[name], leads[name]) for name in whose},
    }


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
    "notes.Note": ("POST leads/<uuid:lead_id>/notes/", "POST api/v1/leads/<uuid:lead_id>/notes/"),
    "notes.FormerNote": ("POST notes/<uuid:note_id>/edit/", "PATCH api/v1/notes/<uuid:note_id>/"),
}

NEWEST = {"file": ("notes_attachment", ""), "note": ("notes_note", "")}
