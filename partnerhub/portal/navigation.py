"""The side navigation of a seat (spec: pages.md). What the roles do not open is shown with a lock, not hidden."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

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
    PARTNERS_VIEW,
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


class Item(NamedTuple):
    """A place as one seat sees it."""

    label: str
    url: str
    icon: str
    locked: bool


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
        Group(_("Partners"), (Place(_("Partners"), "accounts:partners", "people", PARTNERS_VIEW),)),
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


@dataclass(frozen=True)
class Navigation:
    """The rail of a seat: groups of items, and the address of the item that is current (empty: none)."""

    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    current: str


def navigation_for(membership: Any, path: str) -> Navigation:
    """The rail; `path` (below the tenant) decides which item is current."""
    prefix = get_script_prefix()
    groups = _groups(membership.side, permissions_of(membership.roles), prefix, get_language() or "en")
    here = prefix + path.lstrip("/")
    urls = (item.url for _title, items in groups for item in items)
    current = next((url for url in urls if here == url or (here.startswith(url) and url != prefix)), "")
    return Navigation(groups, current)


@lru_cache(maxsize=1024)
def _groups(side: str, held: frozenset[str], prefix: str, language: str) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The rail of all seats with these permissions, in words of the language. Asked for on every page."""
    return tuple((str(group.title), tuple(_item(place, held) for place in group.places)) for group in GROUPS[side])


def _item(place: Place, held: frozenset[str]) -> Item:
    locked = bool(place.permission) and place.permission not in held
    return Item(str(place.label), reverse(place.view), place.icon, locked)
