"""Quotes are drafted, changed and copied: their lines, and what they come to."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now

from deals.models import Deal
from deals.services import DEALS
from deals.states.deals import IS_CLOSED
from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.money import Money
from partnerhub.quotes.models import Product, Quote, QuoteLine
from partnerhub.quotes.services.records import QUOTES, audience_of
from partnerhub.quotes.states import MOST_LINES, MOST_QUANTITY, QUOTE, WHOLE_PRICE, ProductStatus
from partnerhub.roles import QUOTES_MANAGE
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.fields import plain_text

MOST_QUOTES = 100
"""So many a deal has at most, with all versions."""
VALID_DAYS = 30
LONGEST_QUOTE_LINE, LONGEST_NOTE = 300, 2000
LATEST = date(2099, 12, 31)


@transaction.atomic
def open_quote(deal_id: UUID, *, by: Membership, seen: int | None = None, **kwargs: Any) -> Quote:
    """A draft for the customer of an open deal: in the deal's currency and valid for a month where nothing is said.

    Raises Deal.DoesNotExist for a deal that one does not see, NotPermitted, Stale, and Refused by field.
    """
    deal = DEALS.locked(deal_id, by=by, seen=seen)
    if not by.can(QUOTES_MANAGE):
        raise NotPermitted(QUOTES_MANAGE)
    today = localdate(timezone=ZoneInfo(current_tenant().timezone))
    usual = {"currency": deal.currency, "valid_until": today + timedelta(days=VALID_DAYS), "note": "", "lines": []}
    return _drafted(deal, checked_quote(usual, kwargs), by=by)


@QUOTES.verb("edit")
@transaction.atomic
def edit_quote(quote_id: UUID, *, by: Membership, seen: int | None = None, **kwargs: Any) -> Quote:
    """Other lines, another day, other words in a draft; what is not given stays. Raises Stale, Refused by field."""
    held = QUOTES.locked(quote_id, by=by, seen=seen)
    QUOTE.check("edit", held, by)
    now = {name: getattr(held, name) for name in ("currency", "valid_until", "note", "lines")}
    return QUOTES.take("edit", held, by=by, changes=checked_quote(now, kwargs))


@QUOTES.verb("new_version")
@transaction.atomic
def new_version(quote_id: UUID, *, by: Membership, seen: int | None = None) -> Quote:
    """A draft with the same lines; this one stays as it is until the draft is sent."""
    held = QUOTES.locked(quote_id, by=by, seen=seen)
    QUOTES.take("new_version", held, by=by)
    same = {name: getattr(held, name) for name in ("currency", "valid_until", "note", "lines", "total_minor")}
    _drafted(held.deal, same, by=by, previous=held)
    return held


def _drafted(deal: Deal, columns: Mapping[str, Any], *, by: Membership, previous: Quote | None = None) -> Quote:
    """The next quote of a deal, which the caller holds. Raises Refused where it is closed or has too many."""
    if deal.status in IS_CLOSED:
        raise Refused(Reason("deal_open", _now("The deal is closed.")))
    last = Quote.objects.filter(deal=deal).order_by("-number").values_list("number", flat=True).first() or 0
    if last >= MOST_QUOTES:
        raise Refused(Reason("too_many", _now("The deal has 100 quotes already.")))
    quote = Quote(
        partner=deal.partner,
        deal=deal,
        previous=previous,
        created_by_id=by.pk,
        number=last + 1,
        side=by.side,
        language=current_tenant().language,
        **columns,
    )
    quote.save(force_insert=True)
    tell_quote("quote.drafted", quote, by)
    return quote


def tell_quote(kind: str, quote: Quote, by: Actor) -> None:
    """An event of a new quote."""
    after = {"status": quote.status, "total_minor": quote.total_minor, "currency": quote.currency}
    record(kind, quote, actor=by, after=after, data=QUOTES.event_data(quote), audience=audience_of(quote))


def line_total(quantity: int, unit: Money, discount: int) -> Money:
    """What a line comes to: rounded once, half to even. `discount` is in hundredths of a percent."""
    return Money(unit.minor * quantity, unit.currency).times(Decimal(WHOLE_PRICE - discount) / WHOLE_PRICE)


def checked_quote(now: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a draft, with its total. Raises Refused by field."""
    wanted, wrong = {**now, **given}, list[Reason]()
    try:
        note = plain_text(wanted["note"], lines=True)
        if len(note) > LONGEST_NOTE:
            wrong.append(Reason("note", _now("Write at most 2,000 characters."), field="note"))
    except ValidationError as error:
        note = ""
        wrong.append(Reason("note", " ".join(error.messages), field="note"))
    if not isinstance(wanted["valid_until"], date) or wanted["valid_until"] > LATEST:
        wrong.append(Reason("valid_until", _now("Enter a day before the year 2100."), field="valid_until"))
    try:
        Money(0, wanted["currency"])
    except ValueError:
        raise Refused([*wrong, Reason("currency", _now("Choose a currency."), field="currency")]) from None
    if now["lines"] and wanted["currency"] != now["currency"] and "lines" not in given:
        text = _now("Say the lines too: their prices are in another currency.")
        wrong.append(Reason("currency", text, field="currency"))
    lines = list[QuoteLine](now["lines"])
    if "lines" in given:
        lines, more = _checked_lines(given["lines"], wanted["currency"], now["lines"])
        wrong += more
    if wrong:
        raise Refused(wrong)
    try:
        total = Money.total((Money(line["total_minor"], wanted["currency"]) for line in lines), wanted["currency"])
    except ValueError:
        raise Refused(Reason("lines", _now("This is more money than can be kept."), field="lines")) from None
    told = {"currency": wanted["currency"], "valid_until": wanted["valid_until"], "note": note}
    return told | {"lines": lines, "total_minor": total.minor}


