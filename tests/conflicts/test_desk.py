"""The conflict desk (rulings 13): what stands side by side, how it is decided, and what each partner reads of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead, Program
from leads.services import award_lead, let_lead_stand, new_lead_id, refuse_lead, submit_lead, withdraw_lead
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.conflicts.models import ConflictCase, CreditShare
from partnerhub.conflicts.selectors import shares_of
from partnerhub.conflicts.services import decide_for_one, let_all_stand, split_credit
from partnerhub.conflicts.states import Status
from partnerhub.errors import Refused, Stale
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import answers

WHY = "Both of them have met the owner."


@pytest.fixture
def held(acme: Tenant, rival: Membership, new_lead: Callable[..., Lead]) -> Lead:
    """The rival's lead, which is protected."""
    acme.conflict_check = "tell"
    acme.save(update_fields=["conflict_check"])
    lead = new_lead(rival)
    with tenant_scope(acme):
        Lead.objects.filter(pk=lead.pk).update(protected_until=now() + timedelta(days=20))
    return lead


@pytest.fixture
def reviewed(held: Lead, seller: Membership, acting: Any) -> Lead:
    """The seller's for the same business, sent for review."""
    values = answers(consent=True, terms=True, consent_date=None, sales_support=True)
    with acting(seller):
        program = Program.objects.get(slug="pos")
        return submit_lead(new_lead_id(), program=program, answers=values, by=seller, review="We met in May.")


@pytest.fixture
def case(reviewed: Lead, acme: Tenant) -> ConflictCase:
    with tenant_scope(acme):
        return ConflictCase.objects.get(lead=reviewed)


def mails(acme: Tenant, to: Membership) -> list[str]:
    """What this person was told of decisions: kind of event and text of the mail."""
    while fan_out_events():
        pass
    with tenant_scope(acme):
        kinds = ("lead.let_stand", "lead.conflict_decided", "lead.refused")
        told = Message.objects.filter(address=to.user.email, event__kind__in=kinds)
        return list(told.values_list("event__kind", flat=True))


def test_a_lead_in_review_stands_beside_what_it_collides_with(
    case: ConflictCase,
    held: Lead,
    acme: Tenant,
    seller: Membership,
    manager: Membership,
    client_of: Callable[[Membership], Client],
    acting: Any,
) -> None:
    assert (case.status, case.verdict, case.rivals) == (Status.OPEN, "held", [held.pk])
    page = client_of(manager).get(f"/acme{case.urls.page}").content.decode()
    for words in ("Nordwind Retail", "Baltkassa", "We met in May.", "Side by side", held.reference):
        assert words in page
    assert case.urls.page in client_of(manager).get(f"/acme/leads/{case.lead_id}/").content.decode()
    assert "conflicts/" not in client_of(seller).get(f"/acme/leads/{case.lead_id}/").content.decode()
    assert client_of(seller).get(f"/acme{case.urls.page}").status_code in {403, 404}
    with acting(seller):
        assert not ConflictCase.objects.exists()


def test_all_stand_and_both_are_told_why(
    case: ConflictCase,
    held: Lead,
    acme: Tenant,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    acting: Any,
) -> None:
    with acting(manager):
        done = let_all_stand(case.pk, text=WHY, by=manager, seen=case.version)
        assert (done.status, done.reason, done.decided_by) == (Status.STANDS, WHY, manager.name)
        assert not Lead.objects.get(pk=case.lead_id).is_in_review
        with pytest.raises(Stale):
            let_all_stand(case.pk, text=WHY, by=manager, seen=case.version)
    assert mails(acme, seller) == ["lead.let_stand"]
    assert mails(acme, rival) == ["lead.conflict_decided"]
    with tenant_scope(acme):
        for event in Event.objects.filter(kind__in=["lead.let_stand", "lead.conflict_decided"]):
            other = "Baltkassa" if event.subject_id == case.lead_id else "Nordwind"
            assert event.data["reason_text"] == WHY
            assert other not in str(event.data)


