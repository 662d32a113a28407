"""Where runs of bulk acts are kept. The storey that keeps them registers itself here when it is ready.

Up to `MOST` rows are done within the request, more of them by the worker; either way there is a run, with a page and an
address of the API that tell what became of each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.forms import Form

from partnerhub.web.lists.bulk import BulkAct
from partnerhub.web.lists.declaring import ListOf

SeatT_contra = TypeVar("SeatT_contra", contravariant=True)
Rows = Sequence[tuple[UUID, int | None]]
"""(id, the version that was seen; None of what has no versions)."""


@dataclass(frozen=True)
class Meant:
    """An act, on which rows of which list. `back`: the address of the list as it was asked for."""

    list_class: type[ListOf]
    act: BulkAct
    rows: Rows
    back: str = ""


@dataclass(frozen=True)
class Begun:
    """A run, as those who asked for it are told. `undo_url` is empty where nothing can be undone."""

    id: UUID
    total: int
    done: int
    is_over: bool
    url: str
    api_url: str
    undo_url: str


class Runs(Protocol[SeatT_contra]):
    """Where runs are kept. `SeatT_contra`: a member, as the storey that keeps them knows one."""

    def do(self, asked: Meant, form: Form, *, key: UUID, by: SeatT_contra) -> Begun:
        """Do it now, in this transaction; with a key that was used, give that run. Raises Refused of the whole act."""

    def freeze(self, asked: Meant, *, key: UUID, by: SeatT_contra) -> UUID:
        """Keep the rows that are meant, until somebody confirms the act."""

    def frozen(self, run_id: UUID, *, by: SeatT_contra) -> int | None:
        """How many rows were kept; None where the member has no such run."""

    def start(self, run_id: UUID, form: Form, *, by: SeatT_contra) -> Begun:
        """Let the worker do it; a run that was started before is given as it is. Raises Refused."""

    def told(self, run_id: UUID, *, by: SeatT_contra) -> dict[str, Any]:
        """The member's run with its first results, as the API tells it."""

    def failed(self, run_id: UUID, *, by: SeatT_contra) -> list[UUID]:
        """The rows of the member's run that were not done."""


_runs: list[Runs[Any]] = []


def register_runs(runs: Runs[Any]) -> None:
    """Runs are kept here; called once when the app is ready."""
    _runs[:] = [runs]


def runs() -> Runs[Any]:
    return _runs[0]
