"""Rights as the matrix of roles, No access and the scopes of tokens read them."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from partnerhub.roles import Role
from partnerhub.web.rights import ASSIGNED_ONLY, NO, OWN_ONLY, YES, Right, all_rights


def right_of(permission: str) -> Right | None:
    """The line that names a permission; the one that it opens wholly, where there are two."""
    lines = [right for right in all_rights() if permission in {word for word, _extent in right.opened_by}]
    return max(
        lines, key=lambda right: (permission, YES) in right.opened_by and len(right.opened_by) == 1, default=None
    )


def scope_labels(permissions: Sequence[str]) -> list[tuple[str, str]]:
    """Permissions as choices (value, words) in the order of the matrix."""
    choices = []
    for right in all_rights():
        for word, extent in right.opened_by:
            if word in permissions and right_of(word) is right:
                words = (
                    f"{right.title} ({str(extent).lower()})"
                    if extent in (OWN_ONLY, ASSIGNED_ONLY)
                    else str(right.title)
                )
                choices.append((word, words))
    return choices


def shown() -> list[Right]:
    """The lines of the matrix."""
    return [right for right in all_rights() if right.in_matrix]


@dataclass(frozen=True)
class RoleTick:
    """The checkbox of a role: ticked or not, open to this person or not, and what the role lets one do."""

    role: Role
    is_ticked: bool
    is_open: bool
    rights: list[str | Promise]


@dataclass(frozen=True)
class RightLine:
    """One right, and what each of some roles has of it."""

    right: Right
    extents: list[tuple[Role, str | Promise, bool]]


def matrix(columns: Sequence[Role]) -> list[RightLine]:
    """What each of these roles may do: a line per right that at least one of them has."""
    lines = []
    for right in shown():
        extents = [(role, extent, extent is not NO) for role in columns for extent in [right.extent(role)]]
        if any(may for _role, _extent, may in extents):
            lines.append(RightLine(right, extents))
    return lines


def rights_of(role: Role) -> list[tuple[Right, str | Promise]]:
    """What one role may do, in words, for the narrow page and for its checkbox."""
    return [(right, extent) for right in shown() for extent in [right.extent(role)] if extent is not NO]


def ticks_of(roles: Iterable[Role], ticked: Container[str], *, closed: Container[str] = ()) -> list[RoleTick]:
    """A checkbox for each of these roles. `ticked` and `closed` are their words."""
    return [
        RoleTick(
            role,
            is_ticked=role.value in ticked,
            is_open=role.value not in closed,
            rights=[right.title for right, _extent in rights_of(role)],
        )
        for role in roles
    ]