@pytest.mark.parametrize("goes_on", ["reviewed", "held"])
def test_for_one_the_other_is_not_eligible(
    case: ConflictCase,
    held: Lead,
    acme: Tenant,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    acting: Any,
    goes_on: str,
) -> None:
    winner, loser = (case.lead_id, held.pk) if goes_on == "reviewed" else (held.pk, case.lead_id)
    with acting(manager):
        done = decide_for_one(case.pk, winner=winner, text=WHY, by=manager)
        assert (done.status, done.winner_id) == (Status.DECIDED, winner)
        lost, won = Lead.objects.get(pk=loser), Lead.objects.get(pk=winner)
        assert (lost.status, lost.reason_code, lost.reason_text) == ("not_eligible", "duplicate", WHY)
        assert (won.status, won.is_in_review) == ("submitted", False)
    told = ("lead.let_stand", "lead.refused") if goes_on == "reviewed" else ("lead.refused", "lead.conflict_decided")
    assert (mails(acme, seller), mails(acme, rival)) == ([told[0]], [told[1]])


def test_what_is_awarded_is_not_lost_by_one_person_alone(
    case: ConflictCase, held: Lead, manager: Membership, acting: Any
) -> None:
    with acting(manager):
        award_lead(held.pk, by=manager)
        with pytest.raises(Refused, match="awarded"):
            decide_for_one(case.pk, winner=case.lead_id, text=WHY, by=manager)


def test_credit_is_split_by_shares_that_are_a_hundred_together(
    case: ConflictCase,
    held: Lead,
    acme: Tenant,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    acting: Any,
    call: Call,
    client_of: Callable[[Membership], Client],
) -> None:
    def parts(here: int, there: int) -> list[dict[str, Any]]:
        return [{"lead": case.lead_id, "percent": here}, {"lead": held.pk, "percent": there}]

    with acting(manager):
        for wrong in (parts(60, 30), parts(100, 0), parts(60, 40)[:1], parts(50, 40) + parts(10, 0)[:1]):
            with pytest.raises(Refused) as refused:
                split_credit(case.pk, shares=wrong, text=WHY, by=manager)
            assert refused.value.reasons[0].field == "shares"
        split_credit(case.pk, shares=parts(60, 40), text=WHY, by=manager)
        assert [(one.lead_id, one.percent) for one in shares_of(held)] == [(case.lead_id, 60), (held.pk, 40)]
    with acting(seller):
        assert [one.percent for one in shares_of(Lead.objects.get(pk=case.lead_id))] == [60]
    assert call(seller).get(f"leads/{case.lead_id}/").json()["credit_percent"] == 60
    assert call(manager).get(f"conflicts/{case.pk}/").json()["shares"][1]["percent"] == 40
    page = client_of(rival).get(f"/acme/leads/{held.pk}/").content.decode()
    assert "share is 40 %" in page
    assert "Nordwind" not in page
    assert (mails(acme, seller), mails(acme, rival)) == (["lead.let_stand"], ["lead.conflict_decided"])
    with tenant_scope(acme):
        told = {event.kind: event.data["share"] for event in Event.objects.filter(data__share__isnull=False)}
        assert told == {"lead.let_stand": 60, "lead.conflict_decided": 40}
        rows = CreditShare.objects.filter(lead=held)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(percent=50)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.delete()


def test_the_database_itself_takes_whole_shares_only(case: ConflictCase, held: Lead, acme: Tenant) -> None:
    with tenant_scope(acme):
        part = CreditShare(case=case, lead=held, partner=held.partner, percent=20)
        with pytest.raises(IntegrityError, match="100 together"), transaction.atomic():
            part.save(force_insert=True)


@pytest.mark.parametrize(
    ("act", "status"),
    [("let_stand", Status.STANDS), ("award", Status.ENDED), ("refuse", Status.REFUSED), ("withdraw", Status.ENDED)],
)
def test_decided_on_the_leads_own_page_the_case_is_over_too(
    case: ConflictCase, acme: Tenant, seller: Membership, manager: Membership, acting: Any, act: str, status: str
) -> None:
    acts: dict[str, tuple[Membership, Callable[[], Lead]]] = {
        "let_stand": (manager, lambda: let_lead_stand(case.lead_id, by=manager)),
        "award": (manager, lambda: award_lead(case.lead_id, by=manager)),
        "refuse": (manager, lambda: refuse_lead(case.lead_id, code="other", text="No.", by=manager)),
        "withdraw": (seller, lambda: withdraw_lead(case.lead_id, reason="", by=seller)),
    }
    by, verb = acts[act]
    with acting(by):
        verb()
    with tenant_scope(acme):
        assert ConflictCase.objects.get(pk=case.pk).status == status