def _checked_lines(
    given: Sequence[Mapping[str, Any]], currency: str, before: Sequence[QuoteLine]
) -> tuple[list[QuoteLine], list[Reason]]:
    """The lines as they are kept, and what is wrong with them: a product that is retired stays where it was."""
    if len(given) > MOST_LINES:
        return [], [Reason("lines", _now("A quote has at most 100 lines."), field="lines")]
    codes = {str(line.get("sku") or "").strip().upper() for line in given} - {""}
    products = {row.sku: row for row in Product.objects.filter(sku__in=codes)} if codes else {}
    kept = {line["sku"] for line in before}
    lines, wrong = list[QuoteLine](), list[Reason]()
    for number, line in enumerate(given, 1):
        try:
            lines.append(_checked_line(line, currency, products, kept))
        except ValueError as error:
            text = _now("Line %(number)s: %(why)s") % {"number": number, "why": str(error)}
            wrong.append(Reason("lines", text, field="lines"))
    return lines, wrong


def _checked_line(line: Mapping[str, Any], currency: str, products: Mapping[str, Product], kept: set[str]) -> QuoteLine:
    """One line as it is kept. Raises ValueError with a sentence."""
    sku, text = str(line.get("sku") or "").strip().upper(), _words_of(line.get("text") or "")
    product = products.get(sku)
    if sku and (product is None or (product.status != ProductStatus.ACTIVE and sku not in kept)):
        raise ValueError(_now("No product with the code %(sku)s is offered.") % {"sku": sku[:40]})
    if product is None and not text:
        raise ValueError(_now("Name a product, or say in words what is offered."))
    unit, quantity, discount = line.get("unit_minor"), line.get("quantity", 1), line.get("discount", 0)
    if unit is None:
        if product is None or product.currency != currency:
            raise ValueError(_now("Enter a price in %(currency)s.") % {"currency": currency})
        unit = product.price_minor
    if not 1 <= quantity <= MOST_QUANTITY:
        raise ValueError(_now("Enter a quantity from 1 to 1,000,000."))
    if not 0 <= discount <= WHOLE_PRICE:
        raise ValueError(_now("Enter a discount from 0 to 100 percent."))
    if unit < 0:
        raise ValueError(_now("Enter a price that is not below 0."))
    try:
        total = line_total(quantity, Money(unit, currency), discount)
    except ValueError:
        raise ValueError(_now("This is more money than can be kept.")) from None
    return {
        "product": str(product.pk) if product else "",
        "sku": sku,
        "text": text or (product.name if product else ""),
        "quantity": quantity,
        "unit_minor": unit,
        "discount": discount,
        "total_minor": total.minor,
    }


def _words_of(text: str) -> str:
    """The words of a line. Raises ValueError where they can't be kept."""
    try:
        words = plain_text(text)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None
    if len(words) > LONGEST_QUOTE_LINE:
        raise ValueError(_now("Write at most 300 characters."))
    return words
