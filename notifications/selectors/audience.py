"""Who is told of an event: the circles of `states.purposes` as people of this tenant."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings

from notifications.selectors.preferences import preferred_email
from notifications.states import PURPOSES, Circle, Rule, rules_for
from partnerhub.accounts.models import Membership, User
from partnerhub.events.models import Audience, Event
from partnerhub.partners.models import Partner
from partnerhub.roles import (
    LEADS_SECOND,
    LEADS_TRIAGE,
    LEADS_VIEW_ALL,
    MEMBERS_MANAGE,
    PARTNER,
    VENDOR,
    roles_with,
)
from partnerhub.tenancy.models import Tenant
from partnerhub.web.rows import columns, read

CANDIDATES = f"""
    SELECT {columns(Membership, "member")}, {columns(User, "person")}, {columns(Partner, "partner")}
    FROM accounts_membership member
    JOIN accounts_user person ON person.id = member.user_id
    LEFT JOIN partners_partner partner ON partner.tenant_id = member.tenant_id AND partner.id = member.partner_id
    WHERE member.tenant_id = %s AND member.is_active AND NOT person.is_service AND ({{any_circle}})
    ORDER BY member.id
"""  # noqa: S608 - names of columns, written by the models
Condition = tuple[str, list[Any]]


@dataclass(frozen=True)
class Recipient:
    """One person or address that is told of an event, for one purpose, and how they belong to it."""

    purpose: str
    circle: Circle
    address: str
    name: str
    language: str
    timezone: str
    membership: Membership | None = None


class People(Protocol):
    """A circle of members: which rows may be in it, as SQL with its values, and whether one is."""

    def find(self, event: Event) -> Condition | None: ...

    def has(self, member: Membership, event: Event) -> bool: ...


@dataclass(frozen=True)
class Named:
    """The member whose id the event carries under `key`; for `membership_id` also the member it is about."""

    key: str

    def find(self, event: Event) -> Condition | None:
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

    def find(self, event: Event) -> Condition | None:
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

    def find(self, event: Event) -> Condition | None:
        partner, roles = self.partner(event), self._roles(event)
        if partner is None:
            return "member.partner_id IS NULL AND member.roles && %s::varchar[]", [roles]
        return "member.partner_id = %s AND member.roles && %s::varchar[]", [partner, roles]

    def has(self, member: Membership, event: Event) -> bool:
        return member.partner_id == self.partner(event) and not set(self._roles(event)).isdisjoint(member.roles)

    def _roles(self, event: Event) -> list[str]:
        side = VENDOR if self.partner(event) is None else PARTNER
        return [role.value for role in roles_with(self.permission, side)]


def _the_partner(event: Event) -> UUID | None:
    return event.partner_id


def _the_vendor(event: Event) -> UUID | None:
    return None


PEOPLE: dict[Circle, People] = {
    Circle.SUBMITTER: Named("submitter_id"),
    Circle.OWNER: Named("owner_id"),
    Circle.TEAM: AllNamed("team_ids"),
    Circle.NAMED: AllNamed("told"),
    Circle.PARTNER_ADMINS: Holders(LEADS_VIEW_ALL, _the_partner),
    Circle.REPRESENTATIVE: Named("representative_id"),
    Circle.FORMER_REPRESENTATIVE: Named("unassigned_id"),
    Circle.CHANNEL_MANAGERS: Holders(LEADS_TRIAGE, _the_vendor),
    Circle.SECONDS: Holders(LEADS_SECOND, _the_vendor),
    Circle.ADMINISTRATORS: Holders(MEMBERS_MANAGE, _the_partner),
    Circle.VENDOR_ADMINISTRATORS: Holders(MEMBERS_MANAGE, _the_vendor),
    Circle.MEMBER: Named("membership_id"),
    Circle.SUCCESSOR: Named("membership_id"),
}
ADDRESSES: dict[Circle, str] = {
    Circle.INVITED: "email",
    Circle.FORMER_MEMBER: "email",
    Circle.NEW_ADDRESS: "address",
    Circle.FORMER_ADDRESS: "former_address",
}
"""Circles of one address without a seat: the key of the event's data that holds it."""


