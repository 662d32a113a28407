"""The point in time from which a returning browser is told events, read from its last event id (a UUIDv7)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.timezone import now

OVERLAP = timedelta(seconds=60)
"""An event is committed after its id was made, at most this much later. What is told twice, the browser knows."""
SLACK = timedelta(seconds=1)
"""The same for a page that was just drawn: its own request has committed before."""
REPLAYED = timedelta(minutes=10)
"""Who was away for longer is told to look at the list anew."""


def moment_of(text: str) -> datetime | None:
    """When this id was made; None for what is no UUIDv7, and for one of a time to come."""
    try:
        made = UUID(text) if len(text) <= 36 else None
        moment = datetime.fromtimestamp((made.int >> 80) / 1000, UTC) if made and made.version == 7 else None
    except ValueError:  # no id, or one of a year that no calendar has
        return None
    return moment if moment and moment < now() + SLACK else None


def since(after: str, last: str) -> datetime | None:
    """The moment to begin at: `last` is the last event that arrived, `after` was made with the page. None: now."""
    drawn, told = moment_of(after), moment_of(last)
    starts = [*([drawn - SLACK] if drawn else []), *([told - OVERLAP] if told else [])]
    return max(starts, default=None)
