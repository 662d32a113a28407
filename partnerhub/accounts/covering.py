"""For whom a seat stands in while they are away (E28). The room that knows who is away says it in SQL; whatever reads a
seat reads it by the same statement, and of seats that were read otherwise it is read when it is first asked for.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from partnerhub.actors import Covered
from partnerhub.web.rows import read

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
