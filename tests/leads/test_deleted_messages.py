"""After a shared message is deleted nobody reads its words any more: no page, no API, no event, no mail sent later."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from leads import services
from leads.models import Lead
from notifications.models import Message
from notifications.selectors.story import Over
from notifications.services import fan_out_events
from notifications.services.rendering import letter_of
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.events.services import record
from partnerhub.notes.models import SharedMessage
from partnerhub.notes.selectors import words_told
from partnerhub.notes.services import delete_message, edit_message, post_message
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

pytestmark = pytest.mark.django_db

MARKS = ("Zwölf Kassen im Keller", "Dreizehn Kassen im Dach")
Acting = Callable[..., Any]


@pytest.fixture
def lead(new_lead: Callable[..., Lead], people: SimpleNamespace, acting: Acting) -> Lead:
    """A lead in progress, about which its representative asks."""
    lead = new_lead(people.seller)
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
    with acting(people.representative):
        services.start_lead(lead.pk, by=people.representative)
        return services.ask_for_information(lead.pk, question="How many tills?", by=people.representative)


@pytest.fixture
def read(lead: Lead, client_of: Callable[..., Any], call: Call) -> Callable[[Membership], str]:
    """All that somebody may read about the lead, one after the other."""

    def reads(member: Membership) -> str:
        client, api = client_of(member), call(member)
        read = [client.get(f"/acme/leads/{lead.pk}/")]
        read += [api.get(f"leads/{lead.pk}/{part}/") for part in ("timeline", "messages")]
        assert [one.status_code for one in read] == [200, 200, 200]
        return "".join(one.content.decode() for one in read)

    return reads


def in_the_database(words: str) -> list[str]:
    """The tables where the words stand, as the owner finds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            " UNION ".join(f"SELECT '{name}' FROM \"{name}\" r WHERE r::text LIKE %s" for name in tables),
            [f"%{words}%"] * len(tables),
        )
        return [name for (name,) in cursor.fetchall()]


def quotes(acme: Tenant, kind: str) -> list[str | None]:
    """What the mails of this kind quote, were they written now."""
    fan_out_events()
    with tenant_scope(acme):
        rows = list(Message.objects.filter(kind=kind).select_related("event", "recipient"))
    letters = [letter_of(row, acme, partner_name="") for row in rows]
    return [letter.quote[1] if letter.quote else None for letter in letters]


def test_an_answer_given_by_a_message_is_deleted_with_it(
    lead: Lead, people: SimpleNamespace, acting: Acting, read: Callable[[Membership], str], acme: Tenant
) -> None:
    with acting(people.seller):
        message = services.answer_by_message(lead.pk, body=MARKS[0], by=people.seller)
        edit_message(message.pk, by=people.seller, body=MARKS[1])
    assert MARKS[1] in read(people.representative)
    assert quotes(acme, "lead.info_given") == [MARKS[1]]
    assert in_the_database(MARKS[0]) == ["notes_formermessage"]
    assert in_the_database(MARKS[1]) == ["notes_sharedmessage"]
    with acting(people.seller):
        delete_message(message.pk, by=people.seller)
    for mark in MARKS:
        assert in_the_database(mark) == []
        for member in (people.seller, people.manager, people.representative):
            assert mark not in read(member)
    assert "Question answered" in read(people.representative)
    assert quotes(acme, "lead.info_given") == [None]


def test_no_mail_is_sent_of_it_any_more(lead: Lead, people: SimpleNamespace, acting: Acting, acme: Tenant) -> None:
    with acting(people.seller):
        message = post_message(lead, by=people.seller, body=MARKS[0])
    assert quotes(acme, "note.shared") == [MARKS[0]]
    with acting(people.seller):
        delete_message(message.pk, by=people.seller)
    with pytest.raises(Over):
        quotes(acme, "note.shared")


def test_what_a_former_release_kept_in_its_events_is_read_no_more(
    lead: Lead, people: SimpleNamespace, acting: Acting, read: Callable[[Membership], str], acme: Tenant
) -> None:
    """Events are never changed: that of the deletion names those whose words are not to be read."""
    with acting(people.seller):
        message = services.answer_by_message(lead.pk, body=MARKS[0], by=people.seller)
        written = Event.objects.get(kind="lead.info_given").data
        old = {name: value for name, value in written.items() if name != "message_id"}
        shared = record("note.shared", lead, actor=people.seller, data=old | {"body": MARKS[0]})
        answered = record("lead.info_given", lead, actor=people.seller, data=old | {"answer": MARKS[0]})
        kept = record("lead.info_given", lead, actor=people.seller, data=old | {"answer": "By the form."})
        SharedMessage.objects.filter(pk=message.pk).update(body="")  # so that the events alone have the words
    assert read(people.representative).count(MARKS[0]) == 3  # by the page, and twice by the API
    with acting(people.seller):
        SharedMessage.objects.filter(pk=message.pk).update(body=MARKS[0])
        delete_message(message.pk, by=people.seller)
        gone = Event.objects.get(kind="note.shared_deleted").data["unsaid"]
        assert gone == [str(shared.pk), str(answered.pk)]
        assert [words_told(one, "answer") for one in (answered, kept)] == [None, "By the form."]
    for member in (people.seller, people.manager, people.representative):
        assert MARKS[0] not in read(member)
        assert "By the form." in read(member)
