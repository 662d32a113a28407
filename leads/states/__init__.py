"""The words of leads: states and steps (`machine`), what a submission asks (`questions`), own fields (`own_fields`)."""

from leads.states.machine import (
    LEAD,
    LISTED,
    MOST_IN_TEAM,
    NEXT,
    OPEN,
    RANK,
    TONES,
    UNSENT,
    Conflict,
    ConsentBasis,
    Kind,
    Origin,
    ReasonCode,
    Status,
    next_words,
)
from leads.states.own_fields import FieldKind
from leads.states.questions import QUESTIONS, Question, questions_for

__all__ = [
    "LEAD",
    "LISTED",
    "MOST_IN_TEAM",
    "NEXT",
    "OPEN",
    "QUESTIONS",
    "RANK",
    "TONES",
    "UNSENT",
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
