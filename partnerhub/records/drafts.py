"""A draft: what was typed, kept right or wrong in a record's `draft`, with a note of who saved it last in which window.

A draft has no events, so its versions are compared by what was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partnerhub.actors import Actor, Seat
from partnerhub.errors import Stale
from partnerhub.records.rows import Draft
from partnerhub.web.seen import version_in

# In a draft beside what was typed; such names begin with a line:
WINDOW = "_window"  # the window that saved it last
SAVED_BY = "_saved_by"  # and whose it was, by name
NEVER_SAVED = 1  # the version of a draft that is no row yet
MARK_LENGTH = 40


@dataclass(frozen=True)
class Seen:
    """The version of the draft that somebody had before them, and the mark of the window in which they had it.

    Whatever that very window saved last is no news to it, even if the answer was lost on the way.
    """

    version: int
    window: str = ""


def seen_in(sent: Mapping[str, Any]) -> Seen:
    """What the form says of the draft that it showed; a form of old says nothing, so any saved draft is news to it."""
    return Seen(version_in(sent.get("version")), str(sent.get("window", ""))[:MARK_LENGTH])


def typed_in(draft: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without what is noted beside it."""
    return {name: value for name, value in draft.items() if not name.startswith("_")}


def noted(typed: Mapping[str, Any], *, seen: Seen | None, by: Actor, more: Mapping[str, Any]) -> dict[str, Any]:
    """The draft as it is kept: what was typed, by whom and where, and what `more` notes beside it."""
    notes = {**more, WINDOW: seen.window if seen else "", SAVED_BY: by.name}
    return {**typed, **{name: value for name, value in notes.items() if value}}


def saved_it_last(record: Draft, window: str) -> bool:
    """Whether it was this window that saved the draft last."""
    return bool(window) and window == record.draft.get(WINDOW)


def saved_by(record: Draft, membership: Seat) -> str:
    """Who saved the draft last, by name; empty where it was this member."""
    name = str(record.draft.get(SAVED_BY, ""))
    return "" if name == membership.name else name


def check_draft(record: Draft, typed: Mapping[str, Any], seen: Seen | None) -> None:
    """Raise Stale where somebody, or another window, has saved other text since: (what is sent, what is saved)."""
    if seen is None or record.version in {NEVER_SAVED, seen.version} or saved_it_last(record, seen.window):
        return
    saved = typed_in(record.draft)
    names = [*typed, *(name for name in saved if name not in typed)]
    pairs = {name: (typed.get(name, ""), saved.get(name, "")) for name in names}
    if difference := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
        raise Stale(record, difference)
