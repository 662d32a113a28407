"""Shared messages and files on a lead over the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leads.models import Lead
from partnerhub.accounts.models import Membership
from tests.calls import Call

pytestmark = pytest.mark.django_db

NewLead = Callable[..., Lead]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


def pdf(name: str = "offer.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def test_both_sides_talk_on_the_lead(call: Call, seller: Membership, manager: Membership, new_lead: NewLead) -> None:
    address = f"leads/{new_lead(seller).pk}/messages/"
    asked = call(seller).post(address, {"body": "When do you call?"})
    answered = call(manager).post(address, {"body": "Tomorrow."})
    assert (asked.status_code, answered.status_code) == (201, 201)
    read = call(seller).get(address).json()["results"]
    assert [(one["author"]["side"], one["body"]) for one in read] == [
        ("partner", "When do you call?"),
        ("vendor", "Tomorrow."),
    ]


def test_a_message_brings_files(call: Call, seller: Membership, manager: Membership, new_lead: NewLead) -> None:
    address = f"leads/{new_lead(seller).pk}/messages/"
    sent = call(seller).upload(address, body="Here it is.", files=[pdf(), pdf("plan.pdf")])
    assert sent.status_code == 201, sent.json()
    files = call(manager).get(address).json()["results"][0]["files"]
    assert [file["name"] for file in files] == ["offer.pdf", "plan.pdf"]
    content = call(manager).get(f"files/{files[0]['id']}/content/")
    assert b"".join(content.streaming_content) == PDF


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "body"), ({"body": " "}, "body"), ({"body": 7}, "body"), ({"body": "x", "author": "me"}, "author")],
)
def test_a_message_says_something(
    call: Call, seller: Membership, new_lead: NewLead, body: dict[str, Any], field: str
) -> None:
    answer = call(seller).post(f"leads/{new_lead(seller).pk}/messages/", body)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {field}


def test_a_file_is_attached_read_and_deleted(
    call: Call, seller: Membership, manager: Membership, rival: Membership, new_lead: NewLead
) -> None:
    address = f"leads/{new_lead(seller).pk}/attachments/"
    attached = call(seller).upload(address, files=pdf())
    assert attached.status_code == 201, attached.json()
    file = f"files/{attached.json()['results'][0]['id']}/"
    assert [one["name"] for one in call(manager).get(address).json()["results"]] == ["offer.pdf"]
    assert call(manager).delete(file).status_code == 409
    assert call(rival).get(file).status_code == 404
    assert call(rival).delete(file).status_code == 404
    assert call(seller).delete(file).status_code == 204
    assert call(manager).get(file).status_code == 404
    assert call(manager).get(address).json()["results"][0]["state"] == "deleted"


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html"),
        SimpleUploadedFile("offer.pdf", b"no pdf at all", "application/pdf"),
        SimpleUploadedFile("empty.pdf", b"", "application/pdf"),
    ],
    ids=lambda upload: upload.name,
)
def test_a_bad_file_is_refused(call: Call, seller: Membership, new_lead: NewLead, upload: SimpleUploadedFile) -> None:
    address = f"leads/{new_lead(seller).pk}/attachments/"
    answer = call(seller).upload(address, files=upload)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"files"}
    assert call(seller).get(address).json()["results"] == []


def test_files_come_as_a_form(call: Call, seller: Membership, new_lead: NewLead) -> None:
    address = f"leads/{new_lead(seller).pk}/attachments/"
    assert call(seller).upload(address).status_code == 422
    assert call(seller).post(address, {"files": ["offer.pdf"]}).status_code in {415, 422}


def test_nothing_is_shared_on_a_draft(call: Call, seller: Membership, manager: Membership) -> None:
    draft = call(seller).post("leads/", {"program": "pos", "draft": True}).json()
    answer = call(seller).post(f"leads/{draft['id']}/messages/", {"body": "Hello?"})
    assert answer.status_code == 409
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["submitted"]
    assert call(manager).get(f"leads/{draft['id']}/messages/").status_code == 404


def test_who_may_not_comment_only_reads(call: Call, seller: Membership, finance: Membership, new_lead: NewLead) -> None:
    address = f"leads/{new_lead(seller).pk}/messages/"
    assert call(finance).get(address).status_code == 200
    assert call(finance).post(address, {"body": "Hello"}).status_code == 403
