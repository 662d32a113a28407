"""Working time over zones, clock changes, leap days and years: laws, and days that are known."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerhub.calendars.hours import (
    DAY,
    Hours,
    add_business,
    business_between,
    business_day,
    is_open,
    openings,
    spans_of,
    spans_text,
)

HOUR = timedelta(hours=1)
OFFICE = (spans_of("09:00-17:00"),) * 5 + ((), ())
ALWAYS = (spans_of("00:00-24:00"),) * 7
# Half an hour of summer time, a day left out, midnight skipped or repeated, no change at all.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/Goose_Bay",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "UTC",
)
DAYS = ["", "00:00-24:00", "09:00-17:00", "08:30-12:00, 13:00-17:45", "00:30-01:15, 02:15-02:45, 23:00-24:00"]
spans = st.sampled_from([spans_of(text) for text in DAYS])
weeks = st.tuples(*[spans] * 7).filter(any)
calendars = st.builds(
    Hours,
    zone=st.sampled_from(ZONES),
    week=weeks,
    country=st.sampled_from(["", "DE", "US", "NO"]),
    closing_days=st.frozensets(st.dates(date(2000, 1, 1), date(2040, 1, 1)), max_size=3),
)
moments = st.one_of(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants naive bounds
    st.sampled_from(
        [
            datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            datetime(2011, 12, 30, 9, tzinfo=UTC),
            datetime(2028, 2, 28, 23, 30, tzinfo=UTC),
            datetime(2026, 11, 1, 3, 59, tzinfo=UTC),
        ]
    ),
)
amounts = st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=60, deadline=None)
@given(calendars, moments, amounts, amounts)
def test_what_is_added_lies_between_and_two_parts_are_one_whole(
    hours: Hours, at: datetime, one: timedelta, other: timedelta
) -> None:
    due = add_business(hours, at, one)
    assert due >= at
    assert business_between(hours, at, due) == one
    assert business_between(hours, due, at) == timedelta(0)
    assert add_business(hours, due, other) == add_business(hours, at, one + other)
    if one:
        assert is_open(hours, due - timedelta(microseconds=1))


@settings(max_examples=25, deadline=None)
@given(calendars, moments, amounts)
def test_time_counts_while_it_is_open_and_only_then(hours: Hours, at: datetime, real: timedelta) -> None:
    minutes = [at + timedelta(minutes=number) for number in range(0, real // timedelta(minutes=1), 7)]
    for start in minutes:
        step = business_between(hours, start, start + timedelta(microseconds=1))
        assert bool(step) == is_open(hours, start)
    assert business_between(hours, at, at + real) <= real


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2040, 1, 1)), weeks)
def test_openings_follow_one_another(zone: str, day: date, week: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    found = [one for number in range(-1, 2) for one in openings(Hours(zone, week), day + DAY * number)]
    assert all(start < end for start, end in found)
    assert all(end <= start for (_start, end), (start, _end) in pairwise(found))


@pytest.mark.parametrize("text", DAYS)
def test_spans_are_read_as_they_are_written(text: str) -> None:
    assert spans_text(spans_of(text)) == text


@pytest.mark.parametrize(
    ("zone", "day", "real"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23 * HOUR),
        ("Europe/Berlin", date(2026, 10, 25), 25 * HOUR),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5 * HOUR),
        ("America/Havana", date(2026, 3, 8), 23 * HOUR),
        ("America/Goose_Bay", date(2010, 11, 7), 25 * HOUR),
        ("Pacific/Apia", date(2011, 12, 30), 0 * HOUR),
        ("Europe/Berlin", date(2028, 2, 29), 24 * HOUR),
    ],
)
def test_a_whole_day_is_as_long_as_its_zone_makes_it(zone: str, day: date, real: timedelta) -> None:
    assert sum((end - start for start, end in openings(Hours(zone, ALWAYS), day)), timedelta(0)) == real


def test_known_due_times() -> None:
    berlin = Hours("Europe/Berlin", OFFICE, "DE", "BY", frozenset([date(2026, 12, 24)]))
    there = ZoneInfo("Europe/Berlin")
    two_days = 2 * business_day(berlin)
    assert two_days == 16 * HOUR
    for asked, due in {
        datetime(2026, 3, 27, 16, tzinfo=there): datetime(2026, 3, 31, 16, tzinfo=there),  # over the clock change
        datetime(2028, 2, 28, 9, tzinfo=there): datetime(2028, 2, 29, 17, tzinfo=there),  # a leap day is a day
        # Closed: Christmas Eve by choice, Christmas Day, Saturday, Sunday; New Year's Day lies behind.
        datetime(2026, 12, 23, 12, tzinfo=there): datetime(2026, 12, 29, 12, tzinfo=there),
        datetime(2026, 12, 31, 12, tzinfo=there): datetime(2027, 1, 5, 12, tzinfo=there),
    }.items():
        assert add_business(berlin, asked, two_days) == due
    assert not is_open(berlin, datetime(2027, 1, 6, 12, tzinfo=there))  # Epiphany, in Bavaria
    assert is_open(Hours("Europe/Berlin", OFFICE, "DE"), datetime(2027, 1, 6, 12, tzinfo=there))
    assert not is_open(berlin, datetime(2026, 11, 27, 17, tzinfo=there))


def test_a_week_without_working_time_never_ends_anything() -> None:
    for week in (((),) * 7, (spans_of("09:00-09:30"), *((),) * 6)):
        with pytest.raises(ValueError, match="some"):
            add_business(Hours("UTC", week), datetime(2026, 1, 1, tzinfo=UTC), HOUR)
    with pytest.raises(ValueError, match="some"):
        add_business(Hours("UTC", OFFICE), datetime(2026, 1, 1, tzinfo=UTC), -HOUR)


@pytest.mark.parametrize("text", ["9-17", "17:00-09:00", "09:00-12:00, 11:00-17:00", "09:60-10:00", "09:00-24:01", "x"])
def test_what_is_no_list_of_spans_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says: the verb has the words
        spans_of(text)


def test_what_the_clock_skips_takes_nothing_away_but_itself() -> None:
    hours = Hours("Europe/Berlin", (spans_of("02:15-02:45, 02:45-04:00"),) * 7)
    there = [datetime(2026, 3, 29, hour, tzinfo=UTC) for hour in (1, 2)]
    assert openings(hours, date(2026, 3, 29)) == (tuple(there),)  # from 3:00, which follows 1:59, until 4:00


@given(calendars, moments, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_the_working_time_up_to_a_promised_moment_ends_no_later(hours: Hours, at: datetime, real: timedelta) -> None:
    """By which what was promised before there was a clock is kept: nobody works between the two."""
    kept = add_business(hours, at, business_between(hours, at, at + real))
    assert kept <= at + real
    assert not business_between(hours, kept, at + real)
