"""The vendor offers a deal to a partner, or takes it back (states.md, Deal: new; E31)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _now
from django_countries import countries

from partnerhub.accounts.models import Membership
from partnerhub.calendars.hours import end_of_business_day, next_reminder
from partnerhub.calendars.selectors import current_calendar
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import happening, record
from partnerhub.offers.models import DealOffer, OfferedCustomer
from partnerhub.offers.selectors import partners_to_offer
from partnerhub.offers.services.records import OFFERS
from partnerhub.offers.states import DEAL_OFFER
from partnerhub.records.values import amount_wrong, needs_text, texts_wrong
from partnerhub.responses.selectors import current_rule
from partnerhub.roles import DEALS_SEND, VENDOR
from partnerhub.web.fields import day_wrong, website_of
from partnerhub.web.folding import fold, host_of

SEEN_OF_POSTCODE = 2
OFFER_TEXTS = ("need", "company", "first_name", "last_name", "phone", "postcode", "notes")


@transaction.atomic
def send_offer(
    *,
    by: Membership,
    partner: UUID,
    value_minor: int,
    currency: str,
    close_date: date,
    consent: bool = False,
    **kwargs: Any,
) -> DealOffer:
    """Offer a deal to a partner, who answers within as many days as the vendor does. Raises NotPermitted, and Refused
    by field.
    """
    if by.side != VENDOR or not by.can(DEALS_SEND):
        raise NotPermitted(DEALS_SEND)
    wrong = list[Reason]()
    chosen = partners_to_offer().filter(pk=partner).first()
    if chosen is None:
        wrong.append(Reason("partner", _now("Choose a partner."), field="partner"))
    if not consent:
        wrong.append(Reason("consent", _now("Tick this when the customer has agreed."), field="consent"))
    wrong += amount_wrong("value_minor", value_minor, currency)
    if why := day_wrong(close_date, is_past=False):
        wrong.append(Reason("close_date", str(why), field="close_date"))
    told = _checked(kwargs, wrong)
    if chosen is None or wrong:
        raise Refused(wrong)
    at = happening()
    due = end_of_business_day(current_calendar().hours, at, days=current_rule().answer_days)
    offer = DealOffer(
        partner=chosen,
        sent_by=by,
        need=told.pop("need"),
        value_minor=value_minor,
        currency=currency,
        close_date=close_date,
        country=told["country"],
        postcode=told["postcode"][:SEEN_OF_POSTCODE],
        due_at=due,
        remind_at=next_reminder(due, at),
        **dict.fromkeys(("created_at", "status_changed_at", "updated_at"), at),
    )
    offer.save(force_insert=True)
    OfferedCustomer.objects.create(offer=offer, consented_at=at, **told)
    after = {"status": str(offer.status)}
    record("dealoffer.sent", offer, actor=by, after=after, data=OFFERS.event_data(offer), audience=Audience.BOTH)
    return offer


def _checked(asked: dict[str, Any], wrong: list[Reason]) -> dict[str, str]:
    """What was typed, in shape; what is `wrong` with it is added to that."""
    told = {name: str(asked.get(name) or "").strip() for name in (*OFFER_TEXTS, "website", "email", "country")}

    def refuse(field: str, text: str) -> None:
        wrong.append(Reason(field, text, field=field))

    wrong += texts_wrong(told, OFFER_TEXTS, lines=("notes",))
    if not fold(told["need"]):
        refuse("need", _now("Say what it is about."))
    if not fold(told["company"]):
        refuse("company", _now("Enter the company."))
    if told["website"]:
        try:
            told["website"] = website_of(told["website"]) if host_of(told["website"]) else ""
        except (ValueError, ValidationError):
            refuse("website", _now("This is not the address of a website."))
    if told["email"]:
        try:
            validate_email(told["email"])
        except ValidationError:
            refuse("email", _now("This is not an email address."))
    told["country"] = told["country"].upper()
    if told["country"] and told["country"] not in dict(countries):
        refuse("country", _now("Choose a country."))
    return told


@OFFERS.verb("withdraw")
@transaction.atomic
def withdraw_offer(offer_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> DealOffer:
    """Take it back while it waits: the partner is told why."""
    held = OFFERS.locked(offer_id, by=by, seen=seen)
    DEAL_OFFER.check("withdraw", held, by)
    text = needs_text(text, "text")
    return OFFERS.take("withdraw", held, by=by, changes={"reason_text": text}, data={"reason_text": text})
