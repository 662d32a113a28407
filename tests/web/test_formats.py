"""The rules for numbers, money, dates and times, as the reader sees them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone, translation

from partnerhub.web import formats

NOW = datetime(2026, 11, 18, 9, 40, tzinfo=UTC)  # 10:40 in Oslo


@pytest.mark.parametrize(
    ("minor", "currency", "cents", "text"),
    [
        (1840000, "EUR", False, "18,400"),
        (1840050, "EUR", False, "18,401"),
        (45000, "EUR", True, "450.00"),
        (-60000, "EUR", True, "\N{MINUS SIGN}600.00"),
        (1840000, "JPY", True, "1,840,000"),
        (0, "EUR", False, "0"),
    ],
)
def test_amounts_count_the_smallest_unit_of_their_currency(minor: int, currency: str, cents: bool, text: str) -> None:
    assert formats.amount_text(minor, currency, cents=cents) == text


def test_amounts_follow_the_readers_language() -> None:
    assert formats.amount_text(123456789, "EUR", cents=True, language="pl") == "1\xa0234\xa0567,89"


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 bytes"), (1023, "1,023 bytes"), (188416, "184 KB"), (2_500_000, "2.4 MB")]
)
def test_sizes_of_files(size: int, text: str) -> None:
    assert formats.size_text(size) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "17 Nov 2026"),
        ("pl", "17 lis 2026"),
        ("nb", "17. nov. 2026"),
        ("cs", "17. 11. 2026"),
        ("xx", "17 Nov 2026"),
    ],
)
def test_days_by_language(language: str, text: str) -> None:
    assert formats.day_text(date(2026, 11, 17), language=language) == text


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(("day", "text"), [(date(2026, 1, 5), "5 Jan"), (date(2025, 12, 31), "31 Dec 2025")])
def test_lists_leave_out_the_current_year(day: date, text: str) -> None:
    assert formats.day_text(day, short=True) == text


def test_a_moment_is_told_in_the_persons_zone() -> None:
    with timezone.override("Asia/Tokyo"):
        assert formats.moment_text(datetime(2026, 11, 17, 15, 20, tzinfo=UTC)) == "18 Nov 2026, 00:20"


def test_the_hour_that_happens_twice_is_told_twice() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with timezone.override("Europe/Oslo"):
        assert formats.time_text(first) == formats.time_text(first + timedelta(hours=1)) == "02:30"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOW - timedelta(seconds=20), "now"),
        (NOW - timedelta(minutes=2), "2 min ago"),
        (NOW - timedelta(hours=2), "2 h ago"),
        (datetime(2026, 11, 17, 22, 59, tzinfo=UTC), "yesterday"),
        (datetime(2026, 11, 16, 8, 0, tzinfo=UTC), "2 days ago"),
        (datetime(2026, 11, 15, 8, 0, tzinfo=UTC), "15 Nov"),
        (datetime(2025, 11, 15, 8, 0, tzinfo=UTC), "15 Nov 2025"),
        (NOW + timedelta(days=1), "19 Nov"),
    ],
)
def test_relative_times_end_after_two_days(moment: datetime, text: str) -> None:
    with time_machine.travel(NOW, tick=False), timezone.override("Europe/Oslo"):
        assert formats.ago_text(moment) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(minutes=48), "48 min"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(hours=5, minutes=5), "5 h 05 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=7, hours=3), "7 days"),
    ],
)
def test_durations(value: timedelta, text: str) -> None:
    assert formats.duration_text(value) == text


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "1,250.5", "1250.5"),
        ("en", "1250.50", "1250.50"),
        ("en", "−3", "-3"),
        ("pl", "1 250,5", "1250.5"),
        ("pl", "1\u00a0250,5", "1250.5"),
        ("pl", "1250.5", "1250.5"),
    ],
)
def test_a_number_is_read_as_the_language_writes_it(language: str, text: str, number: str) -> None:
    with translation.override(language):
        assert formats.decimal_of(text) == Decimal(number)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1250,5"), ("en", "12,34"), ("pl", "1,250.5"), ("en", "1e5"), ("en", "NaN"), ("en", ""), ("en", "١٢")],
)
def test_what_is_no_number_of_the_language_is_refused(language: str, text: str) -> None:
    with translation.override(language), pytest.raises(ValueError, match="is not a number"):
        formats.decimal_of(text)


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("number", ["0", "-3", "1250.5", "12345678.654321"])
@pytest.mark.parametrize("grouped", [True, False])
def test_a_number_that_was_written_is_read_again(language: str, number: str, grouped: bool) -> None:
    with translation.override(language):
        assert formats.decimal_of(formats.decimal_text(Decimal(number), grouped=grouped)) == Decimal(number)
