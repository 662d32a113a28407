"""Rates of exchange: entered by day, and money converted by the newest that is not later than the day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.money import Money, digits_of_all
from partnerhub.partners.models import Rate
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.web.fields import day_wrong
from partnerhub.web.formats import decimal_text

LARGEST_RATE = Decimal(10) ** 9
SMALLEST = Decimal(10) ** -9


@dataclass(frozen=True)
class Converted:
    """An amount in another currency, and by which rate of which day: kept where it is used."""

    money: Money
    rate: Decimal
    day: date


class NoRate(LookupError):
    """There is no rate between the two on or before the day."""


def converted(money: Money, currency: str, *, on: date) -> Converted:
    """The amount in this currency on that day; by the rate of the other direction where there is only that.

    Raises NoRate.
    """
    if money.currency == currency:
        return Converted(money, Decimal(1), on)
    if straight := _newest(money.currency, currency, on):
        return Converted(money.at(straight.rate, currency), straight.rate, straight.day)
    if other := _newest(currency, money.currency, on):
        amount = Money.rounded(money.amount / other.rate, currency)  # divided once: 1 / rate is rounded already
        return Converted(amount, 1 / other.rate, other.day)
    raise NoRate(f"{money.currency}/{currency} {on.isoformat()}")


def _newest(source: str, target: str, on: date) -> Rate | None:
    rows = Rate.objects.filter(source=source, target=target, day__lte=on)
    return rows.order_by("-day").first()


@transaction.atomic
def set_rate(source: str, target: str, day: date, rate: Decimal, *, by: Seat) -> tuple[Rate, bool]:
    """Enter the rate of a day, or correct it; gives it, and whether it is new.

    What was converted before stays as it was; the same rate again changes nothing.
    Raises Refused by field, NotPermitted.
    """
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    if reasons := _against(source, target, day, rate):
        raise Refused(reasons)
    new = Rate(source=source, target=target, day=day, rate=rate.quantize(Decimal(10) ** -10))
    Rate.objects.insert_new([new])
    row = Rate.objects.select_for_update(no_key=True).get(source=source, target=target, day=day)
    is_new, before, row.rate = row.pk == new.pk, row.rate, new.rate
    if is_new or before != row.rate:
        row.save(update_fields=["rate"])
        was = {} if is_new else {"rate": f"{before:f}"}
        after = {"rate": f"{row.rate:f}"}
        record("rate.entered", row, actor=by, before=was, after=after, data={"url": "/settings/rates/"})
    return row, is_new


def _against(source: str, target: str, day: date, rate: Decimal) -> list[Reason]:
    known = digits_of_all()
    pair = {"source": source, "target": target}
    wrong = [
        Reason("currency_unknown", _("Choose from the list."), field=name)
        for name, code in pair.items()
        if code not in known
    ]
    if source == target:
        wrong.append(Reason("same_currency", _("Choose two currencies."), field="target"))
    if why := day_wrong(day, is_past=True):
        wrong.append(Reason("day", str(why), field="day"))
    if rate < SMALLEST:
        wrong.append(Reason("rate_range", _("Enter a rate above 0."), field="rate"))
    if rate > LARGEST_RATE:
        text = _("Enter a rate of %(most)s or less.") % {"most": decimal_text(LARGEST_RATE)}
        wrong.append(Reason("rate_range", text, field="rate"))
    return wrong
