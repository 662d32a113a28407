"""The side navigation of a seat (spec: pages.md). What the roles do not open is shown with a lock, not hidden."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import (
    AUDIT_VIEW,
    CUSTOMERS_VIEW,
    DELIVERY_VIEW,
    LEADS_TRIAGE,
    LEADS_VIEW,
    MEMBERS_VIEW,
    PARTNER,
    PROGRAMS_MANAGE,
    REFERRALS_VIEW,
    TOKENS_MANAGE,
    VENDOR,
    permissions_of,
)


@dataclass(frozen=True)
class Place:
    label: str | Promise
    view: str
    icon: str
    permission: str = ""


@dataclass(frozen=True)
class Group:
    title: str | Promise
    places: tuple[Place, ...]


HOME = Group("", (Place(_("Home"), "home", "home"),))
CUSTOMERS = (
    Place(_("Companies"), "deals:companies", "building", CUSTOMERS_VIEW),
    Place(_("Contacts"), "deals:contacts", "people", CUSTOMERS_VIEW),
)

GROUPS: dict[str, tuple[Group, ...]] = {
    PARTNER: (
        HOME,
        Group(
            _("Referrals"),
            (
                Place(_("Leads"), "leads:list", "lead", LEADS_VIEW),
                Place(_("Referral history"), "referrals:history", "history", REFERRALS_VIEW),
            ),
        ),
        Group(_("Customers"), CUSTOMERS),
        Group(
            _("Settings"),
            (
                Place(_("Users and roles"), "accounts:users", "people", MEMBERS_VIEW),
                Place(_("Communication"), "notifications:communication", "mail"),
                Place(_("Security"), "accounts:security", "shield"),
                Place(_("API tokens"), "accounts:tokens", "key", TOKENS_MANAGE),
                Place(_("Audit log"), "events:audit", "history", AUDIT_VIEW),
                Place(_("Delivery log"), "notifications:delivery", "send", DELIVERY_VIEW),
            ),
        ),
    ),
    VENDOR: (
        HOME,
        Group(
            _("Referrals"),
            (
                Place(_("Triage"), "leads:triage", "layers", LEADS_TRIAGE),
                Place(_("Leads"), "leads:list", "lead", LEADS_VIEW),
                Place(_("Referral history"), "referrals:history", "history", REFERRALS_VIEW),
            ),
        ),
        Group(_("Customers"), CUSTOMERS),
        Group(_("Programme"), (Place(_("Programs"), "leads:programs", "cog", PROGRAMS_MANAGE),)),
        Group(
            _("Administration"),
            (
                Place(_("Users and roles"), "accounts:users", "people", MEMBERS_VIEW),
                Place(_("Communication"), "notifications:communication", "mail"),
                Place(_("Security"), "accounts:security", "shield"),
                Place(_("API tokens"), "accounts:tokens", "key", TOKENS_MANAGE),
                Place(_("Audit log"), "events:audit", "history", AUDIT_VIEW),
                Place(_("Delivery log"), "notifications:delivery", "send", DELIVERY_VIEW),
            ),
        ),
    ),
}


def navigation_for(membership: Any, path: str) -> list[dict[str, Any]]:
    """The groups of the rail; `path` (below the tenant) decides which item is current."""
    prefix = get_script_prefix()
    held = permissions_of(membership.roles)
    groups = _groups(membership.side, held, prefix, get_language() or "en")
    here = prefix + path.lstrip("/")
    return [{"title": title, "items": [_with_current(item, here, prefix) for item in items]} for title, items in groups]


@lru_cache(maxsize=1024)
def _groups(
    side: str, held: frozenset[str], prefix: str, language: str
) -> tuple[tuple[str, tuple[dict[str, Any], ...]], ...]:
    """The rail of all seats with these permissions, in words of the language. Asked for on every page."""
    return tuple(
        (
            str(group.title),
            tuple(
                {
                    "label": str(place.label),
                    "url": reverse(place.view),
                    "icon": place.icon,
                    "locked": bool(place.permission) and place.permission not in held,
                }
                for place in group.places
            ),
        )
        for group in GROUPS[side]
    )


def _with_current(item: dict[str, Any], here: str, prefix: str) -> dict[str, Any]:
    url = item["url"]
    return item | {"current": here == url if url == prefix else here.startswith(url)}
