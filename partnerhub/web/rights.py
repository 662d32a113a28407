"""What each permission lets a person do, in words: apps register theirs, so that accounts need not know them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub.roles import PERMISSIONS, Role

YES = _("Yes")
NO = _("No")
OWN_ONLY = _("Own only")
ASSIGNED_ONLY = _("Assigned only")


@dataclass(frozen=True)
class Right:
    """A line of the matrix: one thing to do, and how much of it each of the permissions opens, the most first.

    `position` is its place among the lines of all apps.
    """

    title: str | Promise
    detail: str | Promise
    opened_by: tuple[tuple[str, str | Promise], ...]
    position: int
    in_matrix: bool = True

    def extent(self, role: Role) -> str | Promise:
        """`Yes`, `Own only` …, or `No`."""
        held = PERMISSIONS[role]
        return next((extent for permission, extent in self.opened_by if permission in held), NO)


_rights: list[Right] = []


def register_rights(rights: Iterable[Right]) -> None:
    """An app has these lines; called when it is ready."""
    _rights.extend(rights)
    _rights.sort(key=lambda right: right.position)


def all_rights() -> list[Right]:
    """The lines of all apps, in order."""
    return _rights
