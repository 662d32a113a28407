"""The won deal of a lead makes its referral: one for the chain of lead, deal and upgrade (rulings 6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from deals.models import Deal
from deals.services import lose_deal, open_deal, win_deal
from leads.models import Lead
from leads.services import assign_lead, award_lead, award_upgraded, convert_lead, start_lead
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from referrals.models import Referral
from referrals.services import remember_sale
from referrals.states import Status
from referrals.tasks import catch_up

LATER, TODAY = localdate() + timedelta(days=60), localdate()


@pytest.fixture
def columns(acme: Tenant, nordwind: Partner, seller: Membership) -> dict[str, Any]:
    """Of a deal that its partner may open."""
    with tenant_scope(acme):
        sold = Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)
    people = {"solutions": [sold.pk], "team": [seller.pk]}
    return {"name": "Tills", "value_minor": 1, "currency": "EUR", "close_date": LATER, **people}


@pytest.fixture
def begun(
    new_lead: Callable[..., Lead], acting: Any, seller: Membership, manager: Membership, representative: Membership
) -> Lead:
    lead = new_lead(seller, kind="plus", company="Łódź Kawa")
    with acting(manager):
        assign_lead(lead.pk, to=representative.pk, by=manager)
        return start_lead(lead.pk, by=manager)


@pytest.fixture
def deal(begun: Lead, acting: Any, seller: Membership, columns: dict[str, Any]) -> Deal:
    with acting(seller):
        made = convert_lead(begun.pk, by=seller, agreed=True, **columns).deal
    assert made is not None
    return made


def won(deal: Deal, by: Membership) -> None:
    win_deal(deal.pk, value_minor=4_200_00, currency="NOK", close_date=TODAY - timedelta(days=2), by=by)


def test_the_won_deal_makes_it_with_its_value_and_day_once(
    begun: Lead, deal: Deal, acting: Any, seller: Membership, manager: Membership, client_of: Callable[..., Client]
) -> None:
    with acting(seller):
        assert not Referral.objects.exists(), "not by converting"
        won(deal, seller)
        made = Referral.objects.get()
        assert remember_sale(deal.pk) == made, "heard again"
        assert Event.objects.filter(kind="referral.recorded").count() == 1
    assert (made.lead_id, made.partner_id, made.submitted_by_id) == (begun.pk, seller.partner_id, seller.pk)
    assert (made.merchant, made.plan, made.terms_version) == ("Łódź Kawa", "Plus", begun.terms_version)
    assert (made.revenue_minor, made.currency, made.earned_minor) == (4_200_00, "NOK", None)
    assert (made.happened_on, made.status) == (TODAY - timedelta(days=2), Status.ACTIVE)
    shown = client_of(manager).get(f"/acme/leads/{begun.pk}/").content.decode()
    assert "The deal is won: that makes the referral." in shown


def test_an_upgrade_or_an_award_of_the_same_lead_makes_no_second(
    acme: Tenant, begun: Lead, deal: Deal, acting: Any, seller: Membership, manager: Membership
) -> None:
    with tenant_scope(acme):
        assert award_upgraded(begun.pk).status == "converted"
        assert not Referral.objects.exists(), "the won deal alone makes it"
    with acting(manager), pytest.raises(Refused):
        award_lead(begun.pk, by=manager)
    with acting(seller):
        won(deal, seller)
    with tenant_scope(acme):
        award_upgraded(begun.pk)
        assert Referral.objects.count() == 1


def test_a_win_that_a_former_release_did_not_hear_of_is_made_good_once(
    acme: Tenant, deal: Deal, acting: Any, seller: Membership
) -> None:
    with tenant_scope(acme):
        Deal.objects.filter(pk=deal.pk).update(status="won")
    for _again in range(2):
        catch_up()
        with tenant_scope(acme):
            assert Referral.objects.count() == 1


def test_a_lost_deal_makes_none_and_so_does_one_that_came_of_no_lead(
    acme: Tenant, deal: Deal, columns: dict[str, Any], acting: Any, seller: Membership
) -> None:
    with acting(seller):
        lose_deal(deal.pk, code="price", by=seller)
        own = open_deal(by=seller, company="Gamle Mølle", consent=True, type="partner_led", **columns)
        won(own, seller)
    with tenant_scope(acme):
        assert not Referral.objects.exists()


def test_an_award_that_was_taken_back_before_comes_to_life_with_the_won_deal(
    awarded: Callable[..., Lead],
    taken_back: Callable[[Lead], Lead],
    columns: dict[str, Any],
    acting: Any,
    seller: Membership,
) -> None:
    lead = taken_back(awarded())
    with acting(seller):
        made = convert_lead(lead.pk, by=seller, agreed=True, **columns).deal
        assert made is not None
        won(made, seller)
        referral = Referral.objects.get()
    assert (referral.status, referral.revenue_minor, referral.currency) == (Status.ACTIVE, 4_200_00, "NOK")
