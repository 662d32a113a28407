"""Notes that one side keeps for itself: who reads them, who writes them, and what everybody else is told: nothing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from deals.models import Company
from partnerhub.accounts.models import Membership
from partnerhub.errors import AlreadySent, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.events.selectors import events_for, timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.notes import services
from partnerhub.notes.models import FormerNote, Note
from partnerhub.notes.selectors import former_notes, written_on
from partnerhub.notes.services import delete_note, edit_note, write_note
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

Acting = Callable[[Membership], Any]
SECRET = "zqsecretzq"


@pytest.fixture
def note(acting: Acting, seller: Membership, company: Company) -> Note:
    with acting(seller):
        return write_note(company, by=seller, body=f"{SECRET} they haggle")


@pytest.fixture
def vendors_note(acting: Acting, manager: Membership, company: Company) -> Note:
    with acting(manager):
        return write_note(company, by=manager, body=f"{SECRET} never pays")


def notes_read(member: Membership, company: Company) -> list[str]:
    return [note.body for note in written_on("company", company.pk, member).notes]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    (reason,) = refused.value.reasons
    return reason.code


def in_the_database(acting: Acting, member: Membership) -> int:
    """How many rows of both tables PostgreSQL shows this member, whatever is asked for."""
    with acting(member), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM notes_note) + (SELECT count(*) FROM notes_formernote)")
        return int(cursor.fetchone()[0])


def test_each_side_reads_its_own_notes_alone(
    acting: Acting,
    seller: Membership,
    colleague: Membership,
    manager: Membership,
    rival: Membership,
    company: Company,
    note: Note,
    vendors_note: Note,
) -> None:
    for member, bodies in (
        (seller, [note.body]),
        (colleague, [note.body]),
        (manager, [vendors_note.body]),
        (rival, []),
    ):
        with acting(member):
            assert notes_read(member, company) == bodies
        assert in_the_database(acting, member) == len(bodies)


@pytest.mark.parametrize("change", ["side = 'vendor', partner_id = NULL", "partner_id = %(other)s"])
def test_nobody_hands_a_note_to_another_side(
    acting: Acting, seller: Membership, baltkassa: Partner, note: Note, change: str
) -> None:
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with acting(seller), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(f"UPDATE notes_note SET {change}", {"other": baltkassa.pk})


def test_its_own_side_is_told_and_no_event_has_a_word_of_it(
    acting: Acting, acme: Tenant, seller: Membership, manager: Membership, company: Company, note: Note
) -> None:
    with acting(seller):
        edit_note(note.pk, by=seller, body=f"{SECRET} again", seen=1)
        delete_note(note.pk, by=seller)
        told = entries_of(timeline_of(company.pk, seller), seller)
        assert [entry["title"] for entry in told] == ["Note deleted", "Note edited", "Note"]
    with acting(manager):
        assert timeline_of(company.pk, manager) == []
        assert not events_for(manager).filter(kind__startswith="note.").exists()
    with tenant_scope(acme):
        events = Event.objects.filter(kind__in=["note.written", "note.edited", "note.deleted"])
        assert {(event.audience, event.partner_id) for event in events} == {("partner", seller.partner_id)}
        assert not [event for event in events if SECRET in f"{event.data} {event.before} {event.after} {event}"]


def test_the_event_of_another_partners_note_is_not_the_owners(
    acting: Acting, acme: Tenant, seller: Membership, rival: Membership, company: Company, monkeypatch: Any
) -> None:
    """As on a deal, which two partners may see: whose record it is does not say whose note."""
    monkeypatch.setattr("partnerhub.notes.services.private.find_record", lambda *_: company)
    with acting(rival):
        note = write_note(company, by=rival, body=SECRET)
        delete_note(note.pk, by=rival)
        assert [event.kind for event in timeline_of(company.pk, rival)] == ["note.deleted", "note.written"]
    with acting(seller):
        assert timeline_of(company.pk, seller) == []
    with tenant_scope(acme):
        assert {event.partner_id for event in Event.objects.filter(subject_id=company.pk)} >= {rival.partner_id}


def test_what_it_said_before_is_kept_for_its_side(
    acting: Acting, seller: Membership, colleague: Membership, manager: Membership, note: Note
) -> None:
    with acting(seller):
        edit_note(note.pk, by=seller, body="Second", seen=1)
        edit_note(note.pk, by=seller, body="Third", seen=2)
        same = edit_note(note.pk, by=seller, body=" Third ", seen=3)
        assert (same.version, same.body) == (3, "Third")
    with acting(colleague):
        former = former_notes(note, colleague)
        assert [(one.version, one.body, one.author.name) for one in former] == [
            (2, "Second", "Maren Feddersen"),
            (1, f"{SECRET} they haggle", "Maren Feddersen"),
        ]
        assert former[1].written_at == note.created_at
        assert former[0].written_at > former[1].written_at
    with acting(manager):
        assert former_notes(note, manager) == []


def test_an_edit_of_an_older_version_is_refused_and_says_what_is_now(
    acting: Acting, seller: Membership, note: Note
) -> None:
    with acting(seller):
        edit_note(note.pk, by=seller, body="Second", seen=1)
        with pytest.raises(Stale) as stale:
            edit_note(note.pk, by=seller, body="Mine", seen=1)
        assert stale.value.difference == {"body": ("Mine", "Second")}
        with pytest.raises(Stale):
            delete_note(note.pk, by=seller, seen=1)
        assert Note.objects.get(pk=note.pk).body == "Second"


def test_a_deleted_note_leaves_no_word(acting: Acting, seller: Membership, company: Company, note: Note) -> None:
    with acting(seller):
        edit_note(note.pk, by=seller, body=f"{SECRET} again")
        delete_note(note.pk, by=seller)
        left = Note.objects.get(pk=note.pk)
        assert (left.body, left.deleted_by_id) == ("", seller.pk)
        assert not FormerNote.objects.exists()
        assert notes_read(seller, company) == []
        with pytest.raises(Note.DoesNotExist):
            edit_note(note.pk, by=seller, body="Back")
        with pytest.raises(Note.DoesNotExist):
            delete_note(note.pk, by=seller)


def test_the_author_alone_edits_and_an_administrator_of_the_side_deletes(
    acting: Acting, seller: Membership, colleague: Membership, admin: Membership, manager: Membership, note: Note
) -> None:
    with acting(colleague):
        for act in (lambda: edit_note(note.pk, by=colleague, body="x"), lambda: delete_note(note.pk, by=colleague)):
            with pytest.raises(Refused) as refused:
                act()
            assert code_of(refused) == "not-yours"
    with acting(manager), pytest.raises(Note.DoesNotExist):
        delete_note(note.pk, by=manager)
    with acting(admin):
        with pytest.raises(Refused):
            edit_note(note.pk, by=admin, body="x")
        delete_note(note.pk, by=admin)
        (deleted, _written) = entries_of(timeline_of(note.subject_id, admin), admin)
        assert deleted["text"] == "You: Maren Feddersen"


def test_who_may_not_write_is_refused_with_the_reason(acting: Acting, finance: Membership, company: Company) -> None:
    with acting(finance), pytest.raises(Refused) as refused:
        write_note(company, by=finance, body="Hello")
    assert code_of(refused) == "role"


@pytest.mark.parametrize(("body", "code"), [("  \n ", "body-missing"), ("x" * 5001, "body-too-long")])
def test_a_note_has_words_and_not_too_many(
    acting: Acting, seller: Membership, company: Company, note: Note, body: str, code: str
) -> None:
    with acting(seller):
        for act in (
            lambda: write_note(company, by=seller, body=body),
            lambda: edit_note(note.pk, by=seller, body=body),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert code_of(refused) == code


def test_a_double_click_is_one_note_and_other_words_are_none(
    acting: Acting, seller: Membership, company: Company
) -> None:
    once = uuid4()
    with acting(seller):
        first = write_note(company, by=seller, body="Once", once=once)
        assert write_note(company, by=seller, body="Once", once=once).pk == first.pk
        with pytest.raises(AlreadySent):
            write_note(company, by=seller, body="Twice", once=once)
        assert [event.kind for event in timeline_of(company.pk, seller)] == ["note.written"]


def test_a_side_keeps_a_bounded_number_on_a_record(
    acting: Acting, seller: Membership, manager: Membership, company: Company, note: Note, monkeypatch: Any
) -> None:
    monkeypatch.setattr(services.private, "MOST_NOTES", 1)
    with acting(manager):
        write_note(company, by=manager, body="The other side's do not count")
    with acting(seller):
        with pytest.raises(Refused) as refused:
            write_note(company, by=seller, body="One more")
        assert code_of(refused) == "too-many-notes"
        delete_note(note.pk, by=seller)
        write_note(company, by=seller, body="One more")


@pytest.mark.parametrize("count", [0, 30])
def test_reading_takes_one_statement_however_many(
    acting: Acting, seller: Membership, company: Company, count: int, django_assert_num_queries: Any
) -> None:
    with acting(seller):
        for number in range(count):
            write_note(company, by=seller, body=f"Note {number}")
    with acting(seller), django_assert_num_queries(1):
        notes = written_on("company", company.pk, seller).notes
        assert [note.author.name for note in notes] == ["Maren Feddersen"] * count


def test_pages_of_a_note_are_for_its_side(
    client_of: Callable[[Membership], Client],
    seller: Membership,
    colleague: Membership,
    manager: Membership,
    rival: Membership,
    note: Note,
) -> None:
    at = f"/acme/notes/{note.pk}/"
    mine = client_of(seller)
    assert SECRET in mine.get(f"{at}edit/").content.decode()
    answer = mine.post(f"{at}edit/", {"body": "In other words", "version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/acme/companies/{note.subject_id}/")
    page = client_of(colleague).get(at).content.decode()
    assert "In other words" in page
    assert SECRET in page
    assert client_of(colleague).get(f"{at}edit/").status_code == 404
    assert client_of(colleague).post(f"{at}delete/").status_code == 404
    for other in (manager, rival):
        assert {client_of(other).get(f"{at}{rest}").status_code for rest in ("", "edit/", "delete/")} == {404}
        assert client_of(other).post(f"{at}delete/").status_code == 404
    assert "In other words" in mine.get(f"{at}delete/").content.decode()
    assert mine.post(f"{at}delete/").status_code == 302
    assert mine.get(at).status_code == 404


def test_nothing_typed_is_lost_where_another_window_was_faster(
    acting: Acting, client_of: Callable[[Membership], Client], seller: Membership, note: Note
) -> None:
    with acting(seller):
        edit_note(note.pk, by=seller, body="The other window", seen=1)
    client, at = client_of(seller), f"/acme/notes/{note.pk}/edit/"
    answer = client.post(at, {"body": "This window", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The other window" in page
    assert "This window</textarea>" in page
    assert 'name="version" value="2"' in page
    assert client.post(at, {"body": "This window", "version": "2"}).status_code == 302
    long = client.post(at, {"body": "x" * 5001, "version": "3"})
    assert (long.status_code, "x" * 5001 in long.content.decode()) == (422, True)


def test_the_api_does_what_the_pages_do(
    client_of: Callable[[Membership], Client], seller: Membership, manager: Membership, note: Note
) -> None:
    client, at = client_of(seller), f"/acme/api/v1/notes/{note.pk}/"
    read = client.get(at)
    assert (read["ETag"], read.json()["body"], read.json()["author"]["name"]) == ('"1"', note.body, "Maren Feddersen")
    sent: dict[str, Any] = {"data": {"body": "Other words"}, "content_type": "application/json"}
    assert client.patch(at, **sent).status_code == 428
    edited = client.patch(at, **sent, headers={"If-Match": '"1"'})
    assert (edited.status_code, edited["ETag"], edited.json()["body"]) == (200, '"2"', "Other words")
    stale = client.patch(at, **sent, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]["body"]) == (412, "Other words")
    (former,) = client.get(f"{at}history/").json()["results"]
    assert (former["version"], former["body"]) == (1, note.body)
    assert client_of(manager).get(at).status_code == 404
    assert client.delete(at, headers={"If-Match": '"1"'}).status_code == 412
    assert client.delete(at, headers={"If-Match": '"2"'}).status_code == 204
    assert client.get(at).status_code == 404
