"""Who acts by a token (spec: roles.md, Rules): the token between a program and the person who made it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from partnerhub.roles import can, permissions_of

PERSONS = Q(is_active=True, user__is_active=True, user__is_service=False)
"""Seats in which a person sits now: whoever is asked, told, or given something to look after. A program is none."""


@dataclass(frozen=True)
class ActingToken:
    """The API token of a request. `maker_id` is the person who made it; its maker's roles are those of this moment."""

    id: UUID
    name: str
    scopes: frozenset[str]
    maker_id: UUID
    maker_name: str
    maker_roles: tuple[str, ...]
    last_used_at: datetime | None = None

    def carries(self, permission: str) -> bool:
        """Whether it was given this scope, and its maker may do it themselves."""
        return permission in self.scopes and can(self.maker_roles, permission)

    @property
    def carried(self) -> frozenset[str]:
        """All that it may do at most, whatever the roles of the seat."""
        return self.scopes & permissions_of(self.maker_roles)
