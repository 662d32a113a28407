"""Which kinds of records are told of live, and who may see one. A business app says so when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from partnerhub.web.visibility import Rule

SeenBy = Callable[[Any], Rule]
"""(membership, as the app types it) → which records of the kind the member may see."""


@dataclass(frozen=True)
class Watched:
    """`also`: kinds of events about another record that tell of one of these too → the column with that record's id."""

    model: type[Model]
    seen_by: SeenBy
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The column that tells one state of a record from the next; 0 for records without one."""
        return "version" if any(field.name == "version" for field in self.model._meta.fields) else "0"


WATCHED: dict[str, Watched] = {}
"""By the kind of record, as events name it."""


def watch(model: type[Model], seen_by: SeenBy, *, also: Mapping[str, str] | None = None) -> None:
    """Tell of changes of these records live, to whoever may see them. Raises ValueError for a kind that is watched."""
    kind = str(model._meta.model_name)
    if kind in WATCHED:
        raise ValueError(f"{kind} is watched already.")
    WATCHED[kind] = Watched(model, seen_by, also or {})
