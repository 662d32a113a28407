"""Reading people, seats and what belongs to them. Every look-up starts from what the member may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.urls import get_script_prefix
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.limits import is_over
from partnerhub.accounts.models import (
    AccessRequest,
    ApiToken,
    Invitation,
    Membership,
    RecentItem,
    RequestStatus,
    TokenState,
    User,
)
from partnerhub.actors import Actor, Seat
from partnerhub.events.models import Event
from partnerhub.events.selectors import events_for
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import managed_partners
from partnerhub.roles import (
    ADMINISTRATORS,
    MEMBERS_INVITE,
    MEMBERS_MANAGE,
    PARTNER,
    PARTNERS_MANAGE,
    TOKENS_MANAGE,
    VENDOR,
    Role,
    roles_with,
)
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.addresses import portal_address
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.folding import search_words
from partnerhub.web.seen import PersonalSettings

RECENT_SHOWN = 6
MOST_TOLD = 3
MOST_ASKED = 20  # colleagues who are read to name a few of them
VENDOR_SIDE = "vendor"  # in place of a partner's id, in filters


@dataclass(frozen=True)
class PortalSeat:
    """One of a person's seats, in whatever portal."""

    tenant_id: UUID
    slug: str
    host: str | None
    tenant_name: str
    partner_name: str | None

    @property
    def url(self) -> str:
        """The portal's own address, wherever the reader is."""
        return f"{portal_address(self)}/"


def seats_of(person: User) -> list[PortalSeat]:
    """All seats that a person can take, by the portal's name. Needs no tenant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, slug, host, tenant_name, partner_name FROM seats_of(%s)", [person.pk])
        return [PortalSeat(*row) for row in cursor.fetchall()]


def profile_of(member: Membership) -> PersonalSettings:
    """What a member says of themselves, by the names of the profile's fields."""
    person = member.user
    return PersonalSettings(
        {
            "name": person.name,
            "title": member.title,
            "phone": member.phone,
            "language": person.language,
            "timezone": person.timezone,
        }
    )


def portal_of(person: User | None, *, here: Tenant | None) -> Tenant | None:
    """The portal in whose name a person hears about their sign-in: where they asked, if they have a seat there.

    Else their only one. None: the installation itself speaks, to strangers and to whoever has several seats elsewhere.
    """
    seats = {seat.tenant_id for seat in seats_of(person)} if person else set()
    if here is not None and here.pk in seats:
        return here
    return Tenant.objects.get(pk=seats.pop()) if len(seats) == 1 else None


@dataclass(frozen=True)
class Ended:
    """A seat that was taken away: since when, by whom, and who could give it back. Where no event tells: no `by`."""

    member: Membership
    at: datetime | None
    by: str
    administrators: list[Membership]


def ended_seat(person: User, tenant: Tenant) -> Ended | None:
    """The seat that this person had in the tenant last; None where they have one, or never had. Asked as the system:
    they have no side any more. For that person alone.
    """
    with tenant_scope(tenant):
        rows = Membership.objects.filter(user=person).select_related("user", "partner")
        member = rows.order_by("is_active", "joined_at").last()
        if member is None or member.is_active:
            return None
        told = Event.objects.filter(subject_id=member.pk, kind="member.removed").order_by("id").last()
        administrators = administrators_for(member.partner_id, besides=member)[:MOST_TOLD]
    return Ended(member, told.occurred_at if told else None, told.who if told else "", administrators)


class Recent(NamedTuple):
    """A record that somebody opened. `path` is its address below the tenant."""

    title: str
    kind: str
    path: str

    @property
    def url(self) -> str:
        """The address below the tenant that the request names."""
        return get_script_prefix() + self.path.lstrip("/")


def recent_items(membership: Membership) -> list[Recent]:
    """What the member opened last, newest first (C6). Came with the seat, where a request took it."""
    rows: Any = membership.recent
    if rows is None:
        found = RecentItem.objects.filter(membership=membership).order_by("-opened_at")
        rows = found.values_list(*Recent._fields)[:RECENT_SHOWN]
    return [Recent(*row) for row in rows]


# People


def sees_all_people(membership: Actor) -> bool:
    """Whether the member sees every partner's people: whoever manages or invites them, on the vendor side."""
    return membership.side == VENDOR and (membership.can(MEMBERS_MANAGE) or membership.can(MEMBERS_INVITE))


def members_for(membership: Membership) -> QuerySet[Membership]:
    """The members whom this one may see: those of the own organisation; all partners' too for who manages them."""
    rows: QuerySet[Membership] = Membership.objects.filter(is_active=True).select_related("user", "partner")
    return rows if sees_all_people(membership) else rows.filter(_own(membership))


