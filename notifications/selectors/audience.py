"""Who is told of an event: the circles of its rules as people of this tenant."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from notifications.selectors.circles import CIRCLES, Address, Circle
from notifications.selectors.preferences import preferred_email, unwanted
from notifications.selectors.seats import SeatsThen
from notifications.selectors.telling import Rule, telling_of
from notifications.states import PURPOSES
from partnerhub.accounts.covering import covered_from, covered_sql
from partnerhub.accounts.models import Membership, User
from partnerhub.events.models import Audience, Event
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.web.rows import columns, read

CANDIDATES = f"""
    SELECT {columns(Membership, "member")}, {columns(User, "person")}, {columns(Partner, "partner")}, {{covered}}
    FROM accounts_membership member
    JOIN accounts_user person ON person.id = member.user_id
    LEFT JOIN partners_partner partner ON partner.tenant_id = member.tenant_id AND partner.id = member.partner_id
    WHERE member.tenant_id = %s AND member.is_active AND NOT person.is_service AND ({{any_circle}})
    ORDER BY member.id
"""  # noqa: S608 - names of columns, written by the models
ReaderSeats = tuple[Membership, Membership]
"""A seat as it is now, and as it was when the event happened."""


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


def recipients_of(event: Event, tenant: Tenant, seats: SeatsThen) -> list[Recipient]:
    """Everybody who is told of this event, one entry for each person and purpose: at most one statement.

    Those who belong to it now and belonged to it when it happened: who has left since is not told, and who came since
    reads it on the page.
    """
    telling = telling_of(event)
    rules = [rule for rule in telling.rules if _applies(rule, event)] if telling else []
    members = [(member, seats.of(member, event)) for member in _candidates(event, rules)]
    found: dict[tuple[str, str], Recipient] = {}
    for rule in rules:
        for recipient in _told(rule, event, members, tenant):
            found.setdefault((recipient.purpose, _identity(recipient)), recipient)
    alone = {rule.purpose.key for rule in rules if rule.alone}
    return _without_doubles(list(found.values()), alone)


def may_get(member: Membership, event: Event, *, purpose: str, circle: str) -> bool:
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
    people = CIRCLES[circle].people
    has = not isinstance(people, Address) and people.has(member, event)
    return own_side and own_partner and seated and permitted and has


def _without_doubles(found: list[Recipient], alone: set[str]) -> list[Recipient]:
    """Without the other letters of whoever gets one that stands alone. One statement, where there are such people."""
    told = {_identity(one) for one in found if one.purpose in alone}
    others = [one.membership.pk for one in found if one.membership and one.purpose not in alone]
    doubled = [key for key in others if str(key) in told]
    told -= {str(key) for key in unwanted(doubled, alone)} if doubled else set()
    return [one for one in found if one.purpose in alone or _identity(one) not in told]


def _candidates(event: Event, rules: Iterable[Rule]) -> list[Membership]:
    circles = {circle.key: circle.people for rule in rules for alternative in rule.to for circle in alternative}
    people = [found for _key, found in sorted(circles.items()) if not isinstance(found, Address)]
    wanted = [condition for one in people if (condition := one.find(event))]
    if not wanted:
        return []
    query = CANDIDATES.format(
        any_circle=" OR ".join(f"({words})" for words, _values in wanted), covered=covered_sql("member")
    )
    asked = [value for _words, values in wanted for value in values]
    members = []
    for member, user, partner, covered in read(query, [event.tenant_id, *asked], Membership, User, Partner):
        member.user, member.partner, member.covers = user, partner, covered_from(covered)
        members.append(member)
    return members


def _applies(rule: Rule, event: Event) -> bool:
    return rule.acted_by in {"", event.actor_side} and not (rule.unless and event.data.get(rule.unless))


def _told(rule: Rule, event: Event, members: list[ReaderSeats], tenant: Tenant) -> list[Recipient]:
    for alternative in rule.to:
        people = [recipient for circle in alternative for recipient in _in_circle(circle, rule, event, members, tenant)]
        if told := [person for person in people if rule.confirms or not _acted(person, event)]:
            return told
    return []


def _in_circle(circle: Circle, rule: Rule, event: Event, members: list[ReaderSeats], tenant: Tenant) -> list[Recipient]:
    purpose = rule.purpose.key
    if isinstance(circle.people, Address):
        address = str(event.data.get(circle.people.key) or "")
        return [_to_address(purpose, circle, address, event, tenant)] if address else []
    return [
        _to_member(purpose, circle, member, tenant)
        for member, then in members
        if may_get(member, event, purpose=purpose, circle=circle.key)
        and (then is member or may_get(then, event, purpose=purpose, circle=circle.key))
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
