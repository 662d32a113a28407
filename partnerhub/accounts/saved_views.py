"""Whose saved views a member has, and where the lists find them (partnerhub.web.lists.saved)."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from partnerhub.accounts.models import Membership, SavedView
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.lists import saved as lists
from partnerhub.web.lists.declaring import LISTS

SHOWN = 200
OPENS_WITH = "views"
"""In a member's preferences: list → the id of the view that it opens with."""


def saved_views_for(membership: Membership) -> QuerySet[SavedView]:
    """A member's own views, and those shared in their organisation, of lists that they may open."""
    lists = [name for name, one in LISTS.items() if membership.can(one.permission)]
    whose = Q(membership=membership) | Q(is_shared=True, partner_id=membership.partner_id)
    return SavedView.objects.filter(whose, list_name__in=lists).select_related("membership__user")


def keeps_view(view: SavedView, membership: Membership) -> bool:
    """Whether the member may rename and remove the view: its owner, and who manages the people it is shared with."""
    return view.membership_id == membership.pk or (view.is_shared and membership.can(MEMBERS_MANAGE))


class ViewKeeper:
    """Where the lists find saved views (partnerhub.web.lists.saved)."""

    ADDRESSES: ClassVar[dict[str, str]] = {
        "new": "accounts:new-view",
        "edit": "accounts:view",
        "keep": "accounts:keep-view",
        "copy": "accounts:copy-view",
        "default": "accounts:default-view",
        "delete": "accounts:delete-view",
    }

    def views(self, list_name: str, member: Membership) -> list[lists.SavedView]:
        rows = saved_views_for(member).filter(list_name=list_name).order_by("name", "id")
        return [self._seen_by(member, row) for row in rows[:SHOWN]]

    def _seen_by(self, member: Membership, row: SavedView) -> lists.SavedView:
        by = "" if row.membership_id == member.pk else row.membership.name
        return lists.SavedView(row.pk, row.name, row.state, row.version, row.is_shared, keeps_view(row, member), by)

    def default(self, list_name: str, member: Membership) -> UUID | None:
        chosen = member.preferences.get(OPENS_WITH, {}).get(list_name)
        return UUID(chosen) if chosen else None

    def url(self, step: str, key: Any) -> str:
        return reverse(self.ADDRESSES[step], args=[key])
