"""The words of leads: states and steps (`machine`), and what a submission asks (`questions`)."""

from leads.states.machine import (
    LEAD,
    LISTED,
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
from leads.states.questions import QUESTIONS, Question, questions_for

__all__ = [
    "LEAD",
    "LISTED",
    "NEXT",
    "OPEN",
    "QUESTIONS",
    "RANK",
    "TONES",
    "UNSENT",
    "Conflict",
    "ConsentBasis",
    "Kind",
    "Origin",
    "Question",
    "ReasonCode",
    "Status",
    "next_words",
    "questions_for",
]
