"""Compares a submitted form with its draft: what it leaves unchanged, and whether it has made its lead already."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from leads.models import Lead, Program
from leads.selectors import asked_fields
from leads.states import questions_for
from partnerhub.errors import AlreadySent
from partnerhub.events.models import Event
from partnerhub.notes.selectors import attachments_of
from partnerhub.notes.uploads import accept
from partnerhub.records.drafts import typed_in
from partnerhub.records.values import plain
from partnerhub.roles import PARTNER

KEPT_FILES = "_files"  # in a draft beside what was typed: how many files have been kept with it
OF_MANY = "of_many"  # in the data of an event: the lead came in with many others
NOT_ANSWERS = frozenset({"own_fields", "status", "terms_version"})
EMPTY: tuple[Any, ...] = (None, "", {})


def not_asked(lead: Lead, program: Program) -> dict[str, Any]:
    """What the draft holds that the form does not ask: answers to retired fields, and those of another program."""
    kinds = {lead.program.kind, program.kind}
    asked = {question.name for kind in kinds for question in questions_for(kind)}
    asked |= {field.name for one in (lead.program, program) for field in asked_fields(one, PARTNER)}
    return {name: value for name, value in typed_in(lead.draft).items() if name not in asked}


def receipts_of(leads: Iterable[Lead]) -> dict[UUID, dict[str, Any]]:
    """What was sent with leads that were submitted, by their ids. One statement."""
    told = Event.objects.filter(subject_id__in=[lead.pk for lead in leads], kind="lead.submitted")
    return dict(told.values_list("subject_id", "after"))


def came_together(leads: Iterable[UUID]) -> set[UUID]:
    """Which of these leads were submitted with many others at once. One statement."""
    sent = Event.objects.filter(subject_id__in=list(leads), kind="lead.submitted", data__has_key="together")
    return set(sent.values_list("subject_id", flat=True))


def check_repetition(
    lead: Lead,
    answers: Mapping[str, Any],
    *,
    program: Program,
    uploads: Sequence[Any] = (),
    receipt: Mapping[str, Any] | None = None,
) -> None:
    """Raise AlreadySent where the lead was submitted with other answers, or without a file that comes now.

    The receipt of the submission says what was sent then; nothing changes it. It is read where it is not given.
    """
    if receipt is None:
        receipt = receipts_of([lead])[lead.pk]
    sent = {name: plain(value) for name, value in answers.items() if value not in EMPTY}
    own = {field.label: (answers.get("own_fields", {}), field.key) for field in asked_fields(program, PARTNER)}
    pairs = {name: (sent.get(name), receipt.get(name)) for name in {**receipt, **sent} if name not in NOT_ANSWERS}
    pairs |= {label: (given.get(key), lead.own_answers.get(key)) for label, (given, key) in own.items()}
    pairs["program"] = (program.name, lead.program.name)
    pairs["attachments"] = _files_that_are_new(lead, uploads)
    if difference := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
        raise AlreadySent(lead, difference)


def _files_that_are_new(lead: Lead, uploads: Sequence[Any]) -> tuple[str, str]:
    if not uploads:
        return "", ""
    there = attachments_of("lead", lead.pk, lead.submitted_by)
    known = {file.sha256 for file in there}
    new = [file.name for file in map(accept, uploads) if file.sha256 not in known]
    return (", ".join(new), ", ".join(file.name for file in there)) if new else ("", "")
