"""What is counted of leads, claims and deals; event by event it comes to the same as all at once (B9)."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from deals.models import Deal
from deals.services.deals import edit_deal, lose_deal, move_deal, strike_deal, win_deal
from leads.models import Lead
from leads.services import answer_question, ask_for_information, assign_lead, award_lead, refuse_lead, start_lead
from leads.states import ReasonCode
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.claims.services import claim_lead, return_lead, say_progress
from partnerhub.claims.tasks import sweep as sweep_claims
from partnerhub.events.models import Event
from partnerhub.ranking.models import RankingTally, Scorecard, UncountedEvent
from partnerhub.ranking.selectors import score_for
from partnerhub.ranking.services import count_partner, count_waiting, note_uncounted
from partnerhub.ranking.states import Totals
from partnerhub.ranking.tasks import sweep
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.ranking.conftest import MONDAY, cases_of, sums_of

pytestmark = pytest.mark.django_db
NewDeal = Callable[..., Deal]
Offers = Callable[..., list[Lead]]
DAY = timedelta(days=1)


def totals(tenant: Tenant, of: Membership) -> Totals:
    with tenant_scope(tenant):
        assert of.partner
        return score_for(of.partner).totals


@pytest.fixture
def story(
    time: Any,
    acme: Tenant,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    acting: Any,
    offers: Offers,
    new_deal: NewDeal,
    new_lead: Callable[..., Lead],
) -> None:
    """Five weeks of two partners: Nordwind picks what it takes, Baltkassa takes everything and lets it lie."""
    mine, theirs = offers(seller, 5), offers(rival, 3)
    own = new_lead(seller, company="Own shop", website="https://own.example.org", country="PL")
    asked = new_lead(rival, company="Asked", website="https://asked.example.org")
    time.shift(timedelta(hours=3))
    with acting(seller):
        for lead in mine[:2]:
            claim_lead(lead.pk, by=seller)
        return_lead(mine[2].pk, text="Too far away.", by=seller)
        say_progress(mine[0].pk, progress="meeting", text="On Friday.", by=seller)
    with acting(rival):
        for lead in theirs:
            claim_lead(lead.pk, by=rival)
    with acting(manager):
        for lead in (own, asked):
            assign_lead(lead.pk, to=manager.pk, by=manager)
            start_lead(lead.pk, by=manager)
        ask_for_information(asked.pk, question="How many tills?", by=manager)
    deals = [new_deal(seller, name=f"Deal {number}") for number in range(5)]
    new_deal(seller, name="Nobody else's", type="private")
    time.shift(2 * DAY)
    with acting(seller):
        return_lead(mine[3].pk, text="Too far away.", by=seller)
        move_deal(deals[0].pk, stage="40", by=seller)
        win_deal(deals[1].pk, value_minor=2_000_000, currency="USD", close_date=MONDAY.date(), by=seller)
        lose_deal(deals[2].pk, code="price", by=seller)
        strike_deal(deals[3].pk, code="by_mistake", by=seller)
    with acting(rival):
        answer_question(asked.pk, answer="Four.", by=rival)
    time.shift(12 * DAY)
    sweep_claims()
    with acting(seller):
        for lead in mine[:2]:
            say_progress(lead.pk, progress="contacted", text="They think about it.", by=seller)
    time.shift(20 * DAY)
    for _each in ("warned", "lapsed"):
        sweep_claims()
    with acting(manager):
        award_lead(own.pk, by=manager)
        refuse_lead(asked.pk, code=ReasonCode.NOT_A_FIT, text="Too small.", by=manager)


def test_what_is_counted_of_five_weeks(story: None, acme: Tenant, seller: Membership, rival: Membership) -> None:
    assert count_waiting(acme) > 0
    sweep()
    # Offers: taken and taken, declined after hours and after days, expired. Deals: moved, won, lost, let lie.
    mine = {"asked": 5, "quick": 3, "soon": 1, "progressed": 4, "won": 1, "declined": 2, "lost": 1, "dropped": 2}
    told = {"deals": 4, "sized": 4, "dated": 2, "due": 4, "reported": 2}
    assert totals(acme, seller) == Totals(cases=9, **mine, **told)
    # Three offers taken at once and let lie, and a question that was answered after two days.
    assert totals(acme, rival) == Totals(cases=4, asked=4, quick=3, soon=1, dropped=3)
    with tenant_scope(acme):
        fit = {row.about: row.totals for row in RankingTally.objects.filter(partner=seller.partner)}
        assert not UncountedEvent.objects.exists()
    assert (fit["country:PL"].won, fit["country:DE"].declined, fit["size:medium"].won) == (1, 2, 1)


@pytest.mark.parametrize("seed", range(4))
def test_event_by_event_it_is_as_all_at_once_in_any_order_and_however_often(
    story: None, acme: Tenant, seller: Membership, rival: Membership, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same order in every run
    with tenant_scope(acme):
        UncountedEvent.objects.all().delete()
        events = list(Event.objects.filter(subject_type__in=["lead", "claim", "deal", "clock"]))
    chance.shuffle(events)
    events += chance.sample(events, len(events) // 2)
    while events:
        many = chance.randint(1, 12)
        some, events = events[:many], events[many:]
        with tenant_scope(acme):
            note_uncounted(some)
        count_waiting(acme)
    sums, cases = sums_of(acme), cases_of(acme)
    assert len(sums) > 10
    for member in (seller, rival):
        assert member.partner
        count_partner(acme, member.partner)
    assert (sums_of(acme), cases_of(acme)) == (sums, cases)


def test_an_event_that_is_counted_again_changes_nothing(story: None, acme: Tenant) -> None:
    count_waiting(acme)
    before = sums_of(acme), cases_of(acme)
    with tenant_scope(acme):
        note_uncounted(list(Event.objects.filter(kind="deal.won")))
    assert count_waiting(acme) == 1
    assert count_waiting(acme) == 0
    assert (sums_of(acme), cases_of(acme)) == before


def test_it_is_counted_when_the_event_is_told_and_when_a_day_passes(
    time: Any, acme: Tenant, seller: Membership, new_deal: NewDeal, acting: Any
) -> None:
    deal = new_deal(seller)
    fan_out_events()
    assert totals(acme, seller) == Totals(cases=1, deals=1, sized=1, dated=1)
    time.shift(9 * DAY)
    sweep()
    assert totals(acme, seller).dropped == 0
    time.shift(2 * DAY)
    sweep()
    assert totals(acme, seller) == Totals(cases=1, dropped=1, deals=1, sized=1, due=1)
    with acting(seller):
        edit_deal(deal.pk, close_date=(MONDAY + 40 * DAY).date(), by=seller)
    fan_out_events()
    assert totals(acme, seller) == Totals(cases=1, deals=1, sized=1, dated=1)
    time.shift(364 * DAY)
    assert totals(acme, seller) == Totals()


def test_a_question_that_nobody_answers_is_late_once_it_is_overdue(
    time: Any, acme: Tenant, seller: Membership, manager: Membership, new_lead: Callable[..., Lead], acting: Any
) -> None:
    lead = new_lead(seller)
    fan_out_events()
    with acting(manager):
        assign_lead(lead.pk, to=manager.pk, by=manager)
        start_lead(lead.pk, by=manager)
        ask_for_information(lead.pk, question="How many tills?", by=manager)
    fan_out_events()
    sweep()
    assert totals(acme, seller) == Totals()
    time.shift(10 * DAY)
    with acting(seller):
        note_uncounted(list(Event.objects.filter(kind="lead.started")))
    sweep()
    assert totals(acme, seller) == Totals(cases=1, asked=1)
    with acting(seller):
        answer_question(lead.pk, answer="Four.", by=seller)
    fan_out_events()
    assert totals(acme, seller) == Totals(cases=1, asked=1)


def test_who_was_never_counted_is_counted_by_the_sweep_and_by_the_command(
    story: None, acme: Tenant, seller: Membership, rival: Membership
) -> None:
    count_waiting(acme)
    sweep()
    sums = sums_of(acme)
    with tenant_scope(acme):
        assert Scorecard.objects.count() == 2
        RankingTally.objects.all().delete()
        Scorecard.objects.all().delete()
    sweep()
    assert sums_of(acme) == sums
    with tenant_scope(acme):
        RankingTally.objects.all().update(won=99)
    call_command("count_partners", "acme")
    assert sums_of(acme) == sums
