"""A message with files as our script sends it: what is refused comes back by its place, and what is fine goes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.notes.models import Attachment, SharedMessage
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db

BY_SCRIPT = {"X-Requested-With": "fetch"}


def text_file(name: str, content: bytes = b"two floors") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def send(new_lead: Callable[..., Lead], seller: Membership, client_of: Callable[..., Client]) -> Callable[..., Any]:
    lead = new_lead(seller)

    def sends(*files: SimpleUploadedFile, **more: Any) -> Any:
        sent = {"body": "The plans.", "once": more.pop("once", None) or new_id(), "files": list(files)} | more
        return client_of(seller).post(f"/acme/leads/{lead.pk}/messages/", sent, headers=BY_SCRIPT)

    return sends


def test_what_is_refused_comes_back_by_its_place_and_nothing_is_sent(send: Callable[..., Any], acme: Tenant) -> None:
    bad = text_file("fake.pdf")
    answer = send(text_file("one.txt"), bad, text_file("two.txt"))
    assert answer.status_code == 422
    told = answer.json()
    assert (told["problems"], [*told["files"]]) == ([], ["1"])
    assert "fake.pdf" in told["files"]["1"]
    again = send(text_file("one.txt"), text_file("two.txt"), once=told["once"])
    assert (again.status_code, again.json()["url"].endswith("#messages")) == (200, True)
    with tenant_scope(acme):
        assert (SharedMessage.objects.count(), Attachment.objects.count()) == (1, 2)


def test_what_is_no_fault_of_a_file_is_told_in_words_with_a_number_to_go_on(send: Callable[..., Any]) -> None:
    once = str(new_id())
    assert send(text_file("one.txt"), once=once).status_code == 200
    assert send(text_file("one.txt"), once=once).status_code == 200  # tried again
    other = send(text_file("one.txt"), once=once, body="Others.")
    told = other.json()
    assert (other.status_code, told["files"], len(told["problems"])) == (422, {}, 1)
    assert told["once"] != once
