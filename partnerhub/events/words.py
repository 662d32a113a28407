"""What happened, in words: for the audit log and for timelines. Each app registers what it records."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partnerhub.states import Machine, Told, register_machine
from partnerhub.web.formats import amount_text

WordsByKey = Mapping[str, str | Promise]

KINDS: dict[str, str | Promise] = {}
"""By kind of event: what happened. Every kind that is recorded stands here, and no other (a test says so)."""
SUBJECTS: dict[str, str | Promise] = {}
"""By the name of a model: what its records are called."""
GROUPS: dict[str, str | Promise] = {}
"""By the first part of a kind: what all of them are about."""

TOLD: dict[str, Told] = {}
"""By kind: how events are told in the timeline of their record."""


def register_events(kinds: WordsByKey, *, groups: WordsByKey | None = None, subjects: WordsByKey | None = None) -> None:
    """An app records these; called when it is ready. What a timeline tells too comes by `register_told`.

    Raises ValueError where something of it has words already: two apps would mean two things by it.
    """
    for said, new in ((KINDS, kinds), (GROUPS, groups or {}), (SUBJECTS, subjects or {})):
        if twice := sorted(said.keys() & new.keys()):
            raise ValueError(f"These have words already: {', '.join(twice)}.")
        said.update(new)


def register_told(told: Collection[Told]) -> None:
    """An app records these kinds of event, which audit log and timelines tell. Raises ValueError as above."""
    register_events({one.kind: one.words for one in told})
    TOLD.update({one.kind: one for one in told})


def register_steps(machine: Machine) -> None:
    """Let docs, audit log and timelines know of a machine and of every event that tells of its records."""
    register_machine(machine)
    register_told([*machine.told()])


class KindChoices:
    """Groups and kinds as choices (word, words): read anew each time, because apps register after this is imported."""

    def __iter__(self) -> Iterator[tuple[str, str | Promise]]:
        yield from GROUPS.items()
        yield from sorted(KINDS.items(), key=lambda kind: kind[0])


def group_choices() -> list[tuple[str, str]]:
    """The groups (word, words), by their words in the reader's language."""
    return sorted(((group, str(words)) for group, words in GROUPS.items()), key=lambda group: group[1].casefold())


def kind_words(kind: str) -> str:
    """A kind of event in words."""
    return str(KINDS.get(kind, kind))


@dataclass(frozen=True)
class FieldWords:
    """What the fields of a kind of record are called where a change is told, and what their codes mean."""

    names: WordsByKey
    codes: Mapping[str, WordsByKey] = field(default_factory=dict)


FIELDS: dict[str, FieldWords] = {}
"""By the name of a model."""


AMOUNTS: dict[tuple[str, str], str] = {}
"""(the name of a model, a column in the smallest unit of a currency) → the column of that currency."""


def amount_words(minor: object, currency: object) -> str:
    """An amount as people read it; the bare number where nothing says its currency."""
    if not isinstance(minor, int):
        return "–"
    return f"{currency} {amount_text(minor, str(currency), cents=True)}" if currency else str(minor)


def register_fields(subject: str, names: WordsByKey, codes: Mapping[str, WordsByKey] | None = None) -> None:
    """An app records changes of these fields of a record. `codes`: by field, the words of what is kept as a code."""
    FIELDS[subject] = FieldWords(names, codes or {})


def field_words(subject: str, name: str) -> str:
    """A field in words; one that nobody named reads as its name, without the underscores of a machine."""
    known = FIELDS.get(subject)
    return str(known.names[name]) if known and name in known.names else name.replace("_", " ").capitalize()


def value_words(subject: str, name: str, value: Any) -> str:
    """What a field held, as people read it; a dash for nothing."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return "; ".join(f"{label}: {value_words(subject, '', one)}" for label, one in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(value_words(subject, name, one) for one in value) or "–"
    known = FIELDS.get(subject)
    codes = known.codes.get(name, {}) if known else {}
    return str(codes.get(str(value), value)) if value not in (None, "") else "–"
