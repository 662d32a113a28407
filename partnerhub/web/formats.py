"""How numbers, money, dates and times are written for a person: in their language and their zone.

The rules (they are part of the product's voice):

* Money: code before amount, `EUR 18,400`; cents where somebody is paid, none in lists; minus is U+2212.
* Dates: `17 Nov 2026`, `17 Nov` in lists of the current year, with time `17 Nov 2026, 15:20`; time has 24 hours.
* Relative up to two days (`2 h ago`, `yesterday`, `2 days ago`), then the date.
* Durations: `48 min`, `3 h 20 min`, `7 days`.

Amounts come in minor units (cents) and are never a float. What a list repeats (dates, sums) is remembered per process.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerhub.money import digits_of

WORLD_ENGLISH = "en-001"  # 17 Nov 2026, not Nov 17, 2026
MINUS = "\N{MINUS SIGN}"
WRITTEN_NUMBER = re.compile(r"-?[0-9.,]{1,60}")
MINUTE, HOUR = 60, 3600
KIB = 1024


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale of a Django language code; an unknown one reads as English."""
    try:
        return Locale.parse(WORLD_ENGLISH if language == "en" else language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(WORLD_ENGLISH, sep="-")


def current_language() -> str:
    return translation.get_language() or "en"


# Numbers and money


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, pattern: str | None, language: str) -> str:
    return str(format_decimal(value, format=pattern, locale=locale_of(language))).replace("-", MINUS)


def number_text(value: int | Decimal, language: str | None = None) -> str:
    """12,400 in English, 12 400 in Polish."""
    return _number(value, None, language or current_language())


def decimal_text(value: Decimal, *, grouped: bool = True, decimals: int = 6) -> str:
    """12,400.5 in English, 12 400,5 in Polish, with so many decimals at most; not `grouped`: as it is typed."""
    return _number(value, f"{'#,##0' if grouped else '0'}.{'#' * decimals}", current_language())


def decimal_of(text: str) -> Decimal:
    """The number that a person wrote in their language, with or without groups. Raises ValueError for what is none."""
    plain = "".join(text.split()).replace(MINUS, "-")
    if not WRITTEN_NUMBER.fullmatch(plain):
        raise ValueError(f"{text!r} is not a number")
    try:
        return Decimal(parse_decimal(plain, locale=locale_of(current_language()), strict=True))
    except NumberFormatError as error:
        raise ValueError(f"{text!r} is not a number") from error


def amount_text(minor: int, currency: str, *, cents: bool = False, language: str | None = None) -> str:
    """The amount alone, without its currency: `18,400` or `18,400.00`, −600.00 with a true minus.

    `minor` counts the currency's smallest unit: cents of a euro, yen of a yen.
    """
    digits = digits_of(currency) if currency else 2
    value = Decimal(minor).scaleb(-digits)
    if not cents:
        value = value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    pattern = "#,##0." + "0" * digits if cents and digits else "#,##0"
    return _number(value, pattern, language or current_language())


def size_text(size: int, language: str | None = None) -> str:
    """Size of a file: `184 KB`, `2.4 MB`."""
    if size < KIB:
        return _("%(number)s bytes") % {"number": number_text(size, language)}
    if size < KIB * KIB:
        return _("%(number)s KB") % {"number": number_text(round(size / KIB), language)}
    return _("%(number)s MB") % {"number": number_text(round(Decimal(size) / (KIB * KIB), 1), language)}


# Dates and times


def _written(year: int, month: int, day: int, skeleton: str, language: str) -> str:
    return str(format_skeleton(skeleton, date(year, month, day), locale=locale_of(language)))


_date = lru_cache(maxsize=4096)(_written)


def local(value: datetime) -> datetime:
    """The moment in the person's zone."""
    return value.astimezone(timezone.get_current_timezone())


def day_text(value: date | datetime, *, short: bool = False, language: str | None = None) -> str:
    """`17 Nov 2026`; with `short` the year goes where it is the current one: for lists."""
    day = local(value) if isinstance(value, datetime) else value
    this_year = timezone.localdate().year if short else 0
    return date_text(day, this_year, language or current_language())


def month_text(value: date | datetime, *, language: str | None = None) -> str:
    """`November 2026`."""
    day = local(value) if isinstance(value, datetime) else value
    return _date(day.year, day.month, 1, "yMMMM", language or current_language())


def date_text(day: date, this_year: int, language: str) -> str:
    """The date, without its year where that is `this_year`."""
    return _date(day.year, day.month, day.day, "MMMd" if day.year == this_year else "yMMMd", language)


def typed_day_text(day: date) -> str:
    """`17 Nov 2026`, for a day that somebody typed: no process keeps what is typed."""
    return _written(day.year, day.month, day.day, "yMMMd", current_language())


def days_text(first: date | None, last: date | None) -> str:
    """Typed days: `1 Nov 2026–30 Nov 2026`, `from 1 Nov 2026`, `until 30 Nov 2026`; without any day nothing."""
    if first and last:
        return f"{typed_day_text(first)}–{typed_day_text(last)}"
    if first:
        return _("from %(day)s") % {"day": typed_day_text(first)}
    return _("until %(day)s") % {"day": typed_day_text(last)} if last else ""


def time_text(value: datetime) -> str:
    """`15:20` in the person's zone, 24 hours."""
    return f"{local(value):%H:%M}"


def moment_text(value: datetime, *, short: bool = False, language: str | None = None) -> str:
    """`17 Nov 2026, 15:20` in the person's zone."""
    at = local(value)
    return f"{day_text(at.date(), short=short, language=language)}, {at:%H:%M}"


def exact_text(at: datetime, language: str) -> str:
    """`17 Nov 2026, 15:20` as `at` reads, whatever zone it is in."""
    return f"{date_text(at, 0, language)}, {at:%H:%M}"


def ago_text(value: datetime, now: datetime | None = None, language: str | None = None) -> str:
    """`now`, `2 min ago`, `2 h ago`, `yesterday`, `2 days ago`, then the date; the date too for what lies ahead."""
    return ago_between(local(value), local(now or timezone.now()), language or current_language())


def ago_between(at: datetime, now: datetime, language: str) -> str:
    """The same for two moments that are in the reader's zone already."""
    seconds = (now - at).total_seconds()
    days = (now.date() - at.date()).days
    if seconds < 0 or days > 2:
        return date_text(at, now.year, language)
    if seconds < MINUTE:
        return _("now")
    if seconds < HOUR:
        return _("%(minutes)s min ago") % {"minutes": int(seconds // MINUTE)}
    if days == 0:
        return _("%(hours)s h ago") % {"hours": int(seconds // HOUR)}
    if days == 1:
        return _("yesterday")
    return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}


def duration_text(value: timedelta) -> str:
    """`48 min`, `3 h 20 min`, `7 days`: two units at most, days alone from two days on."""
    minutes = int(value.total_seconds() // MINUTE)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        days = hours // 24
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if hours and minutes:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02d}"}
    if hours:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(minutes)s min") % {"minutes": minutes}