def member_fields(member: Membership, membership: Membership) -> Fields:
    """Which fields of a seat this member may change now: what somebody says of themselves, and others' roles."""
    is_own = member.pk == membership.pk and membership.token is None
    own = None if is_own else Lock(_("A person says this of themselves, signed in."))
    roles = None if membership.can(MEMBERS_MANAGE) else Lock(_("Your roles do not include this."))
    if member.user_id == membership.person_id:
        roles = Lock(_("Nobody gives a role to themselves. Ask another administrator."))
    return all_fields(("name", "title", "phone"), own) | {"roles": roles}


def former_members_for(membership: Membership) -> QuerySet[Membership]:
    """Seats that were taken away, for those who may give them back."""
    rows = Membership.objects.filter(is_active=False).select_related("user", "partner")
    return _of_own_people(rows, membership, MEMBERS_MANAGE)


def named_like(rows: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Those whose name or email has all these parts of words."""
    for word in search_words(words):
        rows = rows.filter(name_key__contains=word)
    return rows


def of_organisation(rows: QuerySet[Any], organisation: str) -> QuerySet[Any]:
    """Those of a partner (its id), or of the vendor's side (`vendor`)."""
    return rows.filter(partner=None) if organisation == VENDOR_SIDE else rows.filter(partner_id=organisation)


def administrators_for(partner_id: UUID | None, *, besides: Membership | None = None) -> list[Membership]:
    """Who can give roles to the people of this partner (None: of the vendor side): the partner's Account admins.

    The Programme admins where a partner has none, or none `besides` the one who asks: nobody grants themselves a role.
    """
    side = PARTNER if partner_id else VENDOR
    rows = Membership.objects.filter(PERSONS).select_related("user").order_by("name_key")
    if besides:
        rows = rows.exclude(pk=besides.pk)
    own = list(rows.filter(partner=partner_id, roles__contains=[ADMINISTRATORS[side]]))
    return own or list(rows.filter(partner=None, roles__contains=[Role.PROGRAMME_ADMIN]))


def holders_of(permissions: Iterable[str], besides: Seat, *, most: int) -> dict[str, list[str]]:
    """The colleagues of a member who hold a role with each of these permissions, by name; none where there are more
    than `most`. One statement.
    """
    wanted = {permission: {role.value for role in roles_with(permission, besides.side)} for permission in permissions}
    roles = sorted(set().union(*wanted.values()))
    able = Membership.objects.filter(PERSONS, partner=besides.partner_id, roles__overlap=roles)
    people = list(able.exclude(pk=besides.pk).select_related("user").order_by("name_key")[: MOST_ASKED + 1])
    if len(people) > MOST_ASKED:
        return {}
    found = {word: [one.name for one in people if held & set(one.roles)] for word, held in wanted.items()}
    return {word: names for word, names in found.items() if len(names) <= most}


def able_managers() -> list[Membership]:
    """The vendor's people who can look after partners, by name."""
    roles = [role.value for role in roles_with(PARTNERS_MANAGE, VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=None, roles__overlap=roles)
    return list(rows.select_related("user").order_by("name_key"))


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The names of these members, by id as text."""
    rows = Membership.objects.filter(pk__in=set(keys)).select_related("user")
    return {str(one.pk): one.name for one in rows}


def names_with(permission: str, partner_id: UUID | None, *, most: int = 3) -> list[str]:
    """Who of this organisation (None: the vendor) holds a role with the permission; nobody is named where there are
    more than `most`."""
    roles = [role.value for role in roles_with(permission, PARTNER if partner_id else VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=partner_id, roles__overlap=roles)
    found = [member.name for member in rows.select_related("user").order_by("name_key")[: most + 1]]
    return found if len(found) <= most else []


def partners_for(membership: Membership) -> QuerySet[Partner]:
    """The partners into which the member may invite somebody, by name: those they manage, or their own."""
    if sees_all_people(membership):
        return managed_partners(membership).order_by("name")
    own = membership.partner_id
    return Partner.objects.filter(is_active=True, pk=own) if own else Partner.objects.none()


def role_changes_for(membership: Membership, count: int = 5) -> list[Event]:
    """The newest changes of roles among the people whom this member sees."""
    rows = events_for(membership).filter(kind="member.roles_changed")
    if membership.side == VENDOR and not sees_all_people(membership):
        rows = rows.filter(partner_id=None)
    return list(rows.order_by("-id")[:count])


def role_changes_of(member: Membership, *, reader: Membership, count: int = 10) -> list[Event]:
    """The newest changes of one member's roles."""
    rows = events_for(reader).filter(subject_id=member.pk, kind__startswith="member.")
    return list(rows.order_by("-id")[:count])


# Requests, invitations, tokens, sessions


def access_requests_for(membership: Membership) -> QuerySet[AccessRequest]:
    """The requests that this member may decide on, and their own."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.select_related(
        "membership__user", "membership__partner", "decided_by__user"
    )
    if membership.can(MEMBERS_MANAGE):
        return rows if membership.side == VENDOR else rows.filter(_own(membership))
    return rows.filter(membership_id=membership.pk)


def waiting_for(membership: Membership) -> Q:
    """Of the requests that a member may decide on, those that wait: nobody decides on their own."""
    return Q(status=RequestStatus.OPEN) & ~Q(membership_id=membership.pk)


def open_request_of(membership: Membership, roles: Sequence[str]) -> AccessRequest | None:
    """The open request of this member for one of these roles, if there is one."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.filter(membership=membership, role__in=roles)
    return rows.filter(status=RequestStatus.OPEN).first()


def invitations_for(membership: Membership) -> QuerySet[Invitation]:
    """The invitations to the organisations whose people this member manages or invites, newest first."""
    rows = Invitation.objects.select_related("partner", "invited_by__user").order_by("-created_at")
    return _of_own_people(rows, membership, MEMBERS_INVITE)


def pending_invitations_for(membership: Membership) -> QuerySet[Invitation]:
    """Invitations that were neither used nor revoked; those that have expired can be sent again."""
    return invitations_for(membership).filter(accepted_at=None, revoked_at=None)


def find_invitation(digest: str) -> Invitation | None:
    """The invitation with this token's digest, if its link still works. Asked as the system: the reader has no seat."""
    rows: QuerySet[Invitation] = Invitation.objects.select_related("partner", "invited_by__user", "invited_by__partner")
    return rows.filter(token_digest=digest, accepted_at=None, revoked_at=None, expires_at__gt=now()).first()


def first_invitation(tenant: Tenant) -> Invitation | None:
    """The newest invitation to a portal's vendor side that nobody of the portal sent: its operator's. As the system."""
    with tenant_scope(tenant):
        rows: QuerySet[Invitation] = Invitation.objects.filter(partner=None, invited_by=None, revoked_at=None)
        return rows.order_by("-created_at").first()


def has_people(tenant: Tenant) -> bool:
    """Whether anybody has a seat in this portal. As the system: its operator asks."""
    with tenant_scope(tenant):
        return Membership.objects.filter(is_active=True).exists()


def tokens_for(membership: Membership) -> QuerySet[ApiToken]:
    """The API tokens of the own organisation, newest first."""
    rows: QuerySet[ApiToken] = ApiToken.objects.select_related("membership__user", "created_by__user")
    if not membership.can(TOKENS_MANAGE):
        return rows.none()
    return rows.filter(_own(membership)).order_by("-created_at")


def tokens_in(state: TokenState) -> Q:
    """Those in this state, as `ApiToken.state` has it."""
    revoked, over = Q(revoked_at__isnull=False), Q(expires_at__lte=now())
    borrowed = ~Q(membership_id=F("created_by_id")) & Q(membership__user__is_service=False)
    match state:
        case TokenState.REVOKED:
            return revoked
        case TokenState.EXPIRED:
            return ~revoked & over
        case TokenState.BORROWED:
            return ~revoked & ~over & borrowed
    return ~revoked & ~over & ~borrowed


def token_holders_for(membership: Membership) -> QuerySet[Membership]:
    """The members for whom one's tokens may act: oneself, and the service members of the own organisation."""
    rows: QuerySet[Membership] = Membership.objects.filter(is_active=True, partner=membership.partner_id)
    return rows.filter(Q(pk=membership.pk) | Q(user__is_service=True)).select_related("user").order_by("name_key")


def service_members_for(membership: Membership) -> QuerySet[Membership]:
    """The service members of the own organisation, for whoever manages its people."""
    rows: QuerySet[Membership] = Membership.objects.filter(is_active=True, user__is_service=True)
    rows = rows.select_related("user", "partner").order_by("name_key")
    return rows.filter(_own(membership)) if membership.can(MEMBERS_MANAGE) else rows.none()


def sessions_of(person: User) -> list[UserSession]:
    """The person's open sessions, the one used last first. Two statements, however many there are."""
    known = UserSession.objects.filter(user=person).order_by("-last_seen_at")
    stored = Session.objects.filter(expire_date__gt=now()).in_bulk([row.session_key for row in known])
    return [row for row in known if row.session_key in stored and is_open_session(stored[row.session_key], person)]


def is_open_session(session: Session, person: User) -> bool:
    """Whether a request with this session would still be the person's: no change of password, no limit since."""
    values = session.get_decoded()
    signed = str(values.get(HASH_SESSION_KEY, ""))
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return any(constant_time_compare(signed, one) for one in hashes) and not is_over(values)


def _own(membership: Membership) -> Q:
    """Rows of the member's own organisation: their partner's, or the vendor's."""
    return Q(partner_id=membership.partner_id)


def _of_own_people(rows: QuerySet[Any], membership: Membership, permission: str) -> QuerySet[Any]:
    if not membership.can(permission):
        return rows.none()
    if sees_all_people(membership):
        return rows
    return rows.filter(partner_id=membership.partner_id)
