"""A won deal is registered for an incentive, and its contract is described (B7, ruling 14)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from deals.models import Deal
from deals.services import DEALS
from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import next_reminder
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import happening, record
from partnerhub.records.values import amount_wrong
from partnerhub.registrations.models import Incentive, Registration
from partnerhub.registrations.selectors import (
    conditions_for,
    conditions_of,
    live_registrations,
    recipient_of_deals,
    register_by,
    worth_of,
)
from partnerhub.registrations.services.records import REGISTRATIONS, tell_of_claim
from partnerhub.registrations.states import REGISTRATION, SIGNED_WITHIN
from partnerhub.roles import PARTNER, REGISTRATIONS_REGISTER
from partnerhub.solutions.selectors import offered_by


@transaction.atomic
def register_for_incentive(deal_id: UUID, *, incentive: UUID, by: Membership, seen: int | None = None) -> Registration:
    """The draft of a claim for the incentive; the one that is there already, where one is.

    The vendor registers for the partner: then it is the recipient's of its deals. Raises NotPermitted, Stale, and
    Refused with every condition that is missing.
    """
    if not by.can(REGISTRATIONS_REGISTER):
        raise NotPermitted(REGISTRATIONS_REGISTER)
    deal = DEALS.locked(deal_id, by=by, seen=seen)
    if deal.partner is None or (by.side == PARTNER and deal.partner_id != by.partner_id):
        raise NotPermitted(REGISTRATIONS_REGISTER)
    chosen = Incentive.objects.filter(pk=incentive).first()
    if chosen is None:
        raise Refused(Reason("incentive", _("Choose an incentive."), field="incentive"))
    if there := live_registrations(deal).filter(incentive=chosen).first():
        return REGISTRATIONS.find(by, there.pk)
    missing = [one for one in (*conditions_of(deal), *conditions_for(deal, chosen)) if not one.ok]
    worth = worth_of(deal, chosen.currency)
    if missing or worth is None:
        raise Refused(missing)
    at, due = happening(), register_by(deal)
    made = Registration(
        partner=deal.partner,
        deal=deal,
        incentive=chosen,
        owner=by if by.side == PARTNER else recipient_of_deals(deal.partner.pk),
        solution_id=_first_solution(deal),
        contract_minor=deal.value_minor,
        currency=deal.currency,
        worth_minor=worth.money.minor,
        worth_currency=chosen.currency,
        rate=round(worth.rate, 10),
        due_at=due,
        remind_at=next_reminder(due, at),
        **dict.fromkeys(("created_at", "status_changed_at", "updated_at"), at),
    )
    made.save(force_insert=True)
    record("registration.opened", made, actor=by, after={"status": made.status}, data=REGISTRATIONS.event_data(made))
    tell_of_claim("deal.registration_opened", made, by)
    return made


@REGISTRATIONS.verb("edit")
@transaction.atomic
def describe_contract(
    registration_id: UUID,
    *,
    solution: UUID,
    contract_minor: int,
    currency: str,
    signed_on: date,
    contract_start: date,
    contract_end: date,
    by: Membership,
    seen: int | None = None,
) -> Registration:
    """The contract as it was signed. Raises Refused by field, Stale."""
    held = REGISTRATIONS.locked(registration_id, by=by, seen=seen)
    REGISTRATION.check("edit", held, by)
    wrong, today = list[Reason](), localdate()
    sold = next((row for row in offered_by(held.partner_id).filter(pk=solution)), None)
    if sold is None and held.solution_id == solution:
        sold = held.solution
    if sold is None:
        wrong.append(Reason("solution", _("Choose one of the partner’s solutions."), field="solution"))
    if signed_on > today:
        wrong.append(Reason("signed_on", _("The day on which it was signed is not to come."), field="signed_on"))
    elif signed_on < today - SIGNED_WITHIN:
        text = _("The contract was signed more than 60 days ago.")
        wrong.append(Reason("signed_on", text, field="signed_on"))
    if contract_start < signed_on:
        text = _("The contract starts on the day on which it was signed, or later.")
        wrong.append(Reason("contract_start", text, field="contract_start"))
    if contract_end < contract_start:
        text = _("The contract ends on the day on which it starts, or later.")
        wrong.append(Reason("contract_end", text, field="contract_end"))
    wrong += amount_wrong("contract_minor", contract_minor, currency)
    if wrong:
        raise Refused(wrong)
    columns: dict[str, Any] = {
        "solution": sold,
        "contract_minor": contract_minor,
        "currency": currency,
        "signed_on": signed_on,
        "contract_start": contract_start,
        "contract_end": contract_end,
    }
    return REGISTRATIONS.take("edit", held, by=by, changes=columns)


def _first_solution(deal: Deal) -> UUID | None:
    """The one that the deal names, where it names one."""
    return deal.solutions[0] if len(deal.solutions) == 1 else None
