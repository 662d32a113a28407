"""The side navigation of a seat (spec: pages.md). What the roles do not open is shown with a lock, not hidden."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Membership
from partnerhub.roles import PARTNER, VENDOR, permissions_of
from partnerhub.web.navigation import Place, places_in

GROUPS: dict[str, dict[str, str | Promise]] = {
    PARTNER: {
        "home": "",
        "referrals": _("Referrals"),
        "opportunities": "",
        "customers": _("Customers"),
        "profile": _("Profile"),
        "settings": _("Settings"),
    },
    VENDOR: {
        "home": "",
        "referrals": _("Referrals"),
        "opportunities": "",
        "partners": _("Partners"),
        "customers": _("Customers"),
        "programme": _("Programme"),
        "settings": _("Administration"),
    },
}
"""By side: the groups in order, each with its title. Apps put their places into them."""


class Item(NamedTuple):
    """A place as one seat sees it."""

    label: str
    url: str
    icon: str
    locked: bool


@dataclass(frozen=True)
class Navigation:
    """The rail of a seat: groups of items, and the address of the item that is current (empty: none)."""

    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    current: str


def navigation_for(membership: Membership, path: str) -> Navigation:
    """The rail; `path` (below the tenant) decides which item is current."""
    prefix = get_script_prefix()
    groups = _groups(membership.side, permissions_of(membership.roles), prefix, get_language() or "en")
    here = prefix + path.lstrip("/")
    urls = (item.url for _title, items in groups for item in items)
    current = max((url for url in urls if here == url or (here.startswith(url) and url != prefix)), key=len, default="")
    return Navigation(groups, current)


@lru_cache(maxsize=1024)
def _groups(side: str, held: frozenset[str], prefix: str, language: str) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The rail of all seats with these permissions, in words of the language. Asked for on every page."""
    found = ((str(title), places_in(group, side)) for group, title in GROUPS[side].items())
    return tuple((title, tuple(_item(place, held) for place in places)) for title, places in found if places)


def _item(place: Place, held: frozenset[str]) -> Item:
    locked = bool(place.permission) and place.permission not in held
    return Item(str(place.label), reverse(place.view), place.icon, locked)
