"""What is counted of leads, claims and deals; event by event it comes to the same as all at once (B9)."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
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
from partnerhub.offers.services import accept_offer, decline_offer, send_offer, sweep_offers
from partnerhub.ranking.models import RankingTally, Scorecard, UncountedEvent
from partnerhub.ranking.selectors import score_for
from partnerhub.ranking.services import count_partner, count_waiting, note_uncounted
from partnerhub.ranking.states import Totals
from partnerhub.ranking.tasks import sweep
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.offers.brings import BODY
from tests.ranking.conftest import MONDAY, cases_of, sums_of

pytestmark = pytest.mark.django_db
NewDeal = Callable[..., Deal]
Offers = Callable[..., list[Lead]]
Story = Callable[..., None]
DAY = timedelta(days=1)


def totals(tenant: Tenant, of: Membership) -> Totals:
    with tenant_scope(tenant):
        assert of.partner
        return score_for(of.partner).totals


@pytest.fixture
def tell_story(
    time: Any,
    seller: Membership,
    rival: Membership,
    manager: Membership,
    acting: Any,
    offers: Offers,
    new_deal: NewDeal,
    new_lead: Callable[..., Lead],
) -> Story:
    """Five weeks of two partners: Nordwind picks what it takes, Baltkassa takes everything and lets it lie.

    `meanwhile` is called between the acts.
    """

    def tell(meanwhile: Callable[[], object] = lambda: None) -> None:
        def done(by: Membership, *acts: Callable[[], object]) -> None:
            for act in acts:
                with acting(by):
                    act()
                meanwhile()

        mine, theirs = [lead.pk for lead in offers(seller, 5)], [lead.pk for lead in offers(rival, 3)]
        own = new_lead(seller, company="Own shop", website="https://own.example.org", country="PL").pk
        asked = new_lead(rival, company="Asked", website="https://asked.example.org").pk
        time.shift(timedelta(hours=3))
        done(
            seller,
            *(partial(claim_lead, key, by=seller) for key in mine[:2]),
            partial(return_lead, mine[2], text="Too far away.", by=seller),
            partial(say_progress, mine[0], progress="meeting", text="On Friday.", by=seller),
        )
        done(rival, *(partial(claim_lead, key, by=rival) for key in theirs))
        for key in (own, asked):
            done(manager, partial(assign_lead, key, to=manager.pk, by=manager), partial(start_lead, key, by=manager))
        done(manager, partial(ask_for_information, asked, question="How many tills?", by=manager))
        deals = [new_deal(seller, name=f"Deal {number}").pk for number in range(5)]
        new_deal(seller, name="Nobody else's", type="private")
        meanwhile()
        time.shift(2 * DAY)
        money: dict[str, Any] = {"value_minor": 2_000_000, "currency": "USD", "close_date": MONDAY.date()}
        done(
            seller,
            partial(return_lead, mine[3], text="Too far away.", by=seller),
            partial(move_deal, deals[0], stage="40", by=seller),
            partial(win_deal, deals[1], **money, by=seller),
            partial(lose_deal, deals[2], code="price", by=seller),
            partial(strike_deal, deals[3], code="by_mistake", by=seller),
        )
        done(rival, partial(answer_question, asked, answer="Four.", by=rival))
        time.shift(12 * DAY)
        sweep_claims()
        done(
            seller,
            *(partial(say_progress, key, progress="contacted", text="They think.", by=seller) for key in mine[:2]),
        )
        time.shift(20 * DAY)
        for _each in ("warned", "lapsed"):
            sweep_claims()
            meanwhile()
        done(manager, partial(award_lead, own, by=manager))
        done(manager, partial(refuse_lead, asked, code=ReasonCode.NOT_A_FIT, text="Too small.", by=manager))

    return tell


@pytest.fixture
def story(tell_story: Story) -> None:
    tell_story()


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


@pytest.mark.parametrize("seed", range(3))
def test_event_by_event_it_is_as_all_at_once_in_any_order_and_however_often(
    tell_story: Story, acme: Tenant, seller: Membership, rival: Membership, seed: int
) -> None:
    """Counted now and then while it happens: what waits then, and what was counted before, in any order."""
    chance, grown = random.Random(seed), list[int]()  # noqa: S311 - the same order in every run

    def meanwhile() -> None:
        if chance.random() < 0.4:
            return
        with tenant_scope(acme):
            events = list(Event.objects.filter(subject_type__in=["lead", "claim", "deal", "clock"]))
            waiting = UncountedEvent.objects.values_list("pk", flat=True)
            UncountedEvent.objects.filter(pk__in=chance.sample(list(waiting), len(waiting) // 2)).delete()
            note_uncounted(chance.sample(events, len(events) // 3))
        count_waiting(acme)
        grown.append(len(sums_of(acme)))

    tell_story(meanwhile)
    with tenant_scope(acme):
        events = list(Event.objects.filter(subject_type__in=["lead", "claim", "deal", "clock"]))
    chance.shuffle(events)
    while events:
        many = chance.randint(1, 12)
        some, events = events[:many], events[many:]
        with tenant_scope(acme):
            note_uncounted(some)
        count_waiting(acme)
    sums, cases = sums_of(acme), cases_of(acme)
    assert len(set(grown)) > 3
    assert len(sums) > 10
    for member in (seller, rival):
        assert member.partner
        count_partner(acme, member.partner)
    assert (sums_of(acme), cases_of(acme)) == (sums, cases)


def test_to_accept_alone_counts_no_outcome(
    time: Any, acme: Tenant, seller: Membership, offers: Offers, acting: Any
) -> None:
    lead = offers(seller, 1)[0]
    with acting(seller):
        claim_lead(lead.pk, by=seller)
    fan_out_events()
    assert totals(acme, seller) == Totals(cases=1, asked=1, quick=1)
    with acting(seller):
        say_progress(lead.pk, progress="meeting", text="On Friday.", by=seller)
    fan_out_events()
    assert totals(acme, seller) == Totals(cases=1, asked=1, quick=1, progressed=1)


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


def test_an_offered_deal_is_counted_as_it_is_answered_and_the_deal_tells_the_rest(
    time: Any, acme: Tenant, seller: Membership, manager: Membership, acting: Any
) -> None:
    assert seller.partner_id is not None
    with acting(manager):
        asked = BODY | {"close_date": (MONDAY + 90 * DAY).date()}
        offers = [send_offer(by=manager, partner=seller.partner_id, **asked).pk for _number in range(3)]
    assert count_waiting(acme) == 0
    time.shift(timedelta(hours=3))
    with acting(seller):
        decline_offer(offers[0], code="capacity", by=seller)
        money = {"value_minor": 900_000, "currency": "EUR", "close_date": (MONDAY + 60 * DAY).date()}
        accept_offer(offers[1], name="Tills", by=seller, **money)
    time.shift(30 * DAY)
    sweep_offers()
    count_waiting(acme)
    found = totals(acme, seller)
    assert (found.asked, found.quick, found.declined, found.dropped, found.deals) == (3, 2, 1, 1, 1)
    before = sums_of(acme)
    assert seller.partner is not None
    count_partner(acme, seller.partner)
    assert sums_of(acme) == before
