"""What messages and files bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.notes.models import Attachment
from tests.brought import Sent, each, rows
from tests.stack import SELLER

ADDRESSES = rows(
    """
    GET files/<uuid:attachment_id>/ RUCSFP file hidden
    GET,POST files/<uuid:attachment_id>/delete/ R file hidden
    GET api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    GET api/v1/files/<uuid:attachment_id>/content/ RUCSFP file hidden
    DELETE api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    """
)

PAGES = {
    "files/<uuid:attachment_id>/delete/": each("files/{file}/delete/", SELLER),
}

NO_PAGE = {"files/<uuid:attachment_id>/": "a file"}


def written(house: Any) -> dict[str, Sent]:
    return {"DELETE api/v1/files/<uuid:attachment_id>/": Sent("R")}


RECORDS = {"file": Attachment}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """The files on the leads of the house."""
    whose = ("own", "colleague", "rival")
    return {"file": {name: house.first(Attachment, subject_id=house.records["lead"][name]) for name in whose}}


ROADS = {
    "notes.SharedMessage": (
        "POST leads/<uuid:lead_id>/messages/",
        "POST api/v1/leads/<uuid:lead_id>/messages/",
    ),
    "notes.Attachment": ("POST leads/<uuid:lead_id>/messages/", "POST api/v1/leads/<uuid:lead_id>/attachments/"),
}

NEWEST = {"file": ("notes_attachment", "")}
