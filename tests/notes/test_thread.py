"""The thread as a page shows it, and the form that adds to it."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from deals.models import Company
from partnerhub.accounts.models import Membership
from partnerhub.notes.forms import MessageForm
from partnerhub.notes.models import Attachment
from partnerhub.notes.services import delete_attachment, post_message
from partnerhub.notes.thread import thread_of
from tests.notes.conftest import pdf

ONCE = re.compile('<input type="hidden" name="once" value="([0-9a-f-]{36})"')


def form_with(*uploads: SimpleUploadedFile, **values: str) -> MessageForm:
    return MessageForm(values, MultiValueDict({"files": list(uploads)}))


def drawn(thread: dict[str, Any]) -> str:
    return render_to_string("notes/thread.html", {"thread": thread, "readers": "Everybody here."})


def test_whose_words_they_are(acting: Any, seller: Membership, manager: Membership, company: Company) -> None:
    with acting(seller):
        post_message(company, by=seller, body="Are the scales leased?")
    with acting(manager):
        post_message(company, by=manager, body="Until January.")
        shown = thread_of(company, manager, action="/")["messages_shown"]
        assert [(one["name"], one["side"]) for one in shown] == [
            ("Maren Feddersen", "Nordwind Retail"),
            ("Ilse Brandvold", "You"),
        ]
    with acting(seller):
        shown = thread_of(company, seller, action="/")["messages_shown"]
        assert [one["side"] for one in shown] == ["You", "Acme Commerce"]


def test_a_file_is_a_link_and_its_owner_can_delete_it(
    acting: Any, seller: Membership, manager: Membership, company: Company
) -> None:
    with acting(seller):
        message = post_message(company, by=seller, body="Here", uploads=[pdf()])
        mine = drawn(thread_of(company, seller, action="/"))
    assert "Delete contract.pdf" in mine
    with acting(manager):
        theirs = drawn(thread_of(company, manager, action="/"))
    assert "contract.pdf" in theirs
    assert "Delete contract.pdf" not in theirs
    with acting(seller):
        (file,) = thread_of(company, seller, action="/")["messages_shown"][0]["files"]
        delete_attachment(Attachment.objects.get(message=message), by=seller)
        gone = drawn(thread_of(company, seller, action="/"))
    assert file["url"] not in gone
    assert "contract.pdf" in gone
    assert "deleted" in gone


def test_a_file_held_back_is_no_link(acting: Any, seller: Membership, company: Company, settings: Any) -> None:
    settings.VIRUS_SCAN_COMMAND = "sh -c 'exit 2'"
    with acting(seller):
        post_message(company, by=seller, body="Here", uploads=[pdf()])
        shown = drawn(thread_of(company, seller, action="/"))
        (file,) = thread_of(company, seller, action="/")["messages_shown"][0]["files"]
    assert "held back" in shown
    assert "url" not in file


def test_who_may_not_write_reads_why(acting: Any, finance: Membership, company: Company) -> None:
    with acting(finance):
        shown = drawn(thread_of(company, finance, action="/"))
    assert "<textarea" not in shown
    assert "You have a role that may write." in shown


def test_what_is_written_is_text(acting: Any, seller: Membership, company: Company) -> None:
    with acting(seller):
        post_message(company, by=seller, body="<script>alert(1)</script> see https://example.org/?a=1&b=2")
        shown = drawn(thread_of(company, seller, action="/"))
    assert "<script>alert" not in shown
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">' in shown


def test_each_bad_file_is_named_with_its_reason(db: None) -> None:
    form = form_with(
        pdf("good.pdf"), SimpleUploadedFile("bad.exe", b"MZ"), SimpleUploadedFile("empty.txt", b""), body="Hello"
    )
    assert not form.is_valid()
    first, second = form.errors["files"]
    assert "bad.exe" in first
    assert "empty.txt" in second


def test_the_names_of_good_files_are_kept_for_choosing_them_again(db: None) -> None:
    form = form_with(pdf("good.pdf"), SimpleUploadedFile("bad.exe", b"MZ"), body="Hello")
    form.is_valid()
    assert form.fields["files"].names == ["good.pdf"]  # type: ignore[attr-defined]
    shown = drawn({"may_write": True, "form": form, "action": "/", "max_bytes": 1, "max_files": 1, "reasons": []})
    assert "again: good.pdf" in shown
    assert ">Hello</textarea>" in shown


@pytest.mark.parametrize(("values", "count", "is_fine"), [({}, 0, False), ({"body": " "}, 0, False), ({}, 1, True)])
def test_a_message_is_words_or_files(db: None, values: dict[str, str], count: int, is_fine: bool) -> None:
    assert form_with(*(pdf() for _ in range(count)), **values).is_valid() is is_fine


def test_too_many_files_are_refused_together(db: None, settings: Any) -> None:
    settings.ATTACHMENT_MAX_COUNT = 2
    form = form_with(pdf(), pdf(), pdf(), body="Hello")
    assert form.errors["files"] == ["Choose at most 2 files."]


def test_each_form_has_its_own_number_that_comes_back(acting: Any, seller: Membership, company: Company) -> None:
    with acting(seller):
        first, second = (ONCE.findall(drawn(thread_of(company, seller, action="/"))) for _ in range(2))
        refused = MessageForm({"once": first[0], "body": ""})
        again = drawn(thread_of(company, seller, action="/", form=refused))
    assert len(first) == len(second) == 1
    assert first != second
    assert ONCE.findall(again) == first


def test_the_picker_offers_what_is_taken(db: None) -> None:
    html = str(MessageForm()["files"])
    assert "multiple" in html
    assert 'accept=".pdf,.png,.jpg' in html
