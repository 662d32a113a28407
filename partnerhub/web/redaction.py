"""What is kept out of logs: addresses with tokens, names of people (quality 56); figures stay."""

import logging
import re
from typing import Any

# A slash as it stands, or as it was written into a parameter (`?next=%2Fwelcome%2F…`), once or twice over.
SLASH = "(?:/|%(?:25)*2F)"
DOORS = re.compile(
    rf"({SLASH}(?:welcome|unsubscribe|invitations|quotes|intake|intake{SLASH}confirm|objections|confirmations|confirm|confirm-email|password{SLASH}reset{SLASH}key){SLASH})"
    rf"(?:(?!{SLASH})[^?&#\s\"'])" + "{8,}",
    re.IGNORECASE,
)

MAILBOX = re.compile(r"[^\s<>\"'(),:;=/\\]+@(?=[\w-]+\.[\w.-]+)")
PASSWORD = re.compile(r"(://[^\s/@:]*:)[^\s/@]+(?=@)")
"""Of an address with one, also where its host has no dot, as in a network of containers."""
# What PostgreSQL tells of a row that it refused: `Key (tenant_id, name)=(…, Jette Ahlers)`, `Failing row contains (…)`.
ROW_DETAIL = re.compile(r"^DETAIL:.*?(?=\n\n|\n(?:HINT|CONTEXT|QUERY):|\Z)", re.MULTILINE | re.DOTALL)

STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"asctime", "message", "taskName"}


def keep_figures(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """A structlog processor for lines of the standard library: what `extra` says in plain words and numbers."""
    record = event.get("_record")
    for name, value in vars(record).items() if record else ():
        if name not in STANDARD and isinstance(value, str | int | float):
            event.setdefault(name, value)
    return event


def hide_doors(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """A structlog processor: `GET /acme/welcome/…/` instead of the token that stands there."""
    for name, value in event.items():
        if isinstance(value, str) and ("/" in value or "%" in value):
            event[name] = DOORS.sub(r"\1…", value)
    return event


def hide_persons(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """A structlog processor for what errors quote: `…@example.org` of a mailbox, no password, no refused row."""
    for name, value in event.items():
        if isinstance(value, str) and ("@" in value or "DETAIL:" in value):
            event[name] = ROW_DETAIL.sub("DETAIL: …", MAILBOX.sub("…@", PASSWORD.sub(r"\1…", value)))
    return event
