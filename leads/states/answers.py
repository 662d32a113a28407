"""An answer to a question of a submission, in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext
from django_countries.fields import Country

from leads.states.questions import Question
from partnerhub.web.formats import day_text
from partnerhub.web.phones import phone_text


def answer_text(question: Question, value: Any) -> str:
    """An answer as a person writes it, in English for the memory: what stays in the event never changes its words."""
    if value in (None, ""):
        return ""
    if question.choices is not None:
        return str(question.choices(value).label)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if question.kind == "country":
        return str(Country(str(value)).name)
    return phone_text(str(value)) if question.kind == "phone" else str(value)


def answer_words(question: Question, value: Any) -> str:
    """An answer as its reader reads it. Words are looked up for choices alone: the rest is as typed.

    A choice that is none any more stays as it was kept.
    """
    if question.choices is not None:
        return str(question.choices(value).label) if value in question.choices.values else str(value)
    match question.kind:
        case "check":
            return gettext("Yes") if value else gettext("No")
        case "country":
            return str(Country(str(value)).name)
        case "date":
            return day_text(date.fromisoformat(value) if isinstance(value, str) else value)
        case "phone":
            return phone_text(value)
    return str(value)
