"""Demo data: a portal with its people is filled by apps, which register here how they do it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from partnerhub.accounts.models import Membership
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

JOINED_BEFORE = timedelta(days=200)
"""How long ago the portals of the demo were opened."""


@contextmanager
def acting(tenant: Tenant, member: Membership) -> Iterator[Membership]:
    """Inside the tenant as this member's request would be: both walls on their side."""
    with tenant_scope(tenant, side=member.side, partner_id=member.partner_id, user_id=member.user_id):
        yield member


def with_role(seats: list[Membership], role: Role) -> Membership:
    """The first of these members who has the role."""
    return next(seat for seat in seats if role in seat.roles)


@dataclass(frozen=True)
class PortalDemo:
    """A portal of the demo, open and with everybody in it."""

    tenant: Tenant
    seats: list[Membership]

    def seller_of(self, partner_id: UUID | None) -> Membership:
        """This partner's first Referrals admin."""
        return with_role([seat for seat in self.seats if seat.partner_id == partner_id], Role.REFERRALS_ADMIN)


Fill = Callable[[PortalDemo], None]
_fillings: list[Fill] = []


def register_demo(fill: Fill) -> None:
    """An app fills each portal of the demo, by the verbs by which persons do it; called when it is ready."""
    _fillings.append(fill)


def fill_demo(demo: PortalDemo) -> None:
    """Let every app put its own into this portal: the lowest storey first, because the others build on it."""
    for fill in reversed(_fillings):
        fill(demo)
