"""What one can do with a record: at most one main act, two beside it, the rest in a menu, possible ones first.

Drawn by templates/components/actions.html. A page names only what could be done with this record; what is not possible
now stands at the end of the menu with its conditions (E10).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from partnerhub.errors import Reason

MOST_PLAIN = 2


class Way(StrEnum):
    """How an act begins: it asks first in a dialog, leads to a page, is done at once, or is chosen from a menu."""

    DIALOG = "dialog"
    PAGE = "page"
    POST = "post"
    MENU = "menu"


@dataclass(frozen=True)
class Action:
    """One act. `fields` go along as hidden ones; `menu_url` is where a menu's choices come from,
    `menu_label` what its link says without scripts."""

    name: str
    label: str | Promise
    url: str
    way: Way = Way.DIALOG
    reasons: Sequence[Reason] = ()
    danger: bool = False
    icon: str = ""
    key: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    menu_url: str = ""
    menu_label: str | Promise = ""

    @property
    def is_open(self) -> bool:
        return all(reason.ok for reason in self.reasons)


@dataclass(frozen=True)
class Arranged:
    """The acts in their places. `shown` are (act, whether it is the main one), the main one last."""

    shown: list[tuple[Action, bool]]
    more: list[Action]
    closed: list[Action]


def arranged(actions: Iterable[Action], *, first: Sequence[str] = ()) -> Arranged:
    """The acts in the order in which they come; the main one is the first of `first` that is possible."""
    actions = list(actions)
    possible = [action for action in actions if action.is_open]
    names = {action.name: action for action in possible}
    main = next((names[name] for name in first if name in names), None)
    others = [action for action in possible if action is not main]
    shown = [(action, False) for action in others[:MOST_PLAIN]] + ([(main, True)] if main else [])
    return Arranged(shown, others[MOST_PLAIN:], [action for action in actions if not action.is_open])
