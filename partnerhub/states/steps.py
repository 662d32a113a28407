"""All that is said about a step of a machine: who, from where to where, on what conditions, how asked and how told.

Pages, API, audit log, timeline and docs are made of it (`partnerhub.records`); nothing is said of a step elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.states.asked import Asks, Words

Condition = Callable[[Any, Actor], Reason | None]
"""(record, actor) → None when it does not apply, else a Reason that says ok or missing."""
Said = str | Callable[[Mapping[str, Any]], str]
"""Which of the words in an event's data stand beside who did it: their name, or a function of the data."""

BOTH = "both"
EITHER_SIDE = ""
SYSTEM_SIDE = "system"
OUTSIDE = "outside"
"""Whoever has a link that was mailed to them, and no account: a step of theirs has no permission."""


@dataclass(frozen=True)
class Told:
    """A kind of event of a record, for people.

    `words` stand in the audit log (past tense, with the noun), `title` in the record's own timeline (which has no entry
    for it where it is empty); the title may name what stands in the event's data. Tone and icon are those of the state
    that a step leads to, where its machine has looks and nothing is said; else mute, info. `audience` is the side that
    may read the event: both, vendor or partner.
    """

    kind: str
    words: Words
    title: Words = ""
    tone: str = ""
    icon: str = ""
    said: Said = "reason_text"
    audience: str = BOTH


@dataclass(frozen=True)
class Dialog:
    """How a step is asked: title, text, both answers, and what is said when it is done.

    `question` and `done` name the record by the placeholders of its kind, as `%(company)s`. Where nothing else is said,
    `button` is the step's label and `keep` (the answer that changes nothing) the machine's. `quotes` is a template with
    what the step answers to.
    """

    question: Words
    text: Words
    button: Words = ""
    keep: Words = ""
    done: Words = ""
    danger: bool = False
    quotes: str = ""


@dataclass(frozen=True)
class Api:
    """How the API's description tells of a step: by its label and the text of its dialog, where nothing else is said.

    `word` is its address, where that is not the step's name.
    """

    summary: Words = ""
    about: Words = ""
    word: str = ""


@dataclass(frozen=True)
class Undo:
    """The way back of a step whose event was the last: not a step of its own, because it leads to what was before.

    `done` is what is said then, or a function of the record that says it; `kept` what is said where the record has
    changed since. Both name the record by the placeholders of its kind, as a dialog does.
    """

    name: str
    told: Told
    api: Api
    done: Words | Callable[[Any], Words] = ""
    kept: Words = ""


@dataclass(frozen=True)
class Step:
    """One row of a machine's table.

    `target` is None where the step leads back to the state the record came from (`back_to`), or stays in it. `told` is
    its event; None where something else is recorded. A step of the SYSTEM_SIDE has no permission: the portal itself
    takes it, and nobody is offered it. A step without a `dialog` has a page of its own, or none. `api` None: it has no
    address. `key` is its key in triage; `at_once`: it is one press there, because it can be taken back; `in_place`: it
    has its own place on the record's page.
    """

    name: str
    label: Words
    sources: tuple[str, ...]
    target: str | None
    permission: str
    side: str
    conditions: tuple[Condition, ...] = ()
    told: Told | None = None
    asks: Asks | None = None
    dialog: Dialog | None = None
    api: Api | None = None
    undo: Undo | None = None
    back_to: tuple[str, ...] = ()
    key: str = ""
    at_once: bool = False
    in_place: bool = False

    def is_for(self, side: str) -> bool:
        """Whether it is a step of this side."""
        return self.side in {EITHER_SIDE, side}

    def complete(self, keep: Words, look: tuple[str, str]) -> "Step":
        """The step with all that it leaves to be said by its label, and by the machine.

        `keep`: how its dialog is left; `look`: tone and icon of the state that it leads to.
        """
        dialog, api, told = self.dialog, self.api, self.told
        if told:
            told = replace(told, tone=told.tone or look[0], icon=told.icon or look[1])
        if dialog:
            dialog = replace(dialog, button=dialog.button or self.label, keep=dialog.keep or keep)
        if api:
            about = api.about or (dialog.text if dialog else "")
            api = replace(api, summary=api.summary or self.label, about=about)
        return replace(self, dialog=dialog, api=api, told=told)

    @property
    def word(self) -> str:
        """The last part of its address in the API, which is also how the API calls the step."""
        return (self.api and self.api.word) or address_word(self.name)


def of_portal(name: str, sources: tuple[str, ...], target: str | None, told: Told, **more: Any) -> Step:
    """A step that the portal itself takes: by a clock, or when it hears of something."""
    return Step(name, name, sources, target, "", SYSTEM_SIDE, told=told, **more)


def of_outside(name: str, sources: tuple[str, ...], target: str | None, told: Told, **more: Any) -> Step:
    """A step of whoever has a link that was mailed to them, on a page of its own."""
    return Step(name, name, sources, target, "", OUTSIDE, told=told, **more)


def address_word(name: str) -> str:
    """A step's name as addresses have it."""
    return name.replace("_", "-")
