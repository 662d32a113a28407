"""Circles: recipient groups of an event, each with its sentence *why you get this* (B6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.roles import MEMBERS_MANAGE, PARTNER, VENDOR, roles_with

SqlCondition = tuple[str, list[Any]]


class PeopleRule(Protocol):
    """Members: which rows may be meant, as SQL about `member` with its values, and whether one is."""

    def find(self, event: Event) -> SqlCondition | None: ...

    def has(self, member: Membership, event: Event) -> bool: ...


@dataclass(frozen=True)
class NamedPeople:
    """The member whose id the event carries under `key`; for `membership_id` also the member it is about."""

    key: str

    def find(self, event: Event) -> SqlCondition | None:
        named = self._id(event)
        return ("member.id = %s", [UUID(named)]) if named else None

    def has(self, member: Membership, event: Event) -> bool:
        return str(member.pk) == self._id(event)

    def _id(self, event: Event) -> str:
        about = event.subject_id if event.subject_type == "membership" and self.key == "membership_id" else ""
        return str(event.data.get(self.key) or about)


@dataclass(frozen=True)
class AllNamed:
    """The members whose ids the event carries under `key`."""

    key: str

    def find(self, event: Event) -> SqlCondition | None:
        named = self._ids(event)
        return ("member.id = ANY (%s::uuid[])", [[UUID(key) for key in named]]) if named else None

    def has(self, member: Membership, event: Event) -> bool:
        return str(member.pk) in self._ids(event)

    def _ids(self, event: Event) -> list[str]:
        return [str(key) for key in event.data.get(self.key) or ()]


@dataclass(frozen=True)
class Holders:
    """The members of one organisation who hold a role with this permission: the event's partner, or the vendor."""

    permission: str
    partner: Callable[[Event], UUID | None]

    def find(self, event: Event) -> SqlCondition | None:
        partner, roles = self.partner(event), self._roles(event)
        if partner is None:
            return "member.partner_id IS NULL AND member.roles && %s::varchar[]", [roles]
        return "member.partner_id = %s AND member.roles && %s::varchar[]", [partner, roles]

    def has(self, member: Membership, event: Event) -> bool:
        return member.partner_id == self.partner(event) and not set(self._roles(event)).isdisjoint(member.roles)

    def _roles(self, event: Event) -> list[str]:
        side = VENDOR if self.partner(event) is None else PARTNER
        return [role.value for role in roles_with(self.permission, side)]


@dataclass(frozen=True)
class Address:
    """One address without a seat: the event carries it under `key`."""

    key: str


def the_partner(event: Event) -> UUID | None:
    """The partner that the event is about."""
    return event.partner_id


def the_vendor(event: Event) -> UUID | None:
    """The vendor side, which has no partner's id."""
    return None


@dataclass(frozen=True)
class Circle:
    """A way in which people belong to an event: who they are, and why they get this.

    `label` says it of somebody else, in the delivery log; `reason` is a sentence with the names `tenant`, `partner` and
    `organisation`. The key is kept with each message.
    """

    key: str
    label: str | Promise
    people: PeopleRule | Address
    reason: str | Promise


CIRCLES: dict[str, Circle] = {}
"""By key; filled by `services.register_letters` with the circles of the rules."""


def reason_text(circle: str, names: Mapping[str, str]) -> str:
    """Why you get this, in the active language. `names` holds tenant, partner and organisation."""
    return str(CIRCLES[circle].reason) % names


THE_ADMINISTRATORS = Circle(
    "administrators",
    _("Manages users and roles"),
    Holders(MEMBERS_MANAGE, the_partner),
    _("You get this because you manage users and roles of %(organisation)s at %(tenant)s."),
)
VENDOR_ADMINISTRATORS = Circle(
    "vendor-administrators",
    _("Manages users and roles of all partners"),
    Holders(MEMBERS_MANAGE, the_vendor),
    _("You get this because you manage users and roles at %(tenant)s."),
)
MEMBER = Circle(
    "member",
    _("It is about their own access"),
    NamedPeople("membership_id"),
    _("You get this because it is about your own access to %(tenant)s."),
)
SUCCESSOR = Circle(
    "successor",
    _("Took over from a colleague"),
    NamedPeople("membership_id"),
    _("You get this because you took over from a colleague at %(tenant)s."),
)
FORMER_MEMBER = Circle(
    "former-member",
    _("Had a seat until now"),
    Address("email"),
    _("You get this because you had a seat of %(organisation)s at %(tenant)s until now."),
)
INVITED = Circle(
    "invited",
    _("The address was invited"),
    Address("email"),
    _("You get this because somebody at %(organisation)s invited this address to %(tenant)s."),
)
NEW_ADDRESS = Circle(
    "new-address",
    _("The address was entered as preferred email"),
    Address("address"),
    _("You get this because this address was entered as a preferred email at %(tenant)s."),
)
FORMER_ADDRESS = Circle(
    "former-address",
    _("The address was the preferred email until now"),
    Address("former_address"),
    _("You get this because this address was the preferred email of a member of %(tenant)s."),
)
