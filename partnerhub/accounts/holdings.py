"""Registry of what members are responsible for, and what must not stay without somebody; apps above register it.

Whoever removes a member hands over, in the same step, what that member holds (spec: roles.md, Rules).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from partnerhub.accounts.models import Membership

HandOver = Mapping[str, UUID | None]
"""Who takes what over: the key of a kind → the member; None: nobody."""


@dataclass(frozen=True)
class HoldingKind:
    """One kind of thing that a member holds.

    `permission` is the word without which it can't be held (empty: any seat will do). `label(number)` says in words how
    many there are, `many(member)` counts them, `successors(member)` are those who may take over, by name, and
    `hand_over(member, to, by)` gives all of them to one of those, set by set, with an event for each; it says how many.
    `url(successor)` is the address below the tenant of the list in which they are then.
    `nobody` says what becomes of them where nobody takes over; empty where somebody has to. The functions are called as
    the system: whoever removes a member need not see what the member holds.
    """

    key: str
    permission: str
    label: Callable[[int], str]
    many: Callable[[Membership], int]
    successors: Callable[[Membership], list[Membership]]
    hand_over: Callable[[Membership, Membership | None, Any], int]
    url: Callable[[Membership], str]
    nobody: str | Promise = ""


@dataclass(frozen=True)
class Held:
    """What one member holds of one kind, and who may take it over."""

    kind: HoldingKind
    many: int
    successors: list[Membership]

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def label(self) -> str:
        return self.kind.label(self.many)


_kinds: dict[str, HoldingKind] = {}


def register_holding(kind: HoldingKind) -> None:
    """Members hold this; called once when the app is ready."""
    _kinds[kind.key] = kind


def kinds_needing(permissions: Iterable[str] | None) -> list[HoldingKind]:
    """The kinds that go with these permissions; all of them where the whole seat goes (None)."""
    if permissions is None:
        return list(_kinds.values())
    return [kind for kind in _kinds.values() if kind.permission in set(permissions)]
