"""Responses are over with time, or with the deal."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from partnerhub.calendars.hours import next_reminder
from partnerhub.events.services import SYSTEM, record
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.services.records import RESPONSES, tell_deal
from partnerhub.responses.states import (
    RESPONSE_REMINDED,
    ResponseStatus,
)
from partnerhub.tenancy.sweeping import sweep_due


@transaction.atomic
def end_with_deal(deal_id: UUID, *, is_won: bool) -> None:
    """The deal is closed, and the caller holds it: what was accepted is won with it, what is pending is over."""
    ends = {ResponseStatus.PENDING: "lapse"} | ({ResponseStatus.ACCEPTED: "win"} if is_won else {})
    rows = RESPONSES.joined().filter(deal=deal_id, status__in=ends).order_by("-number")
    for held in rows.select_for_update(of=("self",), no_key=True)[:1]:
        RESPONSES.take(ends[ResponseStatus(held.status)], held, by=SYSTEM)


def sweep_responses() -> int:
    """Remind of what will be due, and let expire what is, in all tenants; how many."""
    return sweep_due("due_responses", RESPONSES.held_if_free, _sweep)


def _sweep(held: VendorResponse) -> bool:
    at, who = now(), {"representative_id": str(held.representative_id or "")}
    if held.status != ResponseStatus.PENDING:
        return False
    if held.due_at <= at:
        RESPONSES.take("expire", held, by=SYSTEM, data=who)
        tell_deal("deal.response_expired", held.deal, SYSTEM, held.told_to_partner)
        return True
    if held.remind_at is None or held.remind_at > at:
        return False
    held.remind_at = next_reminder(held.due_at, at)
    held.save(update_fields=["remind_at"])  # its version stays: who is answering now is not disturbed
    told = RESPONSES.event_data(held) | who
    record("response.reminded", held, actor=SYSTEM, data=told, audience=RESPONSE_REMINDED.audience)
    return True
