"""An awarded lead is one referral, whatever is heard how often."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from leads.models import Lead
from leads.services import award_lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from referrals.models import Referral
from referrals.services import remember_referral, take_back_referral
from referrals.states import Status

Award = Callable[..., Lead]


def test_an_award_earns_its_partner_a_referral(awarded: Award, acting: Any, seller: Membership) -> None:
    lead = awarded(kind="plus", company="Łódź Kawa")
    with acting(seller):
        referral = Referral.objects.get()
        assert (referral.lead_id, referral.partner_id, referral.submitted_by_id) == (
            lead.pk,
            seller.partner_id,
            seller.pk,
        )
        assert (referral.merchant, referral.merchant_key, referral.plan) == ("Łódź Kawa", "lodz kawa", "Plus")
        assert (referral.terms_version, referral.status) == (lead.terms_version, Status.ACTIVE)
        assert (referral.revenue_minor, referral.earned_minor) == (None, None)


def test_hearing_of_it_again_changes_nothing(awarded: Award, acting: Any, manager: Membership) -> None:
    lead = awarded()
    with acting(manager):
        first = Referral.objects.get()
        remember_referral(lead.pk, awarded_at=datetime(2030, 1, 1, tzinfo=UTC))
        assert Referral.objects.get().happened_on == first.happened_on
        assert Event.objects.filter(kind="referral.recorded").count() == 1


def test_an_award_taken_back_takes_the_referral_back(
    awarded: Award, taken_back: Callable[[Lead], Lead], acting: Any, seller: Membership
) -> None:
    lead = taken_back(awarded())
    with acting(seller):
        referral = Referral.objects.get()
        assert (referral.lead_id, referral.status) == (lead.pk, Status.TAKEN_BACK)
        event = Event.objects.get(kind="referral.taken_back")
        assert (event.before, event.after) == ({"status": "active"}, {"status": "taken_back"})


def test_a_lead_awarded_anew_has_its_referral_again(
    awarded: Award, taken_back: Callable[[Lead], Lead], acting: Any, manager: Membership
) -> None:
    lead = taken_back(awarded())
    with acting(manager):
        award_lead(lead.pk, by=manager)
        assert Referral.objects.get().status == Status.ACTIVE
        assert Event.objects.filter(kind="referral.recorded").count() == 2


def test_taking_back_what_is_not_there_does_nothing(
    acting: Any, manager: Membership, new_lead: Award, seller: Membership
) -> None:
    lead = new_lead(seller)
    with acting(manager):
        assert take_back_referral(lead.pk) is None


def test_the_day_is_the_tenants(
    acme: Tenant, new_lead: Award, seller: Membership, acting: Any, manager: Membership
) -> None:
    Tenant.objects.filter(pk=acme.pk).update(timezone="Pacific/Auckland")
    lead = new_lead(seller)
    with acting(manager):
        referral = remember_referral(lead.pk, awarded_at=datetime(2026, 11, 17, 20, 0, tzinfo=UTC))
    assert referral.happened_on == date(2026, 11, 18)


def test_an_award_that_is_undone_leaves_no_referral(
    new_lead: Award, seller: Membership, acting: Any, manager: Membership
) -> None:
    lead = new_lead(seller)
    with acting(manager), transaction.atomic():
        award_lead(lead.pk, by=manager)
        transaction.set_rollback(True)
    with acting(manager):
        assert not Referral.objects.exists()


@pytest.mark.parametrize("amounts", [{"revenue_minor": -1, "currency": "EUR"}, {"earned_minor": 5, "currency": ""}])
def test_the_database_knows_what_an_amount_is(
    awarded: Award, acting: Any, manager: Membership, amounts: dict[str, Any]
) -> None:
    awarded()
    with acting(manager), pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.update(**amounts)


def test_each_step_of_a_referral_is_dated_and_counted(
    awarded: Award, taken_back: Callable[[Lead], Lead], acting: Any, manager: Membership
) -> None:
    lead = awarded()
    with acting(manager):
        first = Referral.objects.get()
    taken_back(lead)
    with acting(manager):
        second = Referral.objects.get()
        award_lead(lead.pk, by=manager)
        third = Referral.objects.get()
        versions = [event.data["version"] for event in Event.objects.filter(subject_id=first.pk).order_by("id")]
    assert (first.version, second.version, third.version) == (1, 2, 3)
    assert versions == [1, 2, 3]
    assert first.status_changed_at is None
    assert second.status_changed_at < third.status_changed_at
