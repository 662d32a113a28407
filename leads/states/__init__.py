"""The words of leads: states (`words`), steps (`machine`), what a submission asks (`questions`, with their `choices`),
how an answer reads (`answers`), own fields."""

from leads.states.machine import LEAD
from leads.states.own_fields import FieldKind
from leads.states.questions import QUESTIONS, Question, questions_for
from leads.states.words import (
    KEPT,
    LISTED,
    MOST_IN_TEAM,
    NEXT,
    OPEN,
    RANK,
    STARTED,
    TONES,
    UNSENT_STATUSES,
    Conflict,
    ConsentBasis,
    Kind,
    Origin,
    ReasonCode,
    Status,
    next_words,
)

__all__ = [
    "KEPT",
    "LEAD",
    "LISTED",
    "MOST_IN_TEAM",
    "NEXT",
    "OPEN",
    "QUESTIONS",
    "RANK",
    "STARTED",
    "TONES",
    "UNSENT_STATUSES",
    "Conflict",
    "ConsentBasis",
    "FieldKind",
    "Kind",
    "Origin",
    "Question",
    "ReasonCode",
    "Status",
    "next_words",
    "questions_for",
]
