"""Receivers of events of leads and their deals, in the same transaction as the award or the win itself."""

from partnerhub.events.models import Event
from partnerhub.events.services import hears
from referrals.services import remember_referral, remember_sale, take_back_referral


@hears("lead.awarded")
def award_heard(event: Event) -> None:
    remember_referral(event.subject_id, awarded_at=event.occurred_at)


@hears("deal.won")
def deal_won(event: Event) -> None:
    remember_sale(event.subject_id)


@hears("lead.award_taken_back")
def taken_back_heard(event: Event) -> None:
    take_back_referral(event.subject_id)
