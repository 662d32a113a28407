"""A partner accepts a deal that it is offered, or declines it; or the time is over (states.md, Deal: new)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from deals.services import open_offered, remember_company, remember_customer
from deals.states.deals import DealType
from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import next_reminder
from partnerhub.events.services import SYSTEM
from partnerhub.offers.models import DealOffer, OfferedCustomer
from partnerhub.offers.services.records import OFFERS
from partnerhub.offers.states import DEAL_OFFER, NotTaken, OfferStatus
from partnerhub.tenancy.scope import as_system
from partnerhub.tenancy.sweeping import sweep_due
from partnerhub.web.fields import plain_text
from partnerhub.web.folding import host_of


@OFFERS.verb("accept")
@transaction.atomic
def accept_offer(
    offer_id: UUID,
    *,
    name: str,
    value_minor: int,
    currency: str,
    close_date: date,
    solutions: Sequence[UUID] = (),
    team: Sequence[UUID] = (),
    by: Membership,
    seen: int | None = None,
) -> DealOffer:
    """It is a deal of the partner's and the vendor's from now on, with the customer, whom the partner gets to know.

    Raises Refused by field, Stale.
    """
    held = OFFERS.locked(offer_id, by=by, seen=seen)
    DEAL_OFFER.check("accept", held, by)
    with as_system():
        customer = OfferedCustomer.objects.get(offer=held)
    asked = {"name": name, "value_minor": value_minor, "currency": currency, "close_date": close_date}
    chosen = {"solutions": list(solutions)} if solutions else {}
    deal = open_offered(
        by=by,
        customer=_remembered(customer, by),
        consented_at=customer.consented_at,
        told={"offer_id": str(held.pk)},
        type=DealType.CO_SELL.value,
        notes=customer.notes,
        team=list(team) or [by.pk],
        **asked,
        **chosen,
    )
    return OFFERS.take("accept", held, by=by, changes={"deal": deal})


def _remembered(customer: OfferedCustomer, by: Membership) -> tuple[UUID, UUID | None]:
    """The ids of company and contact among the partner's own customers."""
    assert by.partner_id is not None  # noqa: S101 - the step is a partner's, for the type checker
    host = host_of(customer.website) if customer.website else ""
    named = ("first_name", "last_name", "email", "phone", "website", "postcode")
    facts: dict[str, Any] = {name: str(getattr(customer, name)) for name in named}
    facts |= {"name": customer.company, "host": host, "country": str(customer.country), "job_title": ""}
    if not (customer.contact_name or customer.email):
        return remember_company(partner_id=by.partner_id, by=by, **facts), None
    return remember_customer(partner_id=by.partner_id, by=by, **facts)


@OFFERS.verb("decline")
@transaction.atomic
def decline_offer(offer_id: UUID, *, code: str, text: str = "", by: Membership, seen: int | None = None) -> DealOffer:
    """The partner does not take it, and says why. For good."""
    held, reason = OFFERS.locked(offer_id, by=by, seen=seen), NotTaken(code)
    DEAL_OFFER.check("decline", held, by)
    text = plain_text(text, lines=True)
    said = ": ".join(filter(None, (str(reason.label), text)))
    columns = {"reason_code": reason.value, "reason_text": text}
    return OFFERS.take("decline", held, by=by, changes=columns, data={"reason_text": said})


def sweep_offers() -> int:
    """Remind of what will be due, and let expire what is, in all tenants; how many."""
    return sweep_due("due_offers", OFFERS.held_if_free, _sweep)


def _sweep(held: DealOffer) -> bool:
    at = now()
    if held.status != OfferStatus.RECEIVED:
        return False
    if held.due_at <= at:
        OFFERS.take("expire", held, by=SYSTEM)
        return True
    if held.remind_at is None or held.remind_at > at:
        return False
    OFFERS.take("remind", held, by=SYSTEM, changes={"remind_at": next_reminder(held.due_at, at)})
    return True
