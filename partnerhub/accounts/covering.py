"""For whom a seat stands in while they are away (E28). The room that knows who is away says it in SQL; whatever reads a
seat reads it by the same statement, and of seats that were read otherwise it is read when it is first asked for.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerhub.actors import Covered
from partnerhub.web.rows import read

NUMBERS_NAMED = 20
CAME_BACK = ((_("Back from the deputy"), "back"), (_("Begun by the deputy, and stays there"), "stays"))

CoverSql = Callable[[str], str]
"""(alias of the seat) → whom it covers as a JSON list of [id, name, roles, until]; it has no parameters."""


def _nobody(_seat: str) -> str:
    return "'[]'::json"


_said: list[CoverSql] = [_nobody]


def register_covering(said: CoverSql) -> None:
    """Called once, when the app that knows who is away is ready."""
    _said.append(said)


def covered_sql(seat: str) -> str:
    """Whom the seat of this alias covers, to be read with it."""
    return _said[-1](seat)


def covered_from(rows: Sequence[Sequence[str]]) -> tuple[Covered, ...]:
    """What `covered_sql` has read."""
    return tuple(
        Covered(UUID(key), name, tuple(roles), datetime.fromisoformat(until)) for key, name, roles, until in rows
    )


def covered_by(seats: Collection[UUID]) -> dict[UUID, tuple[Covered, ...]]:
    """Whom each of these seats covers, those who cover nobody left out. One statement."""
    query = f"SELECT seat.id, {covered_sql('seat')} FROM accounts_membership seat WHERE seat.id = ANY(%s::uuid[])"  # noqa: S608 - our own words
    return {key: covered_from(rows) for key, rows in read(query, [list(seats)]) if rows}


def came_back_facts(data: Mapping[str, Any]) -> dict[str, str]:
    """Of the event of a return: the numbers of what came back from the deputy, and of what stays there, in words."""
    return {name: _numbers_text(data.get(name, ())) for _label, name in CAME_BACK}


def came_back_words(data: Mapping[str, Any]) -> str:
    """The same in one line of the timeline; empty where the deputy had nothing."""
    told = came_back_facts(data)
    return " · ".join(f"{label}: {told[name]}" for label, name in CAME_BACK if told[name])


def _numbers_text(numbers: Sequence[str]) -> str:
    """The numbers of records in one line, so many at most."""
    named, more = ", ".join(numbers[:NUMBERS_NAMED]), len(numbers) - NUMBERS_NAMED
    if more <= 0:
        return named
    words = ngettext("%(named)s and %(count)s more", "%(named)s and %(count)s more", more)
    return words % {"named": named, "count": more}
