"""The vendor is asked for its response, answers, and is asked again (B8)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from deals.models import Deal
from deals.states.deals import IS_CLOSED
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason, Refused
from partnerhub.events.services import SYSTEM
from partnerhub.money import Money
from partnerhub.partners.rates import NoRate, converted
from partnerhub.responses.models import VendorResponse
from partnerhub.responses.selectors import current_rule, sellers
from partnerhub.responses.services.records import RESPONSES, ask_for, tell_deal
from partnerhub.responses.states import (
    VENDOR_RESPONSE,
    DeclineReason,
)
from partnerhub.web.fields import plain_text


@transaction.atomic
def ask_vendor(deal_id: UUID) -> None:
    """A deal is shared: the vendor is asked to respond, once. The caller holds the deal."""
    deal = Deal.objects.select_related("partner", "company").get(pk=deal_id)
    if deal.partner is None or deal.is_private or deal.status in IS_CLOSED:
        return
    if not VendorResponse.objects.filter(deal=deal).exists():
        ask_for(deal, deal.partner)


@RESPONSES.verb("accept")
@transaction.atomic
def accept_response(
    response_id: UUID, *, seller: UUID | None = None, by: Membership, seen: int | None = None
) -> VendorResponse:
    """The vendor works on the deal, with this seller; else with who is named already, else with `by`."""
    held = RESPONSES.locked(response_id, by=by, seen=seen)
    VENDOR_RESPONSE.check("accept", held, by)
    who = seller or held.representative_id or by.pk
    if seller and not sellers().filter(pk=seller).exists():
        raise Refused(Reason("seller", _("Choose a colleague who may answer."), field="seller"))
    named = Membership.objects.select_related("user").get(pk=who)
    RESPONSES.take("accept", held, by=by, changes={"representative": named, "answered_at": now()} | _worth(held))
    contact = {"seller": named.name, "seller_email": named.email, "seller_phone": named.phone}
    tell_deal("deal.response_accepted", held.deal, by, contact)
    return held


@RESPONSES.verb("decline")
@transaction.atomic
def decline_response(
    response_id: UUID, *, code: str, text: str = "", by: Membership, seen: int | None = None
) -> VendorResponse:
    """The vendor does not help. The deal is told so by the portal itself, with no more than the partner may know."""
    held = RESPONSES.locked(response_id, by=by, seen=seen)
    VENDOR_RESPONSE.check("decline", held, by)
    columns = {"reason_code": DeclineReason(code).value, "reason_text": _written(code, text), "answered_at": now()}
    data = {"code": columns["reason_code"], "reason_text": columns["reason_text"]}
    RESPONSES.take("decline", held, by=by, changes=columns | _worth(held), data=data)
    tell_deal("deal.response_declined", held.deal, SYSTEM, held.told_to_partner)
    return held


@RESPONSES.verb("create_again")
@transaction.atomic
def create_again(response_id: UUID, *, by: Membership, seen: int | None = None) -> VendorResponse:
    """Ask once more where it was declined by mistake: the next request, linked to this one (ruling 17)."""
    held = RESPONSES.locked(response_id, by=by, seen=seen)
    RESPONSES.take("create_again", held, by=by)
    ask_for(held.deal, held.partner, held)
    return held


def _worth(held: VendorResponse) -> dict[str, Any]:
    """What the deal is worth today in the currency of the threshold, kept for good. Without a rate nobody can say that
    it is worth too little: then the reason is shown.
    """
    rule = current_rule()
    columns: dict[str, Any] = {"threshold_minor": rule.threshold_minor, "currency": rule.currency}
    try:
        found = converted(Money(held.deal.value_minor, held.deal.currency), rule.currency, on=localdate())
    except NoRate:
        return columns
    is_below = rule.is_threshold_on and found.money.minor < rule.threshold_minor
    return columns | {"worth_minor": found.money.minor, "rate": round(found.rate, 10), "is_below": is_below}


def _written(code: str, text: str) -> str:
    """The words beside the code. Raises Refused where they cannot be kept, and where they are all there would be."""
    try:
        text = plain_text(text, lines=True)
    except ValidationError as error:
        raise Refused(Reason("text", " ".join(error.messages), field="text")) from None
    if code == DeclineReason.OTHER and not text:
        raise Refused(Reason("text", _now("Write a few words: the other side reads them."), field="text"))
    return text
