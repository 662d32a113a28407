"""Who acts, as the rooms below `accounts` know it: a member's seat, a token, or the portal itself.

`accounts.models.Membership` is a `Seat`, `events.services.SYSTEM` an `Actor`. A room above `accounts` names the model.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID


class Covered(NamedTuple):
    """A colleague who is away, for whom a seat stands in until that moment (E28)."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    until: datetime


class Token(Protocol):
    """The API token that acts for a seat: what was given to it, and the person who made it."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def maker_name(self) -> str: ...
    @property
    def scopes(self) -> frozenset[str]: ...


class Actor(Protocol):
    """Who acts: whose name, side and person an event keeps, and who is asked for a permission.

    `person_id` is the person behind the act: nobody, where the portal acts by itself. `why_read_only` says why the
    actor may change nothing, in words; it is empty where the actor may.
    """

    @property
    def id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def person_id(self) -> UUID | None: ...
    @property
    def token(self) -> Token | None: ...
    @property
    def why_read_only(self) -> str: ...
    def can(self, permission: str) -> bool: ...


@runtime_checkable
class StandIn(Protocol):
    """Who may act for colleagues who are away (E28): their records come with it, never a permission."""

    def stands_for(self, permission: str) -> tuple[UUID, ...]: ...
    def acting_for(self, people: Collection[UUID | None], permission: str) -> str: ...


class Seat(Actor, StandIn, Protocol):
    """A member's seat in a tenant: on the vendor side (`partner_id` is None), or in one partner."""

    @property
    def id(self) -> UUID: ...
    @property
    def pk(self) -> UUID: ...
    @property
    def tenant_id(self) -> UUID | None: ...
    @property
    def partner_id(self) -> UUID | None: ...
    @property
    def user_id(self) -> UUID: ...
    @property
    def roles(self) -> Sequence[str]: ...
    @property
    def is_read_only(self) -> bool: ...
    @property
    def covered(self) -> Sequence[Covered]: ...
    def way_in(self) -> Callable[[], AbstractContextManager[Any]]: ...


def hats_of(actor: Actor, permission: str) -> tuple[UUID | None, ...]:
    """As whom the actor looks after records: as themselves, and as each whom they cover and who has the permission.

    Never who counts as another person: that is `person_id`, which covering does not change.
    """
    return (actor.id, *(actor.stands_for(permission) if isinstance(actor, StandIn) else ()))
