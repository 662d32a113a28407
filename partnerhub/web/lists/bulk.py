"""Acts on many rows of a list at once (ux 5-7): declared with the list, asked and told on pages of the machine.

Each row goes through the same verb as by itself, with the version that was shown; one that is refused stops no other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.errors import Reason, Refused, Stale
from partnerhub.web.lists.paging import CAP

MOST = CAP
"""So many rows are done in the request: as many as a list counts, and as a person can look over on one page."""
LARGEST = 10_000
"""So many rows at most, in the worker: some minutes of work, an hour's letters, and ids of 400 KB."""
GONE = gettext_lazy("This is not there any more.")
Chosen = Mapping[UUID, int | None]
"""Id → the version that was shown; None of what has no versions."""
Results = Mapping[UUID, Any]
"""Id → the row as it is after the act, or why not (Refused, Stale)."""


@dataclass(frozen=True)
class BulkAct:
    """An act on many rows. `verb(chosen, by=, together=, **answers)` gives a result for each.

    It is called with a part of the rows at a time, each in a transaction of its own where there are many of them;
    `together` is the same for all. `form` asks for the answers and is made with `form_arguments()`; `text` says what
    the act means, `done` (`ngettext_lazy` with `count` as its key) how many it was done to. `undo(chosen, by=,
    together=)` takes back what was done together to rows with these versions after it, and `undone` says to how many.
    `differs` puts what others have changed into words, by row.
    """

    name: str
    label: str | Promise
    permission: str
    verb: Callable[..., Results]
    text: str | Promise
    done: Any
    icon: str = "check"
    form: type[Form] = Form
    form_arguments: Callable[[], dict[str, Any]] = field(default=dict)
    undo: Callable[..., Results] | None = None
    undone: Any = ""
    differs: Callable[[Mapping[UUID, Stale]], Mapping[UUID, list[str]]] = field(default=lambda _stale: {})


def each(
    chosen: Chosen,
    act: Callable[[UUID, int | None], Any],
    *,
    gone: str | Promise = GONE,
) -> dict[UUID, Any]:
    """A result for each row, inside the caller's transaction. `gone` is said of one that is not there."""
    results: dict[UUID, Any] = {}
    for key in sorted(chosen):  # one order for everybody, so that two bulk acts never wait for each other
        try:
            with transaction.atomic():
                results[key] = act(key, chosen[key])
        except (Refused, Stale) as refusal:
            results[key] = refusal
        except ObjectDoesNotExist:
            results[key] = Refused(Reason("gone", gone))
    return results


def mark_of(row: Any) -> str:
    """`<id>:<version>`, as the box of a row holds it."""
    return f"{row.pk}:{getattr(row, 'version', 0)}"


def chosen_of(values: Iterable[str]) -> dict[UUID, int | None]:
    """What the boxes of rows hold; what they cannot hold is left out."""
    chosen: dict[UUID, int | None] = {}
    for value in values:
        key, _sign, version = value.partition(":")
        if version.isascii() and version.isdigit() and len(version) < 10:
            try:
                chosen[UUID(key)] = int(version) or None
            except ValueError:
                continue
    return chosen


def why_undone(result: Refused | Stale) -> list[str]:
    """In words, who was faster or what is missing."""
    if isinstance(result, Stale):
        return [_("%(name)s was faster.") % {"name": result.who} if result.who else _("Somebody was faster.")]
    return [f"{reason.text} {reason.who}".strip() for reason in result.reasons if not reason.ok]
