"""What the verbs ask for, and what they leave behind: reasons, answers, appeals, awards, assignments."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from leads import services
from leads.models import Lead
from leads.states import LEAD, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Audience, Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member

pytestmark = pytest.mark.django_db

SUBMITTED, IN_PROGRESS, MORE_INFO = Status.SUBMITTED, Status.IN_PROGRESS, Status.MORE_INFO


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    return new_lead(seller, sales_support=False)


# What a step asks for


def test_texts_and_codes_are_asked_for(
    lead: Lead, people: SimpleNamespace, put: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    def missing(status: str, by: Membership, verb: Callable[..., Lead], **arguments: str) -> list[tuple[str, str]]:
        put(lead, status=status, resume_to=SUBMITTED)
        with acting(by), pytest.raises(Refused) as refused:
            verb(lead.pk, by=by, **arguments)
        return [(reason.code, reason.field) for reason in refused.value.reasons]

    manager, seller = people.manager, people.seller
    refuse, awarded, refused_before = services.refuse_lead, Status.AWARDED, Status.NOT_ELIGIBLE
    assert missing(SUBMITTED, manager, services.ask_for_information, question=" \n") == [
        ("question-missing", "question")
    ]
    assert missing(SUBMITTED, manager, refuse, code="not_a_fit", text="") == [("text-missing", "text")]
    assert missing(SUBMITTED, manager, refuse, code="because", text="No.") == [("code", "code")]
    assert missing(SUBMITTED, manager, refuse, code="", text="") == [("code", "code"), ("text-missing", "text")]
    assert missing(MORE_INFO, seller, services.answer_question, answer="") == [("answer-missing", "answer")]
    assert missing(refused_before, seller, services.appeal_lead, text=" ") == [("text-missing", "text")]
    assert missing(refused_before, manager, services.reopen_lead, text="") == [("text-missing", "text")]
    assert missing(awarded, manager, services.question_award, text="") == [("text-missing", "text")]
    assert missing(SUBMITTED, seller, services.withdraw_lead, reason="x" * 4001) == [("reason-too-long", "reason")]


def test_refusal_reaches_the_partner_with_code_and_text(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any], events_of: Callable[[Lead], list[Event]]
) -> None:
    with acting(people.manager):
        services.refuse_lead(lead.pk, code="duplicate", text="  We talk to them. ", by=people.manager)
    with acting(people.seller):
        read = Lead.objects.get(pk=lead.pk)
    assert (read.reason_code, read.reason_text) == ("duplicate", "We talk to them.")
    event = events_of(lead)[-1]
    assert event.audience == Audience.BOTH
    assert event.data["reason_word"] == "Already referred"


def test_plus_lead_without_terms_is_not_awarded(
    new_lead: Callable[..., Lead], people: SimpleNamespace, put: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    plus = put(new_lead(people.seller, kind="plus"), terms_version="")
    with acting(people.manager), pytest.raises(Refused) as refused:
        services.award_lead(plus.pk, by=people.manager)
    assert [reason.code for reason in refused.value.reasons] == ["terms"]


def test_every_missing_condition_is_named(lead: Lead, people: SimpleNamespace, put: Callable[..., Lead]) -> None:
    plus_terms = LEAD.verdict("start", put(lead, status=Status.AWARDED), people.rival)
    assert [(reason.code, reason.ok) for reason in plus_terms.reasons] == [
        ("status", False),
        ("permission", False),
        ("representative", False),
    ]


# The answer, the appeal, the second person


@pytest.mark.parametrize("origin", [SUBMITTED, IN_PROGRESS])
def test_answer_leads_back_to_where_the_question_came_from(
    origin: str,
    lead: Lead,
    people: SimpleNamespace,
    put: Callable[..., Lead],
    acting: Callable[..., Any],
    events_of: Callable[[Lead], list[Event]],
) -> None:
    put(lead, status=origin)
    with acting(people.manager):
        services.ask_for_information(lead.pk, question="How many tills?", by=people.manager)
    with acting(people.seller):
        answered = services.answer_question(lead.pk, answer="Four.", by=people.seller)
    assert (answered.status, answered.question, answered.resume_to) == (origin, "", "")
    data = events_of(lead)[-1].data
    assert (data["question"], data["answer"]) == ("How many tills?", "Four.")


def test_lead_is_appealed_once(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any], events_of: Callable[[Lead], list[Event]]
) -> None:
    refuse = {"code": "not_a_fit", "text": "No shop.", "by": people.manager}
    with acting(people.manager):
        services.refuse_lead(lead.pk, **refuse)
    with acting(people.seller):
        appealed = services.appeal_lead(lead.pk, text="They open in May.", by=people.seller)
    assert (appealed.status, appealed.appeal_text) == (SUBMITTED, "They open in May.")
    with acting(people.second):
        services.refuse_lead(lead.pk, **refuse | {"by": people.second})
    with acting(people.seller), pytest.raises(Refused) as refused:
        services.appeal_lead(lead.pk, text="Please.", by=people.seller)
    assert [reason.code for reason in refused.value.reasons] == ["appeal"]
    assert [event.kind for event in events_of(lead)] == [
        "lead.submitted",
        "lead.refused",
        "lead.appealed",
        "lead.refused",
    ]


def test_refusal_stays_in_the_timeline_after_reopening(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any], events_of: Callable[[Lead], list[Event]]
) -> None:
    with acting(people.manager):
        services.refuse_lead(lead.pk, code="not_a_fit", text="No shop.", by=people.manager)
        reopened = services.reopen_lead(lead.pk, text="They opened one.", by=people.manager)
    assert (reopened.status, reopened.reason_code, reopened.reason_text) == (SUBMITTED, "", "")
    refused, told = events_of(lead)[-2:]
    assert refused.data["reason_text"] == "No shop."
    refusal = {"status": "not_eligible", "reason_code": "not_a_fit", "reason_text": "No shop."}
    assert told.before == refusal | {"is_seen": False}


def test_award_is_taken_back_by_a_second_person_only(
    lead: Lead,
    people: SimpleNamespace,
    programme_admin: Membership,
    put: Callable[..., Lead],
    acting: Callable[..., Any],
) -> None:
    def reasons(by: Membership, verb: Callable[..., Lead]) -> list[str]:
        with acting(by), pytest.raises(Refused) as refused:
            verb(lead.pk, by=by)
        return [reason.code for reason in refused.value.reasons]

    put(lead, status=Status.AWARDED)
    assert reasons(people.second, services.take_back_award) == ["question"]
    with acting(people.manager):
        asked = services.question_award(lead.pk, text="A test record.", by=people.manager)
    assert (asked.status, asked.award_question) == (Status.AWARDED, "A test record.")
    assert reasons(people.manager, services.take_back_award) == ["second-person"]
    assert reasons(people.manager, services.keep_award) == ["second-person"]
    with acting(programme_admin):
        taken = services.take_back_award(lead.pk, by=programme_admin)
    assert (taken.status, taken.award_questioned_by_id, taken.award_question) == (IN_PROGRESS, None, "")


def test_kept_award_can_be_questioned_again(
    lead: Lead, people: SimpleNamespace, put: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    put(lead, status=Status.AWARDED)
    with acting(people.manager):
        services.question_award(lead.pk, text="Twice?", by=people.manager)
        with pytest.raises(Refused):
            services.question_award(lead.pk, text="Twice!", by=people.manager)
    with acting(people.second):
        services.keep_award(lead.pk, by=people.second)
        asked = services.question_award(lead.pk, text="Now me.", by=people.second)
    assert asked.award_questioned_by_id == people.second.pk


def test_partner_does_not_read_that_an_award_is_questioned(
    lead: Lead, people: SimpleNamespace, put: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    put(lead, status=Status.AWARDED)
    with acting(people.manager):
        services.question_award(lead.pk, text="A test record.", by=people.manager)
    with acting(people.seller):
        assert not Event.objects.filter(kind="lead.award_questioned").exists()


# Assigning


def test_assigning_anew_names_both_in_the_event(
    lead: Lead,
    people: SimpleNamespace,
    acme: Tenant,
    acting: Callable[..., Any],
    events_of: Callable[[Lead], list[Event]],
) -> None:
    other = make_member(acme, "Agnieszka Tarnas", Role.SALES_REPRESENTATIVE)
    with acting(people.manager):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
        after = services.assign_lead(lead.pk, to=other.pk, by=people.manager)
    event = events_of(lead)[-1]
    assert (after.status, after.representative_key) == (SUBMITTED, "agnieszka tarnas")
    assert event.before == {"representative": str(people.representative.pk)}
    assert event.after == {"representative": str(other.pk)}
    assert event.data["representative_name"] == event.data["assigned_to"] == "Agnieszka Tarnas"


def test_assigning_to_the_same_person_changes_nothing_and_tells_nobody(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any], events_of: Callable[[Lead], list[Event]]
) -> None:
    with acting(people.manager):
        first = services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager)
        again = services.assign_lead(lead.pk, to=people.representative.pk, by=people.manager, seen=first.version)
    assert again.version == first.version
    assert [event.kind for event in events_of(lead)].count("lead.assigned") == 1


def test_only_a_working_representative_of_the_vendor_can_be_chosen(
    lead: Lead,
    people: SimpleNamespace,
    acme: Tenant,
    finance: Membership,
    stranger: Membership,
    put: Callable[..., Lead],
    acting: Callable[..., Any],
) -> None:
    former = make_member(acme, "Former Colleague", Role.SALES_REPRESENTATIVE, is_active=False)
    refused = []
    for one in (people.seller, finance, stranger, former):
        with acting(people.manager):
            try:
                services.assign_lead(lead.pk, to=one.pk, by=people.manager)
            except Refused as refusal:
                refused += [(reason.code, reason.field) for reason in refusal.reasons]
    assert refused == [("representative", "to")] * 4
    assert put(lead).representative_id is None


def test_many_are_assigned_each_with_its_own_result(
    new_lead: Callable[..., Lead],
    people: SimpleNamespace,
    put: Callable[..., Lead],
    acting: Callable[..., Any],
    stranger: Membership,
) -> None:
    fine, taken, closed = (new_lead(people.seller, company=name) for name in ("Fine", "Taken", "Closed"))
    foreign = new_lead(stranger)
    with acting(people.second):
        services.award_lead(taken.pk, by=people.second)
    put(closed, status=Status.WITHDRAWN)
    chosen = {fine.pk: fine.version, taken.pk: taken.version, closed.pk: closed.version, foreign.pk: 1}
    with acting(people.manager):
        results = services.assign_leads(chosen, to=people.representative.pk, by=people.manager)
    assert results[fine.pk].representative == people.representative
    assert results[taken.pk].difference["status"] == ("submitted", "awarded")
    assert [reason.code for reason in results[closed.pk].reasons] == ["status"]
    assert [reason.code for reason in results[foreign.pk].reasons] == ["gone"]
    assert put(fine).representative_id == people.representative.pk
    assert put(taken).representative_id is put(closed).representative_id is None


def test_nobody_awards_what_they_submitted_from_another_seat(
    acme: Tenant, seller: Membership, manager: Membership, new_lead: Callable[..., Lead], acting: Any
) -> None:
    """Persons count, not seats: a partner's member who works for the vendor now (rulings 13)."""
    lead = new_lead(seller)
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(is_active=False)
    changed_sides = make_member(acme, "Maren Now Ours", Role.CHANNEL_MANAGER, user=seller.user)
    with acting(changed_sides), pytest.raises(Refused) as refused:
        services.award_lead(lead.pk, by=changed_sides)
    assert [reason.code for reason in refused.value.reasons] == ["self-award"]
    with acting(manager):
        assert services.award_lead(lead.pk, by=manager).status == "awarded"
