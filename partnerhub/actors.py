"""Who acts, as the rooms below `accounts` know it: a member's seat, a token, or the portal itself.

`accounts.models.Membership` is a `Seat`, `events.services.SYSTEM` an `Actor`. A room above `accounts` names the model.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol
from uuid import UUID


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


class Seat(Actor, Protocol):
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
    def way_in(self) -> Callable[[], AbstractContextManager[Any]]: ...
