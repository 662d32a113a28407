"""Receivers of leads' events, in the same transaction as the award itself."""

from partnerhub.events.models import Event
from partnerhub.events.services import hears
from referrals.services import remember_referral, take_back_referral


@hears("lead.awarded")
def award_heard(event: Event) -> None:
    remember_referral(event.subject_id, awarded_at=event.occurred_at)


@hears("lead.award_taken_back")
def taken_back_heard(event: Event) -> None:
    take_back_referral(event.subject_id)
