"""What the verbs of a lead refuse, and what they tell whoever was slower.

Every step from every status, by everybody: tests/kits/test_steps.py, by the table of tests/leads/brings.py.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.timezone import now

from leads import services
from leads.models import Lead
from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused, Stale
from partnerhub.events.models import Event
from tests.leads.brings import TABLE

pytestmark = pytest.mark.django_db

SUBMITTED, IN_PROGRESS = Status.SUBMITTED, Status.IN_PROGRESS
PARTNER_STEPS = {"name_team", "give_info", "withdraw", "ask_support", "appeal", "convert"}
INVISIBLE = {Status.DRAFT, Status.DISCARDED}


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    return new_lead(seller, sales_support=False)


def verb_of(step: str, people: SimpleNamespace) -> Callable[..., Lead]:
    """The verb of a step with everything it asks for; call it with the lead's id, `by` and `seen`."""
    more: dict[str, tuple[Callable[..., Lead], dict[str, Any]]] = {
        "assign": (services.assign_lead, {"to": people.representative.pk}),
        "mark_seen": (services.mark_seen, {}),
        "unmark_seen": (services.unmark_seen, {}),
        "let_stand": (services.let_lead_stand, {}),
        "start": (services.start_lead, {}),
        "ask_info": (services.ask_for_information, {"question": "How many tills?"}),
        "give_info": (services.answer_question, {"answer": "Four."}),
        "correct_question": (services.correct_question, {"question": "How many shops?"}),
        "take_back_question": (services.take_back_question, {"text": "Found it on their website."}),
        "award": (services.award_lead, {}),
        "refuse": (services.refuse_lead, {"code": "not_a_fit", "text": "They have no shop."}),
        "withdraw": (services.withdraw_lead, {"reason": "Bought elsewhere."}),
        "name_team": (services.name_team, {"owner": None, "team": [people.teammate.pk]}),
        "ask_support": (services.ask_for_support, {}),
        "appeal": (services.appeal_lead, {"text": "They open one in May."}),
        "reopen": (services.reopen_lead, {"text": "They opened one."}),
        "question_award": (services.question_award, {"text": "A test record."}),
        "take_back_award": (services.take_back_award, {}),
        "keep_award": (services.keep_award, {}),
        "convert": (services.convert_lead, {"agreed": True, "name": "Tills", "solutions": [], "team": []}),
    }
    verb, arguments = more[step]
    return lambda lead_id, **kwargs: verb(lead_id, **arguments, **kwargs)


def actor_of(step: str, people: SimpleNamespace) -> Membership:
    if step in PARTNER_STEPS:
        return people.seller
    return people.second if step in {"take_back_award", "keep_award"} else people.manager


def columns_in(status: str, step: str, people: SimpleNamespace) -> dict[str, Any]:
    """The columns of a lead in this status from which the step lacks nothing but, perhaps, the status."""
    number = {"number": None, "submitted_at": None} if status in INVISIBLE else {"number": 7, "submitted_at": now()}
    return number | {
        "status": status,
        "version": 5,
        "sales_support": False,
        "is_seen": step == "unmark_seen",
        "is_in_review": step == "let_stand",
        "representative_id": people.representative.pk if step == "start" else None,
        "resume_to": SUBMITTED,
        "question": "How many tills?",
        "appeal_text": "",
        "award_questioned_by_id": people.manager.pk if step in {"take_back_award", "keep_award"} else None,
    }


@pytest.mark.parametrize("step", TABLE)
def test_refusal_names_the_open_steps_and_writes_nothing(
    step: str,
    lead: Lead,
    people: SimpleNamespace,
    put: Callable[..., Lead],
    acting: Callable[..., Any],
    events_of: Callable[[Lead], list[Event]],
) -> None:
    before = put(lead, **columns_in(Status.WITHDRAWN, step, people))
    told = len(events_of(lead))
    with acting(actor_of(step, people)), pytest.raises(Refused) as refused:
        verb_of(step, people)(lead.pk, by=actor_of(step, people), seen=5)
    after = put(lead)
    assert refused.value.allowed == []
    assert {name: getattr(after, name) for name in vars(before) if name != "_state"} == {
        name: value for name, value in vars(before).items() if name != "_state"
    }
    assert len(events_of(lead)) == told


