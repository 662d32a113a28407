"""An open question: answered in its box or by a message, corrected, taken back; and nobody at a dead end."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leads import services
from leads.models import Lead
from leads.states import Status
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused, Stale
from partnerhub.events.models import Event
from partnerhub.notes.models import Attachment, SharedMessage
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

pytestmark = pytest.mark.django_db

QUESTION = "How many tills?"
OPEN_STILL = "The question is still open."


@pytest.fixture
def asked(new_lead: Callable[..., Lead], people: SimpleNamespace, acting: Callable[..., Any]) -> Lead:
    """A lead in progress, about which its representative asks."""
    lead = new_lead(people.seller)
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
    with acting(people.representative):
        services.start_lead(lead.pk, by=people.representative)
        return services.ask_for_information(lead.pk, question=QUESTION, by=people.representative)


@pytest.fixture
def partners_page(asked: Lead, people: SimpleNamespace, client_of: Callable[..., Client]) -> Callable[[], str]:
    def read() -> str:
        return client_of(people.seller).get(f"/acme/leads/{asked.pk}/").content.decode()

    return read


def mail_of(acme: Tenant, kind: str) -> list[tuple[str, str]]:
    """Who gets mail of an event of this kind, and for what."""
    fan_out_events()
    with tenant_scope(acme):
        rows = Message.objects.filter(kind=kind).order_by("address")
        return list(rows.values_list("address", "purpose"))


# The vendor's way out


def test_a_question_asked_by_mistake_is_taken_back_with_a_word(
    asked: Lead, people: SimpleNamespace, acting: Callable[..., Any], put: Callable[..., Lead], acme: Tenant
) -> None:
    with acting(people.representative):
        lead = services.take_back_question(asked.pk, text="Meant for another lead.", by=people.representative)
    assert (lead.status, lead.question, lead.resume_to) == (Status.IN_PROGRESS, "", "")
    assert put(lead).question == ""
    assert mail_of(acme, "lead.info_taken_back") == [(people.seller.user.email, "lead-status")]


def test_a_word_is_needed_to_take_it_back(asked: Lead, people: SimpleNamespace, acting: Callable[..., Any]) -> None:
    with acting(people.manager), pytest.raises(Refused) as refused:
        services.take_back_question(asked.pk, text=" ", by=people.manager)
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [("text-missing", "text")]


def test_a_corrected_question_is_the_one_to_answer(
    asked: Lead,
    people: SimpleNamespace,
    acting: Callable[..., Any],
    events_of: Callable[[Lead], list[Event]],
    acme: Tenant,
) -> None:
    with acting(people.manager):
        lead = services.correct_question(asked.pk, question="How many shops?", by=people.manager)
        same = services.correct_question(asked.pk, question=" How many shops? ", by=people.manager)
    assert (lead.status, lead.question, lead.resume_to) == (Status.MORE_INFO, "How many shops?", Status.IN_PROGRESS)
    assert same.version == lead.version
    corrected = [event for event in events_of(lead) if event.kind == "lead.info_corrected"]
    assert [(event.before, event.after) for event in corrected] == [
        ({"question": QUESTION}, {"question": "How many shops?"})
    ]
    assert mail_of(acme, "lead.info_corrected") == [(people.seller.user.email, "lead-status")]


def test_whoever_answers_the_former_question_sees_the_new_one_first(
    asked: Lead, people: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    with acting(people.manager):
        services.correct_question(asked.pk, question="How many shops?", by=people.manager)
    with acting(people.seller), pytest.raises(Stale) as stale:
        services.answer_question(asked.pk, answer="Four.", by=people.seller, seen=asked.version)
    assert stale.value.difference == {"question": (QUESTION, "How many shops?")}
    assert stale.value.who == people.manager.name


@pytest.mark.parametrize("who", ["representative", "manager"])
def test_whoever_works_the_lead_sees_whose_turn_it_is_and_has_a_step(
    asked: Lead, people: SimpleNamespace, client_of: Callable[..., Client], who: str
) -> None:
    page = client_of(getattr(people, who)).get(f"/acme/leads/{asked.pk}/").content.decode()
    assert "Waiting for an answer from Nordwind Retail" in page
    assert QUESTION in page
    for step in ("take-back-question", "correct-question"):
        assert f'href="/acme/leads/{asked.pk}/{step}/?seen={asked.version}"' in page


def test_the_pages_of_both_steps(asked: Lead, people: SimpleNamespace, client_of: Callable[..., Client]) -> None:
    client, base = client_of(people.representative), f"/acme/leads/{asked.pk}/"
    assert QUESTION in client.get(f"{base}correct-question/").content.decode()
    changed = client.post(f"{base}correct-question/", {"version": asked.version, "question": "How many shops?"})
    assert changed.status_code == 302
    back = client.post(f"{base}take-back-question/", {"version": asked.version + 1, "text": "Never mind."}, follow=True)
    page = back.content.decode()
    assert "The partner is told." in page
    assert "Question taken back" in page
    assert "Never mind." in page


# The partner's answer


def test_the_page_is_where_the_question_is_answered(
    asked: Lead, people: SimpleNamespace, client_of: Callable[..., Client], acme: Tenant, put: Any
) -> None:
    client = client_of(people.seller)
    page = client.get(f"/acme/leads/{asked.pk}/").content.decode()
    box = page.partition('aria-labelledby="question-title"')[2].partition("</section>")[0]
    for words in (QUESTION, "Solveig Aastad, Acme Commerce", 'name="answer"', 'name="files"', "Send answer"):
        assert words in box
    tills = SimpleUploadedFile("tills.csv", b"shop,tills\nHamburg,4\n", content_type="text/csv")
    sent = client.post(
        f"/acme/leads/{asked.pk}/give-info/", {"version": asked.version, "answer": "Four.", "files": [tills]}
    )
    assert sent.status_code == 302
    assert put(asked).status == Status.IN_PROGRESS
    with tenant_scope(acme):
        assert list(Attachment.objects.values_list("name", flat=True)) == ["tills.csv"]
        told = Event.objects.get(kind="lead.info_given").data
    assert (told["question"], told["answer"], told["files"]) == (QUESTION, "Four.", ["tills.csv"])


def test_an_answer_whose_file_is_refused_is_not_half_sent(
    asked: Lead, people: SimpleNamespace, client_of: Callable[..., Client], put: Any
) -> None:
    bad = SimpleUploadedFile("virus.exe", b"MZ", content_type="application/octet-stream")
    sent = client_of(people.seller).post(
        f"/acme/leads/{asked.pk}/give-info/", {"version": asked.version, "answer": "Four.", "files": [bad]}
    )
    assert sent.status_code == 422
    assert "Four.</textarea>" in sent.content.decode()
    assert put(asked).status == Status.MORE_INFO


def test_a_message_is_the_answer_where_its_writer_says_so(
    asked: Lead,
    people: SimpleNamespace,
    client_of: Callable[..., Client],
    put: Any,
    acme: Tenant,
    partners_page: Callable[[], str],
) -> None:
    assert "This answers the question" in partners_page()
    sent = client_of(people.seller).post(
        f"/acme/leads/{asked.pk}/messages/", {"body": "Four.", "once": new_id(), "answers": asked.version}
    )
    assert sent.status_code == 302
    assert put(asked).status == Status.IN_PROGRESS
    with tenant_scope(acme):
        message = SharedMessage.objects.get()
        assert message.body == "Four."
        assert Event.objects.get(kind="lead.info_given").data["message_id"] == str(message.pk)
    assert mail_of(acme, "lead.info_given") == [(people.representative.user.email, "lead-status")]
    assert mail_of(acme, "note.shared") == []  # told once
    assert "This answers the question" not in partners_page()


def test_a_message_without_the_tick_leaves_the_question_open_and_says_so(
    asked: Lead, people: SimpleNamespace, client_of: Callable[..., Client], put: Any
) -> None:
    sent = client_of(people.seller).post(
        f"/acme/leads/{asked.pk}/messages/", {"body": "I ask them.", "once": new_id()}, follow=True
    )
    page = sent.content.decode()
    assert OPEN_STILL in page
    assert "A question for you" in page
    assert put(asked).status == Status.MORE_INFO


def test_the_same_answering_message_sent_twice_is_one(
    asked: Lead, people: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    once = new_id()
    with acting(people.seller):
        for _try in range(2):
            services.answer_by_message(asked.pk, body="Four.", by=people.seller, once=once, seen=asked.version)
        assert SharedMessage.objects.count() == 1
        assert Event.objects.filter(kind="lead.info_given").count() == 1


def test_a_message_that_answers_another_question_is_not_sent_and_stays_typed(
    asked: Lead, people: SimpleNamespace, acting: Callable[..., Any], client_of: Callable[..., Client], acme: Tenant
) -> None:
    with acting(people.manager):
        services.correct_question(asked.pk, question="How many shops?", by=people.manager)
    sent = client_of(people.seller).post(
        f"/acme/leads/{asked.pk}/messages/", {"body": "Four tills.", "once": new_id(), "answers": asked.version}
    )
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Your message is not sent yet." in page
    assert "Four tills.</textarea>" in page
    assert "How many shops?" in page
    with tenant_scope(acme):
        assert not SharedMessage.objects.exists()


def test_over_the_api_too(call: Call, asked: Lead, people: SimpleNamespace, put: Any) -> None:
    api, address = call(people.seller), f"leads/{asked.pk}/messages/"
    assert api.post(address, {"body": "I ask them."}).status_code == 201
    assert put(asked).status == Status.MORE_INFO
    answer = {"body": "Four.", "answers_question": True}
    assert api.post(address, answer).status_code == 428
    assert api.post(address, answer, version=asked.version - 1).status_code == 412
    sent = api.post(address, answer, version=asked.version)
    assert (sent.status_code, sent.json()["body"]) == (201, "Four.")
    assert put(asked).status == Status.IN_PROGRESS
    assert api.post(address, answer, version=asked.version + 1).status_code == 409


# Who reads along


@pytest.fixture
def reading_along(asked: Lead, colleague: Membership, put: Any) -> Membership:
    """A Referrals user who once submitted the lead: sees it, and may not answer."""
    put(asked, submitted_by_id=colleague.pk)
    return colleague


def test_who_may_not_answer_is_told_who_may(
    asked: Lead, reading_along: Membership, client_of: Callable[..., Client]
) -> None:
    page = client_of(reading_along).get(f"/acme/leads/{asked.pk}/").content.decode()
    assert QUESTION in page
    assert "It can be answered by: Maren Feddersen." in page
    assert 'name="answer"' not in page
    assert "A question for you" not in page
    assert "This answers the question" not in page


def test_a_message_of_who_may_not_answer_answers_nothing(
    asked: Lead, reading_along: Membership, client_of: Callable[..., Client], call: Call, put: Any
) -> None:
    message = {"body": "Four.", "once": new_id(), "answers": asked.version}
    page = client_of(reading_along).post(f"/acme/leads/{asked.pk}/messages/", message)
    assert page.status_code == 422
    sent = call(reading_along).post(
        f"leads/{asked.pk}/messages/", {"body": "Four.", "answers_question": True}, version=asked.version
    )
    assert sent.status_code == 403
    assert put(asked).status == Status.MORE_INFO


def test_an_answer_that_mentions_somebody_tells_them_of_that_alone(
    asked: Lead, people: SimpleNamespace, acting: Callable[..., Any], acme: Tenant
) -> None:
    with acting(people.seller):
        words = f"Four tills, @{people.representative.name}."
        services.answer_by_message(asked.pk, body=words, by=people.seller)
    assert mail_of(acme, "lead.info_given") == [(people.representative.email, "mention")]
    assert mail_of(acme, "note.shared") == []
