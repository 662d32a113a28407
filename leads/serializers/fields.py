"""What several shapes of a lead share."""

from typing import Any


def person(key: Any, name: str | None) -> dict[str, Any] | None:
    """Who, by id and name; None for nobody."""
    return {"id": str(key), "name": name or ""} if key else None
