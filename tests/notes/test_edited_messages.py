"""A shared message in other words, and one that is gone: for both sides, and with what it said before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from deals.models import Company
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused, Stale
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.notes.models import Attachment, FormerMessage, SharedMessage
from partnerhub.notes.selectors import former_messages, messages_of
from partnerhub.notes.services import delete_message, edit_message, post_message
from partnerhub.notes.thread import thread_of
from tests.notes.conftest import pdf, stored_files

Acting = Callable[[Membership], Any]


@pytest.fixture
def message(acting: Acting, seller: Membership, company: Company) -> SharedMessage:
    with acting(seller):
        return post_message(company, by=seller, body="First", uploads=[pdf()])


def test_both_sides_read_the_new_words_and_the_former_ones(
    acting: Acting, seller: Membership, manager: Membership, rival: Membership, company: Company, message: SharedMessage
) -> None:
    with acting(seller):
        edit_message(message.pk, by=seller, body="Second", seen=1)
        assert edit_message(message.pk, by=seller, body=" Second ", seen=2).version == 2
    with acting(manager):
        (shown,) = thread_of(company, manager, action="/")["messages_shown"]
        assert (shown["body"], len(shown["files"]), shown["edited_at"] is not None) == ("Second", 1, True)
        assert "edit_url" not in shown
        assert "delete_url" not in shown
        (former,) = former_messages(message, manager)
        assert (former.version, former.body, former.author.name) == (1, "First", "Maren Feddersen")
        assert former.written_at == message.created_at
        told = entries_of(timeline_of(company.pk, manager), manager)
        assert [entry["title"] for entry in told] == ["Message edited", "Message"]
    with acting(rival):
        assert former_messages(message, rival) == []
        assert not FormerMessage.objects.exists()


def test_a_deleted_message_is_gone_for_both_with_its_files(
    acting: Acting, seller: Membership, manager: Membership, company: Company, message: SharedMessage, storage: Path
) -> None:
    with acting(seller):
        edit_message(message.pk, by=seller, body="Second")
        delete_message(message.pk, by=seller)
    with acting(manager):
        assert messages_of("company", company.pk, manager) == []
        assert thread_of(company, manager, action="/")["attachments"] == []
        told = entries_of(timeline_of(company.pk, manager), manager)
        assert [entry["title"] for entry in told] == ["Message deleted", "Message edited", "Message"]
        assert told[0]["text"] == "Maren Feddersen"
        left = SharedMessage.objects.get(pk=message.pk)
        assert (left.body, left.deleted_by_id, FormerMessage.objects.exists()) == ("", seller.pk, False)
        file = Attachment.objects.get(message=message)
        assert (file.is_available, file.deleted_by_id) == (False, seller.pk)
        with pytest.raises(SharedMessage.DoesNotExist):
            delete_message(message.pk, by=manager)


def test_its_files_leave_the_storage(
    transactional_db: None, acting: Acting, seller: Membership, message: SharedMessage, storage: Path
) -> None:
    assert len(stored_files(storage)) == 1
    with acting(seller):
        delete_message(message.pk, by=seller)
    assert stored_files(storage) == []


def test_the_author_alone_edits_and_an_administrator_of_the_side_deletes(
    acting: Acting,
    seller: Membership,
    colleague: Membership,
    admin: Membership,
    programme_admin: Membership,
    manager: Membership,
    message: SharedMessage,
) -> None:
    for member in (colleague, manager, programme_admin):
        with acting(member), pytest.raises(Refused):
            delete_message(message.pk, by=member)
    for member in (colleague, manager):
        with acting(member), pytest.raises(Refused):
            edit_message(message.pk, by=member, body="x")
    with acting(admin):
        with pytest.raises(Refused):
            edit_message(message.pk, by=admin, body="x")
        delete_message(message.pk, by=admin)
        (deleted, _shared) = entries_of(timeline_of(message.subject_id, admin), admin)
        assert deleted["text"] == "You: Maren Feddersen"


def test_an_older_version_is_refused(acting: Acting, seller: Membership, message: SharedMessage) -> None:
    with acting(seller):
        edit_message(message.pk, by=seller, body="Second", seen=1)
        with pytest.raises(Stale) as stale:
            edit_message(message.pk, by=seller, body="Mine", seen=1)
        assert stale.value.difference == {"body": ("Mine", "Second")}
        with pytest.raises(Stale):
            delete_message(message.pk, by=seller, seen=1)


def test_words_may_go_where_a_file_stays(
    acting: Acting, seller: Membership, company: Company, message: SharedMessage
) -> None:
    with acting(seller):
        assert edit_message(message.pk, by=seller, body=" ").body == ""
        alone = post_message(company, by=seller, body="Alone")
        for body in (" ", "x" * 5001):
            with pytest.raises(Refused):
                edit_message(alone.pk, by=seller, body=body)


def test_pages_and_api_do_the_same(
    client_of: Callable[[Membership], Client],
    seller: Membership,
    manager: Membership,
    rival: Membership,
    message: SharedMessage,
) -> None:
    mine, theirs, at = client_of(seller), client_of(manager), f"/acme/messages/{message.pk}/"
    assert ">Message</label>" in mine.get(f"{at}edit/").content.decode()
    assert mine.post(f"{at}edit/", {"body": "Second", "version": "1"}).status_code == 302
    page = theirs.get(at).content.decode()
    assert "First" in page
    assert "Second" in page
    assert {theirs.get(f"{at}{rest}").status_code for rest in ("edit/", "delete/")} == {404}
    assert {client_of(rival).get(f"{at}{rest}").status_code for rest in ("", "edit/", "delete/")} == {404}
    api = f"/acme/api/v1/messages/{message.pk}/"
    assert (theirs.get(api)["ETag"], theirs.get(api).json()["body"]) == ('"2"', "Second")
    assert theirs.get(f"{api}history/").json()["results"][0]["body"] == "First"
    sent: dict[str, Any] = {"data": {"body": "Third"}, "content_type": "application/json"}
    assert theirs.patch(api, **sent, headers={"If-Match": '"2"'}).status_code == 409
    stale = mine.patch(api, **sent, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]["body"]) == (412, "Second")
    third = mine.patch(api, **sent, headers={"If-Match": '"2"'})
    assert (third.status_code, third["ETag"], third.json()["body"]) == (200, '"3"', "Third")
    assert len(third.json()["files"]) == 1
    assert "Third" in mine.get(f"{at}delete/").content.decode()
    assert mine.post(f"{at}delete/").status_code == 302
    assert {client.get(api).status_code for client in (mine, theirs)} == {404}
