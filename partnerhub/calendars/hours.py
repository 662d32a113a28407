"""Working time as pure functions: no database, no clock of their own. `at`, `start` and `end` are aware moments.

    hours = current_calendar().hours        # partnerhub.calendars.selectors
    is_open(hours, at)                      # whether somebody works now
    add_business(hours, at, timedelta(hours=16))    # when so much working time is over
    business_between(hours, start, end)     # how much working time lies between
    end_of_business_day(hours, at, days=14)     # when that day, or the next business day, is over

An opening is one stretch of real time: from the first moment at which the wall clock of the zone shows its start, or
has passed it, to the first at which it shows its end. So an hour that the clock skips takes nothing away but itself,
one that it repeats belongs to the opening in which it falls, and a day that a zone leaves out has no openings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

Span = tuple[int, int]
"""From and until, in minutes of the day."""

DAY = timedelta(days=1)
REMINDED_BEFORE = (7 * DAY, 3 * DAY, DAY)
NO_TIME = timedelta(0)
MINUTES_OF_DAY = 24 * 60
LEAST_A_WEEK = timedelta(hours=1)
MOST_SPANS = 6
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class Hours:
    """When somebody works: the spans of each weekday, Monday first, but not on public holidays and closing days.

    `country` and `subdivision` are those of the `holidays` library; without a country no public holiday is kept.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    country: str = ""
    subdivision: str = ""
    closing_days: frozenset[date] = frozenset()


def spans_of(text: str) -> tuple[Span, ...]:
    """Read `09:00-12:30, 13:30-17:00`; empty: closed. Raises ValueError for what is no list of spans in order."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MOST_SPANS:
        raise ValueError("Too many spans.")
    spans = tuple(_span(part) for part in parts)
    ends = [0, *(end for _start, end in spans)]
    if any(start < before for (start, _end), before in zip(spans, ends, strict=False)):
        raise ValueError("The spans overlap, or are not in order.")
    return spans


def _span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"{text} is no span.")
    from_hour, from_minute, until_hour, until_minute = (int(part) for part in found.groups())
    start, end = from_hour * 60 + from_minute, until_hour * 60 + until_minute
    if from_minute > 59 or until_minute > 59 or not start < end <= MINUTES_OF_DAY:
        raise ValueError(f"{text} is no span of a day.")
    return start, end


def spans_text(spans: tuple[Span, ...]) -> str:
    """The same spans as `spans_of` reads them, each written in one way."""
    return ", ".join("-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in span) for span in spans)


def week_length(hours: Hours) -> timedelta:
    """The working time of a week without holidays."""
    return timedelta(minutes=sum(end - start for spans in hours.week for start, end in spans))


def business_day(hours: Hours) -> timedelta:
    """How much working time *one business day* is: the mean of the weekdays that are open at all."""
    return week_length(hours) / max(1, sum(bool(spans) for spans in hours.week))


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether somebody works at this moment. The end of a span is not in it any more."""
    day = _local_day(hours, at)
    around = (day - DAY, day, day + DAY)
    return any(start <= at < end for one in around for start, end in openings(hours, one))


def add_business(hours: Hours, at: datetime, amount: timedelta) -> datetime:
    """The moment (UTC) at which so much working time from `at` on is over; `at` itself for none.

    Raises ValueError for less than nothing, and for a week without working time, which would never end.
    """
    if amount < NO_TIME or week_length(hours) < LEAST_A_WEEK:
        raise ValueError("Working time goes on only in a week that has some.")
    if not amount:
        return at.astimezone(UTC)
    for start, end in _from(hours, at):
        if amount <= end - start:
            return start + amount
        amount -= end - start
    raise ValueError("The calendar ends before the working time does.")


def end_of_business_day(hours: Hours, at: datetime, *, days: int) -> datetime:
    """When the work of a day is over (UTC): of the one so many calendar days later, or of the next that has any.

    Raises ValueError for a calendar without working time.
    """
    day = _local_day(hours, at) + days * DAY
    while day < date.max - DAY:
        if spans := openings(hours, day):
            return spans[-1][1]
        day += DAY
    raise ValueError("No day of this calendar has working time.")


def business_between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments; none where the second is not the later one."""
    total = NO_TIME
    for opens, closes in _from(hours, start):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def closed_days(hours: Hours, first: date, *, days: int = 365, language: str = "") -> Iterator[tuple[date, str]]:
    """The public holidays and closing days from `first` on that a working week would be open on, with their names.

    A closing day has no name here; a holiday's is in `language` where the library speaks it.
    """
    for one in (first + DAY * number for number in range(days)):
        named = public_holidays(hours.country, hours.subdivision, one.year, language)
        if hours.week[one.weekday()] and (one in named or one in hours.closing_days):
            yield one, named.get(one, "")


@lru_cache(maxsize=4096)
def openings(hours: Hours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches of real time (UTC) in which somebody works on a day of the zone."""
    if day in hours.closing_days or day in public_holidays(hours.country, hours.subdivision, day.year):
        return ()
    spans = hours.week[day.weekday()]
    found = ((_moment(hours.zone, day, start), _moment(hours.zone, day, end)) for start, end in spans)
    return tuple((start, end) for start, end in found if start < end)


@lru_cache(maxsize=512)
def public_holidays(country: str, subdivision: str, year: int, language: str = "") -> dict[date, str]:
    """The public holidays of a year, by day. None for a country that the library does not know (any more)."""
    if not country:
        return {}
    try:
        found = country_holidays(
            country, subdiv=subdivision or None, years=year, expand=False, language=language or None
        )
    except NotImplementedError:
        return {}
    return dict(found)


def next_reminder(due_at: datetime, after: datetime) -> datetime | None:
    """When to remind next of what is due: seven, three, one days before. What was missed is not made up for."""
    return next((at for before in REMINDED_BEFORE if (at := due_at - before) > after), None)


def _from(hours: Hours, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The openings from `at` on; the first begins no earlier. Without end: bounded by the calendar of Python."""
    at = at.astimezone(UTC)
    day = _local_day(hours, at) - DAY
    while day < date.max - DAY:
        yield from ((max(start, at), end) for start, end in openings(hours, day) if end > at)
        day += DAY


def _local_day(hours: Hours, at: datetime) -> date:
    return at.astimezone(ZoneInfo(hours.zone)).date()


def _moment(zone: str, day: date, minutes: int) -> datetime:
    """When the wall clock of the zone first shows this minute of the day, or first has passed it."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if first <= second else _skip(zone, second, first)


def _skip(zone: str, before: datetime, after: datetime) -> datetime:
    """The second in which the clock of the zone is put forward, somewhere between these two moments."""
    there = ZoneInfo(zone)
    offset = after.astimezone(there).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (before, middle) if middle.astimezone(there).utcoffset() == offset else (middle, after)
    return after
