"""Records that messages and files can be attached to: business apps register them here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason

FindSubject = Callable[[Membership, UUID], Model | None]
"""(membership, id) → the record, or None where this member may not see it or there is none."""
CanComment = Callable[[Membership, Any], list[Reason]]
"""(membership, record) → every condition of writing on it, met or missing."""
Describe = Callable[[Any], dict[str, Any]]
"""record → what readers of an event need to know of it (number, company, url, who is told …), as plain JSON."""
NamesPeople = Callable[[Any], Iterable[UUID | None]]
"""record → the members whom its page names to both sides."""


@dataclass(frozen=True)
class Subject:
    find: FindSubject
    can_comment: CanComment
    describe: Describe
    can_note: CanComment
    names: NamesPeople


_subjects: dict[str, Subject] = {}


def register(
    subject_type: str,
    find: FindSubject,
    can_comment: CanComment,
    describe: Describe | None = None,
    can_note: CanComment | None = None,
    names: NamesPeople | None = None,
) -> None:
    """Let members write on a kind of record. `subject_type` is its model's name in lower case.

    `can_note` are the conditions of a note for the own side, where they are others than those of what both sides read.
    `names`: whom its page names to both sides, so that either may mention them.
    """
    told = describe or _nothing_more
    _subjects[subject_type] = Subject(find, can_comment, told, can_note or can_comment, names or _nobody)


def subject_of(subject_type: str) -> Subject:
    """What was registered for a kind of record. Raises KeyError for a kind that nobody registered."""
    return _subjects[subject_type]


def find_record(subject_type: str, subject_id: UUID, membership: Membership) -> Model | None:
    """The record, if this member may see it. A kind of record that nobody registered is seen by nobody."""
    subject = _subjects.get(subject_type)
    return subject.find(membership, subject_id) if subject else None


def find_anywhere(subject_id: UUID, membership: Membership) -> Model | None:
    """The record with this id, of whatever kind, if this member may see it."""
    found = (find_record(kind, subject_id, membership) for kind in _subjects)
    return next((record for record in found if record is not None), None)


def reasons_to_comment(record: Model, membership: Membership) -> list[Reason]:
    """Every condition of writing on this record, met or missing (E10)."""
    return subject_of(type_of(record)).can_comment(membership, record)


def reasons_to_note(record: Model, membership: Membership) -> list[Reason]:
    """Every condition of keeping a note on this record for the own side, met or missing (E10)."""
    return subject_of(type_of(record)).can_note(membership, record)


def type_of(record: Model) -> str:
    """The word by which a record's kind is registered: its model's name in lower case."""
    return type(record).__name__.lower()


def partner_of(record: Model) -> UUID:
    """The partner whose record it is."""
    key: UUID = record.partner_id  # type: ignore[attr-defined]  # every kind that one may write on belongs to a partner
    return key


def _nobody(record: Model) -> Iterable[UUID | None]:
    return ()


def _nothing_more(record: Model) -> dict[str, Any]:
    return {}
