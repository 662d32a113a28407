"""Reading people and seats."""

from typing import Any

from partnerhub.accounts.models import RecentItem

RECENT_SHOWN = 6


def recent_items(membership: Any) -> list[RecentItem]:
    """What the member opened last, newest first (C6)."""
    return list(RecentItem.objects.filter(membership=membership).order_by("-opened_at")[:RECENT_SHOWN])
