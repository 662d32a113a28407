"""What both sides say to each other, the files they share, and what is left of them."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from deals.models import Company
from partnerhub.accounts.models import Membership
from partnerhub.errors import AlreadySent, Refused
from partnerhub.events.models import Event
from partnerhub.events.selectors import timeline_of
from partnerhub.notes.models import Attachment, FileState, SharedMessage
from partnerhub.notes.selectors import attachments_of, messages_of, written_on
from partnerhub.notes.services import attach_files, delete_attachment, post_message
from partnerhub.notes.tasks import scan_held_back
from partnerhub.partners.models import Partner
from tests.notes.conftest import PDF, pdf, stored_files

Acting = Callable[[Membership], Any]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    (reason,) = refused.value.reasons
    return reason.code


def test_a_message_is_on_the_other_side_at_once(
    acting: Acting, seller: Membership, manager: Membership, company: Company
) -> None:
    with acting(seller):
        post_message(company, by=seller, body="Are the scales leased?", uploads=[pdf()])
    with acting(manager):
        (message,) = messages_of("company", company.pk, manager)
        assert (message.body, message.author.name, message.author_side) == (
            "Are the scales leased?",
            "Maren Feddersen",
            "partner",
        )
        assert [file.name for file in message.files] == ["contract.pdf"]


def test_the_timeline_and_the_other_side_hear_of_it(
    acting: Acting, seller: Membership, manager: Membership, company: Company
) -> None:
    with acting(seller):
        message = post_message(company, by=seller, body="No word of it.", uploads=[pdf()])
    with acting(manager):
        (event,) = timeline_of(company.pk, manager)
        assert event.kind == "note.shared"
        assert event.data == {
            "company": "Hafenkontor",
            "url": f"/companies/{company.pk}/",
            "author_name": "Maren Feddersen",
            "author_side": "partner",
            "files": ["contract.pdf"],
            "message_id": str(message.pk),
        }


def test_the_rival_sees_nothing_of_it(acting: Acting, seller: Membership, rival: Membership, company: Company) -> None:
    with acting(seller):
        post_message(company, by=seller, body="Ours", uploads=[pdf()])
    with acting(rival):
        assert messages_of("company", company.pk, rival) == []
        assert not SharedMessage.objects.exists()
        assert not Attachment.objects.exists()
        assert not Event.objects.filter(subject_id=company.pk).exists()


def test_a_double_click_is_one_message(acting: Acting, seller: Membership, company: Company) -> None:
    once = uuid4()
    with acting(seller):
        first = post_message(company, by=seller, body="Once", once=once)
        again = post_message(company, by=seller, body="Once", once=once)
        assert again.pk == first.pk
        assert Event.objects.filter(kind="note.shared").count() == 1


def test_another_message_under_a_used_number_is_not_told_as_sent(
    acting: Acting, seller: Membership, company: Company
) -> None:
    once, plan = uuid4(), SimpleUploadedFile("plan.txt", b"two floors")
    with acting(seller):
        post_message(company, by=seller, body="Once", uploads=[plan], once=once)
        for body, files in (("Twice", []), ("Once", [SimpleUploadedFile("new.txt", b"three floors")])):
            with pytest.raises(AlreadySent) as caught:
                post_message(company, by=seller, body=body, uploads=files, once=once)
            assert caught.value.difference in ({"body": ("Twice", "Once")}, {"files": ("new.txt", "plan.txt")})
        assert SharedMessage.objects.count() == 1
        assert Attachment.objects.count() == 1


def test_who_may_not_write_is_refused_with_the_reason(acting: Acting, finance: Membership, company: Company) -> None:
    with acting(finance), pytest.raises(Refused) as refused:
        post_message(company, by=finance, body="Hello")
    assert code_of(refused) == "role"


@pytest.mark.parametrize(("body", "code"), [("  \n ", "body-missing"), ("x" * 5001, "body-too-long")])
def test_a_message_has_words_and_not_too_many(
    acting: Acting, seller: Membership, company: Company, body: str, code: str
) -> None:
    with acting(seller), pytest.raises(Refused) as refused:
        post_message(company, by=seller, body=body)
    assert code_of(refused) == code


def test_a_file_alone_is_a_message(acting: Acting, seller: Membership, company: Company) -> None:
    with acting(seller):
        assert post_message(company, by=seller, body="", uploads=[pdf()]).body == ""


def test_control_characters_are_taken_out(acting: Acting, seller: Membership, company: Company) -> None:
    with acting(seller):
        assert post_message(company, by=seller, body=" one\r\ntwo\x00\x07 ").body == "one\ntwo"


def test_one_bad_file_and_nothing_is_kept(acting: Acting, seller: Membership, company: Company, storage: Path) -> None:
    with acting(seller), pytest.raises(Refused) as refused:
        post_message(company, by=seller, body="Two files", uploads=[pdf(), SimpleUploadedFile("a.exe", b"MZ")])
    assert code_of(refused) == "type"
    assert stored_files(storage) == []
    with acting(seller):
        assert not SharedMessage.objects.exists()


def test_files_are_stored_below_their_tenant_under_a_name_of_ours(
    acting: Acting, seller: Membership, company: Company, storage: Path
) -> None:
    with acting(seller):
        (attached,) = attach_files(company, by=seller, uploads=[pdf("../../secret name.pdf")])
    (path,) = stored_files(storage)
    assert path.relative_to(storage).parts[:2] == (str(company.tenant_id), "company")
    assert "secret" not in str(path)
    assert path.read_bytes() == PDF
    assert attached.name == "secret name.pdf"


def test_attaching_is_told(acting: Acting, seller: Membership, company: Company) -> None:
    with acting(seller):
        attach_files(company, by=seller, uploads=[pdf("a.pdf"), pdf("b.pdf")])
        event = Event.objects.get(kind="file.attached")
        assert event.data["files"] == ["a.pdf", "b.pdf"]
        assert [file.name for file in attachments_of("company", company.pk, seller)] == ["a.pdf", "b.pdf"]


class Broken(Exception):
    """What goes wrong after the verb."""


@contextmanager
def breaking() -> Iterator[None]:
    """Whatever is done inside goes well, and then something else fails."""
    yield
    raise Broken


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_file_along(acting: Acting, seller: Membership, company: Company, storage: Path) -> None:
    with pytest.raises(Broken), acting(seller), breaking():
        attach_files(company, by=seller, uploads=[pdf()])
    assert stored_files(storage) == []


@pytest.mark.django_db(transaction=True)
def test_a_rollback_that_nobody_raised_takes_the_file_along(
    acting: Acting, seller: Membership, company: Company, storage: Path
) -> None:
    with acting(seller):
        attach_files(company, by=seller, uploads=[pdf()])
        transaction.set_rollback(True)
    assert stored_files(storage) == []


@pytest.mark.django_db(transaction=True)
def test_an_inner_rollback_takes_only_its_own_file(
    acting: Acting, seller: Membership, company: Company, storage: Path
) -> None:
    with acting(seller):
        (kept,) = attach_files(company, by=seller, uploads=[pdf()])
        with pytest.raises(Broken), transaction.atomic(), breaking():
            attach_files(company, by=seller, uploads=[pdf()])
        assert len(stored_files(storage)) == 1
    assert [path.relative_to(storage).as_posix() for path in stored_files(storage)] == [kept.key]


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_refused_and_nothing_partial_is_kept(
    acting: Acting, seller: Membership, company: Company, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = FileSystemStorage._save  # type: ignore[attr-defined]  # the stubs leave it out
    calls = []

    def full_at_the_second(self: FileSystemStorage, name: str, content: Any) -> str:
        calls.append(save(self, name, content))
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return calls[-1]

    monkeypatch.setattr(FileSystemStorage, "_save", full_at_the_second)
    with pytest.raises(Refused) as refused, acting(seller):
        post_message(company, by=seller, body="Two", uploads=[pdf(), pdf()])
    assert code_of(refused) == "storage"
    assert stored_files(storage) == []


def test_a_record_takes_so_many_files(acting: Acting, seller: Membership, company: Company, settings: Any) -> None:
    settings.ATTACHMENT_MAX_COUNT = 2
    with acting(seller):
        (first, _) = attach_files(company, by=seller, uploads=[pdf(), pdf()])
        with pytest.raises(Refused) as refused:
            attach_files(company, by=seller, uploads=[pdf()])
        assert code_of(refused) == "count"
        delete_attachment(first, by=seller)
        attach_files(company, by=seller, uploads=[pdf()])


def test_the_tenant_has_one_limit_over_all_its_partners(
    acting: Acting,
    seller: Membership,
    rival: Membership,
    baltkassa: Partner,
    company: Company,
    new_company: Callable[..., Company],
    settings: Any,
) -> None:
    settings.ATTACHMENT_TENANT_BYTES = int(len(PDF) * 1.5)
    theirs = new_company(baltkassa)
    with acting(rival):
        attach_files(theirs, by=rival, uploads=[pdf()])
    with acting(seller), pytest.raises(Refused) as refused:
        attach_files(company, by=seller, uploads=[pdf()])
    assert code_of(refused) == "quota"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_the_last_place(
    acting: Acting, seller: Membership, company: Company, settings: Any, storage: Path
) -> None:
    settings.ATTACHMENT_MAX_COUNT = 1
    ready = Barrier(2)
    answers: list[str] = []

    def attach() -> None:
        try:
            with acting(seller):
                ready.wait(60)
                attach_files(company, by=seller, uploads=[pdf()])
            answers.append("attached")
        except Refused as refused:
            answers.append(refused.reasons[0].code)
        finally:
            connection.close()

    threads = [Thread(target=attach) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["attached", "count"]
    assert len(stored_files(storage)) == 1


@pytest.mark.django_db(transaction=True)
def test_deleting_a_file_deletes_it_for_both_sides_and_says_so(
    acting: Acting, seller: Membership, manager: Membership, company: Company, storage: Path
) -> None:
    with acting(seller):
        (attached,) = attach_files(company, by=seller, uploads=[pdf()])
    with acting(seller):
        delete_attachment(attached, by=seller)
        assert len(stored_files(storage)) == 1, "the bytes stay until the deletion is certain"
    assert stored_files(storage) == []
    with acting(manager):
        (left,) = attachments_of("company", company.pk, manager)
        assert (left.is_available, left.deleted_by_id) == (False, seller.pk)
        assert timeline_of(company.pk, manager)[0].kind == "file.deleted"


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_keeps_the_bytes(
    acting: Acting, seller: Membership, company: Company, storage: Path
) -> None:
    with acting(seller):
        (attached,) = attach_files(company, by=seller, uploads=[pdf()])
    with pytest.raises(Broken), acting(seller), breaking():
        delete_attachment(attached, by=seller)
    assert len(stored_files(storage)) == 1


def test_deleting_again_does_nothing_more(acting: Acting, seller: Membership, company: Company) -> None:
    with acting(seller):
        (attached,) = attach_files(company, by=seller, uploads=[pdf()])
        delete_attachment(attached, by=seller)
        delete_attachment(attached, by=seller)
        assert Event.objects.filter(kind="file.deleted").count() == 1


def test_a_colleague_and_the_other_side_cannot_delete_it(
    acting: Acting, seller: Membership, colleague: Membership, manager: Membership, company: Company
) -> None:
    with acting(seller):
        (attached,) = attach_files(company, by=seller, uploads=[pdf()])
    for other in (colleague, manager):
        with acting(other), pytest.raises(Refused) as refused:
            delete_attachment(attached, by=other)
        assert code_of(refused) == "not-yours"


def test_an_administrator_of_the_same_side_can_delete_it(
    acting: Acting, seller: Membership, admin: Membership, company: Company
) -> None:
    with acting(seller):
        (attached,) = attach_files(company, by=seller, uploads=[pdf()])
    with acting(admin):
        delete_attachment(attached, by=admin)
        assert attachments_of("company", company.pk, admin)[0].deleted_by_id == admin.pk


def test_the_rival_cannot_delete_what_it_cannot_see(
    acting: Acting, seller: Membership, rival: Membership, company: Company
) -> None:
    with acting(seller):
        (attached,) = attach_files(company, by=seller, uploads=[pdf()])
    with acting(rival), pytest.raises(Attachment.DoesNotExist):
        delete_attachment(attached, by=rival)


@pytest.mark.django_db(transaction=True)
def test_a_file_held_back_is_released_or_removed_when_the_scanner_answers(
    acting: Acting, seller: Membership, company: Company, settings: Any, storage: Path
) -> None:
    settings.VIRUS_SCAN_COMMAND = "sh -c 'exit 2'"
    with acting(seller):
        attach_files(company, by=seller, uploads=[pdf("a.pdf"), SimpleUploadedFile("b.txt", b"VIRUS-SIGNATURE")])
        assert {file.state for file in attachments_of("company", company.pk, seller)} == {FileState.QUARANTINED}
    for command in ("sh -c 'exit 2'", ""):
        settings.VIRUS_SCAN_COMMAND = command
        scan_held_back()
        with acting(seller):
            assert {file.state for file in attachments_of("company", company.pk, seller)} == {FileState.QUARANTINED}
    settings.VIRUS_SCAN_COMMAND = "sh -c '! grep -q VIRUS-SIGNATURE'"
    scan_held_back()
    with acting(seller):
        clean, infected = attachments_of("company", company.pk, seller)
        assert (clean.state, clean.is_available) == (FileState.STORED, True)
        assert (infected.state, infected.is_available) == (FileState.INFECTED, False)
    assert len(stored_files(storage)) == 1


def test_each_file_is_with_the_message_it_came_with_or_on_the_record_itself(
    acting: Acting, seller: Membership, manager: Membership, company: Company
) -> None:
    with acting(seller):
        attach_files(company, by=seller, uploads=[pdf("terms.pdf")])
        post_message(company, by=seller, body="First", uploads=[pdf("a.pdf"), pdf("b.pdf")])
        attach_files(company, by=seller, uploads=[pdf("plan.pdf")])
    with acting(manager):
        post_message(company, by=manager, body="Second")
        post_message(company, by=manager, body="Third", uploads=[pdf("c.pdf")])
        messages, own, _notes = written_on("company", company.pk, manager)
    assert [(said.body, [file.name for file in said.files]) for said in messages] == [
        ("First", ["a.pdf", "b.pdf"]),
        ("Second", []),
        ("Third", ["c.pdf"]),
    ]
    assert [file.name for file in own] == ["terms.pdf", "plan.pdf"]


@pytest.mark.parametrize("count", [1, 30])
def test_reading_takes_one_statement_however_many_messages(
    acting: Acting,
    seller: Membership,
    manager: Membership,
    company: Company,
    count: int,
    settings: Any,
    django_assert_num_queries: Any,
) -> None:
    settings.ATTACHMENT_MAX_COUNT = 100
    with acting(seller):
        for number in range(count):
            post_message(company, by=seller, body=f"Message {number}", uploads=[pdf()])
    with acting(manager), django_assert_num_queries(1):
        for message in messages_of("company", company.pk, manager):
            assert (message.author.name, str(message.author.partner), len(message.files)) == (
                "Maren Feddersen",
                "Nordwind Retail",
                1,
            )
