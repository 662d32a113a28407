"""The portals in which a person has a seat, or had one. Read as the system, for that person alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from partnerhub.accounts.models import Invitation, Membership, User
from partnerhub.accounts.selectors.holders import administrators_for
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.addresses import portal_address

MOST_TOLD = 3


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


def first_invitation(tenant: Tenant) -> Invitation | None:
    """The newest invitation to a portal's vendor side that nobody of the portal sent: its operator's. As the system."""
    with tenant_scope(tenant):
        rows: QuerySet[Invitation] = Invitation.objects.filter(partner=None, invited_by=None, revoked_at=None)
        return rows.order_by("-created_at").first()


def has_people(tenant: Tenant) -> bool:
    """Whether anybody has a seat in this portal. As the system: its operator asks."""
    with tenant_scope(tenant):
        return Membership.objects.filter(is_active=True).exists()
