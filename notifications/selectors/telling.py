"""What is told: kind of event, letter and rules in one row (E12). Apps bring their rows when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from notifications.selectors.circles import Circle
from notifications.selectors.story import Letter, Story
from notifications.states import Purpose
from partnerhub.events.models import Event


@dataclass(frozen=True)
class Rule:
    """For this purpose, tell these circles.

    `to` holds alternatives; the first that has anybody else in it is told (whoever looks after it, else all who may).
    `acted_by` limits the rule to events of one side; `unless` names a word of the event's data with which another
    event tells it already. The person who acted is told only where `confirms` says so. Whoever is told by a rule that
    stands `alone` is told by no other, unless they switched its purpose off.
    """

    purpose: Purpose
    to: tuple[tuple[Circle, ...], ...]
    acted_by: str = ""
    unless: str = ""
    confirms: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Telling:
    """This kind of event is told by this letter to whom these rules name; a row has both, or is refused.

    `about` is the model's name of the record, for a kind that several apps tell of (a shared message). `wait` is how
    long its mail and its webhooks wait, where the page offers to undo it: undone in that time, nobody hears of it.
    """

    kind: str
    letter: Callable[[Story], Letter]
    rules: tuple[Rule, ...]
    about: str = ""
    wait: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        if not (callable(self.letter) and self.rules and all(rule.to and all(rule.to) for rule in self.rules)):
            raise ValueError(f"{self.kind} is told by a letter and to somebody.")

    @property
    def circles(self) -> list[Circle]:
        return [circle for rule in self.rules for alternative in rule.to for circle in alternative]


TELLINGS: dict[tuple[str, str], Telling] = {}
"""By kind and `about`; filled by `services.register_letters`."""


def telling_of(event: Event) -> Telling | None:
    """The row for this event; None: nobody is told of it."""
    return TELLINGS.get((event.kind, event.subject_type)) or TELLINGS.get((event.kind, ""))


def wait_of(event: Event) -> timedelta:
    """How long whoever hears of this event waits for it to be undone; zero: it is not undone."""
    telling = telling_of(event)
    return telling.wait if telling else timedelta(0)
