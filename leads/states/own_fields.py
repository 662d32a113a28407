"""The words of the fields that a tenant adds to its programs, and how their answers are kept and read."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext, pgettext_lazy

from partnerhub.web.formats import day_text, decimal_text


class FieldKind(TextChoices):
    """What a field takes. In JSON a number is kept as its decimal text, a date as ISO 8601, a checkbox as a boolean."""

    TEXT = "text", pgettext_lazy("kind of field", "Text")
    NUMBER = "number", pgettext_lazy("kind of field", "Number")
    CHOICE = "choice", pgettext_lazy("kind of field", "Choice")
    DATE = "date", pgettext_lazy("kind of field", "Date")
    CHECKBOX = "checkbox", pgettext_lazy("kind of field", "Checkbox")


OWN = "own"
FIELD_PREFIX = f"{OWN}-"
FIELD_NAME = re.compile(r"own-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The name of an own field in a form: what a draft keeps of them."""

MOST_FIELDS = 30
"""Own fields of one program that are asked at a time."""

MOST_CHOICES = 50
ANSWER_LENGTH = 500


def is_answered(value: Any) -> bool:
    """An unticked checkbox is an answer, an empty text is none."""
    return value is not None and value != ""


def plain_answer(value: Any) -> Any:
    """An answer as JSON keeps it: decimals and days as text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, bool) else str(value)


def english(value: Any) -> str:
    """A kept answer in words for the memory, as `questions.answer_text` writes the others."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def kept_kind(answer: Any) -> str:
    """The kind of an answer of which only the answer was kept: ticked or not, or text."""
    return FieldKind.CHECKBOX if isinstance(answer, bool) else FieldKind.TEXT


def own_words(kind: str, answer: Any) -> str:
    """A kept answer to an own field as its reader reads it. Choices are a tenant's own words: shown as they are."""
    match kind:
        case FieldKind.NUMBER:
            return decimal_text(Decimal(answer))
        case FieldKind.DATE:
            return day_text(date.fromisoformat(answer))
        case FieldKind.CHECKBOX:
            return gettext("Yes") if answer else gettext("No")
    return str(answer)
