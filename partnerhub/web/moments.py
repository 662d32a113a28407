"""Moments as markup, for tags and for rows that are written in Python.

`Moments` is for lists: zone, language and the present are looked up once for all rows.
"""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerhub.web import formats


@lru_cache(maxsize=4096)
def time_markup(exact: str, text: str) -> SafeString:
    """A moment: as machines read it, and in words."""
    return format_html('<time datetime="{}">{}</time>', exact, text)


@lru_cache(maxsize=4096)
def ago_markup(exact: str, text: str, language: str) -> SafeString:
    """A moment in relative words; the full time shows on hover and focus."""
    full = formats.exact_text(datetime.fromisoformat(exact), language)
    return format_html('<time class="ago" datetime="{}" data-full="{}">{}</time>', exact, full, text)


@lru_cache(maxsize=4096)
def _day_markup(day: date, this_year: int, language: str) -> SafeString:
    return time_markup(day.isoformat(), formats.date_text(day, this_year, language))


class Moments:
    """Writes the moments of one list for one reader."""

    def __init__(self) -> None:
        self.zone = timezone.get_current_timezone()
        self.language = formats.current_language()
        self.now = timezone.now().astimezone(self.zone)

    def day(self, value: datetime) -> SafeString:
        """`17 Nov`, with the year where it is another one."""
        return _day_markup(value.astimezone(self.zone).date(), self.now.year, self.language)

    def date(self, day: date) -> SafeString:
        """The same for a day of no zone."""
        return _day_markup(day, self.now.year, self.language)

    def ago(self, value: datetime) -> SafeString:
        """`2 h ago`, `yesterday`, then the date."""
        at = value.astimezone(self.zone)
        return ago_markup(
            at.isoformat(timespec="minutes"), formats.ago_between(at, self.now, self.language), self.language
        )