def recipients_of(event: Event, tenant: Tenant) -> list[Recipient]:
    """Everybody who is told of this event: at most one statement, one entry for each person and purpose."""
    rules = [rule for rule in rules_for(event.kind) if _applies(rule, event)]
    members = _candidates(event, rules)
    found: dict[tuple[str, str], Recipient] = {}
    for rule in rules:
        for recipient in _told(rule, event, members, tenant):
            found.setdefault((recipient.purpose, _identity(recipient)), recipient)
    return list(found.values())


def may_get(member: Membership, event: Event, *, purpose: str, circle: Circle) -> bool:
    """Whether a member may read this event by mail. Asked when it is written and again when it is sent.

    A seat or a role may be gone by then. What one side wrote for itself never reaches the other (D12), and no partner
    gets mail about another's records, whatever the table of rules says.
    """
    own_side = event.audience in {Audience.BOTH, member.side}
    own_partner = member.partner_id is None or member.partner_id == event.partner_id
    seated = (
        member.is_active
        and member.user.is_active
        and not member.is_service
        and (member.partner is None or member.partner.is_active)
    )
    permission = PURPOSES[purpose].permission
    permitted = not permission or member.can(permission)
    return own_side and own_partner and seated and permitted and PEOPLE[circle].has(member, event)


def _candidates(event: Event, rules: Iterable[Rule]) -> list[Membership]:
    circles = {circle for rule in rules for alternative in rule.to for circle in alternative if circle in PEOPLE}
    wanted = [condition for circle in sorted(circles) if (condition := PEOPLE[circle].find(event))]
    if not wanted:
        return []
    query = CANDIDATES.format(any_circle=" OR ".join(f"({words})" for words, _values in wanted))
    asked = [value for _words, values in wanted for value in values]
    members = []
    for member, user, partner in read(query, [event.tenant_id, *asked], Membership, User, Partner):
        member.user, member.partner = user, partner
        members.append(member)
    return members


def _applies(rule: Rule, event: Event) -> bool:
    return rule.acted_by in {"", event.actor_side} and not (rule.unless and event.data.get(rule.unless))


def _told(rule: Rule, event: Event, members: list[Membership], tenant: Tenant) -> list[Recipient]:
    for alternative in rule.to:
        people = [recipient for circle in alternative for recipient in _in_circle(circle, rule, event, members, tenant)]
        if told := [person for person in people if rule.confirms or not _acted(person, event)]:
            return told
    return []


def _in_circle(circle: Circle, rule: Rule, event: Event, members: list[Membership], tenant: Tenant) -> list[Recipient]:
    if circle in ADDRESSES:
        address = str(event.data.get(ADDRESSES[circle]) or "")
        return [_to_address(rule.purpose, circle, address, event, tenant)] if address else []
    return [
        _to_member(rule.purpose, circle, member, tenant)
        for member in members
        if may_get(member, event, purpose=rule.purpose, circle=circle)
    ]


def _to_member(purpose: str, circle: Circle, member: Membership, tenant: Tenant) -> Recipient:
    user, partner = member.user, member.partner
    return Recipient(
        purpose,
        circle,
        address=preferred_email(member),
        name=member.name,
        language=_spoken(user.language, partner.language if partner else "", tenant.language),
        timezone=user.timezone or (partner.timezone if partner else "") or tenant.timezone,
        membership=member,
    )


def _to_address(purpose: str, circle: Circle, address: str, event: Event, tenant: Tenant) -> Recipient:
    language = _spoken(str(event.data.get("language") or ""), tenant.language)
    return Recipient(purpose, circle, address, str(event.data.get("name") or ""), language, tenant.timezone)


def _spoken(*languages: str) -> str:
    """The first of these that we speak."""
    ours = dict(settings.LANGUAGES)
    return next((language for language in languages if language in ours), settings.LANGUAGE_CODE)


def _acted(recipient: Recipient, event: Event) -> bool:
    """Whether it is the one who did it, by whatever seat or token."""
    member = recipient.membership
    return member is not None and (member.pk == event.actor_id or member.user_id == event.person_id)


def _identity(recipient: Recipient) -> str:
    return str(recipient.membership.pk) if recipient.membership else recipient.address.lower()
