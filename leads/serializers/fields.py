"""Which fields of a lead each side gets. The one table: lists, records, differences and timelines ask it."""

from datetime import datetime
from typing import Any

from partnerhub.roles import VENDOR

# Whose lead it is, and what the vendor's people know of it among themselves.
VENDOR_ONLY = frozenset({"partner", "conflict", "award_question", "award_questioned_by", "vendor_fields", "is_seen"})
# What nobody needs outside: the list's own order keys, and where a question leads back to.
INTERNAL = frozenset({"partner_key", "representative_key", "status_changed_at", "resume_to"})


def is_visible(name: str, side: str) -> bool:
    """Whether this side gets the field at all."""
    return name not in INTERNAL and (side == VENDOR or name not in VENDOR_ONLY)


def moment(value: datetime | None) -> str | None:
    """A time as RFC 3339 has it, in UTC."""
    if value is None:
        return None
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def person(key: Any, name: str | None) -> dict[str, Any] | None:
    """Who, by id and name; None for nobody."""
    return {"id": str(key), "name": name or ""} if key else None