def test_refusal_tells_what_is_open_instead(lead: Lead, people: SimpleNamespace, acting: Callable[..., Any]) -> None:
    with acting(people.manager), pytest.raises(Refused) as refused:
        services.start_lead(lead.pk, by=people.manager)
    assert [reason.code for reason in refused.value.reasons] == ["representative"]
    assert refused.value.allowed == ["assign", "mark_seen", "ask_info", "award", "refuse"]


# Who


@pytest.mark.parametrize("step", TABLE)
def test_whoever_may_not_take_the_step_is_refused_or_finds_nothing(
    step: str,
    lead: Lead,
    people: SimpleNamespace,
    colleague: Membership,
    finance: Membership,
    stranger: Membership,
    put: Callable[..., Lead],
    acting: Callable[..., Any],
) -> None:
    sources, _ = TABLE[step]
    source = next(status for status in Status if status in sources)
    before = put(lead, **columns_in(source, step, people))
    outcome = {}
    other_side = people.manager if step in PARTNER_STEPS else people.seller
    for name, actor in {
        "other side": other_side,
        "reads only": finance,
        "colleague": colleague,
        "rival": people.rival,
        "stranger": stranger,
    }.items():
        with acting(actor):
            try:
                verb_of(step, people)(lead.pk, by=actor, seen=5)
            except Refused as refusal:
                outcome[name] = {reason.code for reason in refusal.reasons}
            except Lead.DoesNotExist:
                outcome[name] = "not there"
    assert outcome == {
        "other side": {"permission"} | ({"self-award"} if step == "award" else set()),
        "reads only": {"permission"},
        "colleague": "not there",
        "rival": "not there",
        "stranger": "not there",
    }
    assert put(lead).version == before.version


def test_representative_works_the_own_leads_and_sees_no_other(
    new_lead: Callable[..., Lead], people: SimpleNamespace, put: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    mine, other = new_lead(people.seller, company="Mine"), new_lead(people.seller, company="Other")
    put(mine, representative_id=people.representative.pk)
    by = people.representative
    with acting(by):
        assert services.start_lead(mine.pk, by=by).status == IN_PROGRESS
        with pytest.raises(Lead.DoesNotExist):
            services.start_lead(other.pk, by=by)
        with pytest.raises(Refused) as refused:
            services.award_lead(mine.pk, by=by)
    assert [reason.code for reason in refused.value.reasons] == ["permission"]


# The version


def test_stale_version_gets_the_current_record_and_the_difference(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    with acting(people.second):
        services.assign_lead(lead.pk, to=people.representative.pk, by=people.second)
        services.start_lead(lead.pk, by=people.second)
    with acting(people.manager), pytest.raises(Stale) as stale:
        services.refuse_lead(lead.pk, code="other", text="No.", by=people.manager, seen=lead.version)
    assert stale.value.current.status == IN_PROGRESS
    assert stale.value.current.representative == people.representative
    assert stale.value.difference == {
        "representative": (None, str(people.representative.pk)),
        "status": ("submitted", "in_progress"),
    }


def test_what_changed_there_and_back_is_no_difference(
    lead: Lead, people: SimpleNamespace, acting: Callable[..., Any]
) -> None:
    with acting(people.manager):
        services.ask_for_information(lead.pk, question="How many tills?", by=people.manager)
    with acting(people.seller):
        services.answer_question(lead.pk, answer="Four.", by=people.seller)
    with acting(people.manager), pytest.raises(Stale) as stale:
        services.award_lead(lead.pk, by=people.manager, seen=lead.version)
    assert stale.value.difference == {}


def test_who_was_faster_is_said_as_far_as_the_reader_may_know(
    lead: Lead, people: SimpleNamespace, put: Callable[..., Lead], acting: Callable[..., Any]
) -> None:
    """What the vendor's people do among themselves moves the version on, and names nobody to the partner."""
    put(lead, status=Status.AWARDED)
    with acting(people.manager):
        services.question_award(lead.pk, text="A test record.", by=people.manager)
    told = {}
    for actor in (people.second, people.seller):
        with acting(actor), pytest.raises(Stale) as stale:
            services.withdraw_lead(lead.pk, by=actor, seen=lead.version)
        told[actor.side] = stale.value.who
    assert told == {"vendor": people.manager.name, "partner": ""}
