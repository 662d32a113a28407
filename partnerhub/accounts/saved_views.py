"""Whose saved views a member has, and where the lists find them (partnerhub.web.lists.saved)."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from partnerhub.accounts.models import Membership, SavedView
from partnerhub.roles import MEMBERS_MANAGE, VENDOR
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.lists import saved as lists
from partnerhub.web.lists.declaring import LISTS
from partnerhub.web.rows import columns, read

VIEWS_SHOWN = 200
OPENS_WITH = "views"
"""In a member's preferences: list → the id of the view that it opens with."""
SEEN = f"""
    SELECT {columns(SavedView, "saved")},
        CASE WHEN owner.is_active AND person.is_active THEN coalesce(nullif(person.name, ''), person.email) END
    FROM accounts_savedview saved
    JOIN accounts_membership owner ON owner.id = saved.membership_id
    JOIN accounts_user person ON person.id = owner.user_id
    WHERE saved.tenant_id = %(tenant)s AND saved.list_name = %(list)s
        AND (saved.membership_id = %(member)s OR (saved.is_shared AND saved.partner_id {{}}))
    ORDER BY saved.name, saved.id LIMIT {VIEWS_SHOWN}
"""  # noqa: S608 - the model's own words
# Written out twice: an index does not answer for a partner or none.
SEEN_BY_PARTNER, SEEN_BY_VENDOR = SEEN.format("= %(partner)s"), SEEN.format("IS NULL")


def saved_views_for(membership: Membership) -> QuerySet[SavedView]:
    """A member's own views, and those shared in their organisation, of lists that they may open."""
    lists = [name for name, one in LISTS.items() if membership.can(one.permission)]
    whose = Q(membership=membership) | Q(is_shared=True, partner_id=membership.partner_id)
    return SavedView.objects.filter(whose, list_name__in=lists).select_related("membership__user")


def keeps_view(view: SavedView, membership: Membership) -> bool:
    """Whether the member may rename and remove the view: its owner, and who manages the people it is shared with."""
    return view.membership_id == membership.pk or (view.is_shared and membership.can(MEMBERS_MANAGE))


def owns_view(view: SavedView, membership: Membership, *, is_owner_here: bool) -> bool:
    """Whether the member says what the view shows: its owner. One whose owner has left is the organisation's, so who
    manages its people says it."""
    return view.membership_id == membership.pk or (not is_owner_here and keeps_view(view, membership))


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
        """Those of `saved_views_for`. Written out, because the page of every list sends this statement.

        A list without a page, which only the API has, has none.
        """
        if list_name not in LISTS or not member.can(LISTS[list_name].permission):
            return []
        asked = {"tenant": member.tenant_id, "list": list_name, "member": member.pk}
        if member.side == VENDOR:
            found = read(SEEN_BY_VENDOR, asked, SavedView)
        else:
            found = read(SEEN_BY_PARTNER, asked | {"partner": member.partner_id}, SavedView)
        return [self._seen_by(member, row, owner) for row, owner in found]

    def _seen_by(self, member: Membership, row: SavedView, owner: str | None) -> lists.SavedView:
        """`owner`: their name; None where they have left."""
        keeps, owns = keeps_view(row, member), owns_view(row, member, is_owner_here=owner is not None)
        by = "" if row.membership_id == member.pk else owner or _organisation_of(member)
        return lists.SavedView(row.pk, row.name, row.state, row.version, row.is_shared, keeps, owns, by)

    def default(self, list_name: str, member: Membership) -> UUID | None:
        chosen = member.preferences.get(OPENS_WITH, {}).get(list_name)
        return UUID(chosen) if chosen else None

    def url(self, step: str, key: Any) -> str:
        return reverse(self.ADDRESSES[step], args=[key])


def _organisation_of(member: Membership) -> str:
    return member.partner.name if member.partner else current_tenant().name
