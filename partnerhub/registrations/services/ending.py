"""Registrations that are with the partner are reminded of, and expire."""

from django.utils.timezone import now

from partnerhub.calendars.hours import next_reminder
from partnerhub.events.services import SYSTEM, record
from partnerhub.registrations.models import Registration
from partnerhub.registrations.services.records import REGISTRATIONS, take_told
from partnerhub.registrations.states import IS_WITH_PARTNER
from partnerhub.tenancy.sweeping import sweep_due


def sweep_incentive_registrations() -> int:
    """Remind of what will be due, and let expire what is, in all tenants; how many."""
    return sweep_due("due_registrations", REGISTRATIONS.held_if_free, _sweep)


def _sweep(held: Registration) -> bool:
    at = now()
    if held.status not in IS_WITH_PARTNER:
        return False
    if held.due_at <= at:
        take_told("expire", held, SYSTEM, kind="deal.registration_expired")
        return True
    if held.remind_at is None or held.remind_at > at:
        return False
    held.remind_at = next_reminder(held.due_at, at)
    held.save(update_fields=["remind_at"])  # its version stays: who is writing now is not disturbed
    record("registration.reminded", held, actor=SYSTEM, data=REGISTRATIONS.event_data(held))
    return True
