"""A registration is sent, reviewed by the vendor, answered, approved or rejected; its time is extended once (B7)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import next_reminder
from partnerhub.money import Money
from partnerhub.records.values import needs_text
from partnerhub.registrations.models import Registration
from partnerhub.registrations.selectors import days_from, incentive_rule, worth_in
from partnerhub.registrations.services.records import REGISTRATIONS, take_told
from partnerhub.registrations.states import REGISTRATION, RejectReason
from partnerhub.states.lasting import Extension

NOT_APPROVED: dict[str, Any] = {"amount_approved_by": None, "amount_person": None}


@REGISTRATIONS.verb("send_for_review")
@transaction.atomic
def send_registration(registration_id: UUID, *, by: Membership, seen: int | None = None) -> Registration:
    """To the vendor, who decides on it."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    return take_told("send_for_review", held, by, *_sent(held, by), kind="deal.registration_sent")


@REGISTRATIONS.verb("send_again")
@transaction.atomic
def send_registration_again(
    registration_id: UUID, *, text: str, by: Membership, seen: int | None = None
) -> Registration:
    """To the vendor again, with the answer."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    REGISTRATION.check("send_again", held, by)
    columns, told = _sent(held, by)
    told |= {"reason_text": needs_text(text, "text")}
    return take_told("send_again", held, by, columns, told, kind="deal.registration_answered")


@REGISTRATIONS.verb("ask_for_changes")
@transaction.atomic
def ask_for_changes(registration_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Registration:
    """Back to the partner with a question, and with time to answer. What was approved of the amount is so no more."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    REGISTRATION.check("ask_for_changes", held, by)
    text, at = needs_text(text, "text"), now()
    due = max(held.due_at, days_from(at, incentive_rule().answer_days))
    columns = {"question": text, "due_at": due, "remind_at": next_reminder(due, at), **NOT_APPROVED}
    return take_told("ask_for_changes", held, by, columns, {"reason_text": text}, kind="deal.registration_asked")


@REGISTRATIONS.verb("approve_amount")
@transaction.atomic
def approve_amount(registration_id: UUID, *, by: Membership, seen: int | None = None) -> Registration:
    """The first of the two who approve a large one; kept is the person, not only the seat."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    columns = {"amount_approved_by": by, "amount_person": by.person_id}
    return REGISTRATIONS.take("approve_amount", held, by=by, changes=columns)


@REGISTRATIONS.verb("approve")
@transaction.atomic
def approve_registration(registration_id: UUID, *, by: Membership, seen: int | None = None) -> Registration:
    """For good; of a large one, as the second person."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    return take_told("approve", held, by, kind="deal.registration_approved")


@REGISTRATIONS.verb("reject")
@transaction.atomic
def reject_registration(
    registration_id: UUID, *, code: str, text: str, by: Membership, seen: int | None = None
) -> Registration:
    """With the reason. The deal can be registered again."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    REGISTRATION.check("reject", held, by)
    columns = {"reason_code": RejectReason(code).value, "reason_text": needs_text(text, "text")}
    told = {"code": columns["reason_code"], "reason_text": columns["reason_text"]}
    return take_told("reject", held, by, columns, told, kind="deal.registration_rejected")


@REGISTRATIONS.verb("ask_extension")
@transaction.atomic
def ask_more_time(registration_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Registration:
    """Ask for more time, once."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    REGISTRATION.check("ask_extension", held, by)
    text = needs_text(text, "text")
    columns = {"extension": Extension.ASKED.value, "extension_text": text}
    return REGISTRATIONS.take("ask_extension", held, by=by, changes=columns, data={"reason_text": text})


@REGISTRATIONS.verb("grant_extension")
@transaction.atomic
def grant_more_time(registration_id: UUID, *, by: Membership, seen: int | None = None) -> Registration:
    """So many days more, by the tenant's rules, from the day on which it was due."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    due = days_from(held.due_at, incentive_rule().extension_days)
    columns = {"extension": Extension.GRANTED.value, "due_at": due, "remind_at": next_reminder(due, now())}
    return REGISTRATIONS.take("grant_extension", held, by=by, changes=columns)


@REGISTRATIONS.verb("refuse_extension")
@transaction.atomic
def refuse_more_time(registration_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Registration:
    """Its day stays as it is."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    REGISTRATION.check("refuse_extension", held, by)
    columns = {"extension": Extension.REFUSED.value}
    told = {"reason_text": needs_text(text, "text")}
    return REGISTRATIONS.take("refuse_extension", held, by=by, changes=columns, data=told)


def _sent(held: Registration, by: Membership) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of one that is sent, and what its event says besides. Two people approve what is worth the tenant's
    amount, and what nobody can say the worth of.
    """
    rule = incentive_rule()
    worth = worth_in(Money(held.contract_minor, held.currency), rule.currency)
    needs_two = worth is None or worth.money.minor >= rule.two_from_minor
    columns = {"needs_two": needs_two, "sent_person": by.person_id, "remind_at": None}
    return columns, {"is_small": not needs_two}
