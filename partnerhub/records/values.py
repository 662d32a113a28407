"""What verbs make of values: a column as JSON keeps it, a text that somebody has to write, an amount."""

from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerhub.errors import Reason, Refused
from partnerhub.money import Money
from partnerhub.states.asked import LONGEST_TEXT
from partnerhub.web.fields import plain_text


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "pk"):
        return str(value.pk)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if isinstance(value, bool | int | dict | type(None)) else str(value)


def texts_wrong(columns: dict[str, Any], names: Iterable[str], *, lines: Collection[str] = ()) -> list[Reason]:
    """Bring these texts of `columns` into shape, those of `lines` with their lines; what is wrong with the others."""
    wrong = []
    for name in names:
        try:
            columns[name] = plain_text(columns[name], lines=name in lines)
        except ValidationError as error:
            wrong.append(Reason(name, " ".join(error.messages), field=name))
    return wrong


def amount_wrong(field: str, minor: int, currency: str) -> list[Reason]:
    """What is wrong with an amount that has to be above 0. `field` is the column of its minor units."""
    try:
        is_above = Money(minor, currency).minor > 0
    except (ValueError, TypeError):
        return [Reason("currency", _("Choose a currency."), field="currency")]
    return [] if is_above else [Reason(field, _("Enter a value above 0."), field=field)]


def needs_text(text: str, field: str, missing: Sequence[Reason] = ()) -> str:
    """The text, trimmed. Raises Refused where it is empty or too long, with whatever else is `missing`."""
    text = text.strip()
    reasons = list(missing)
    if not text:
        reasons.append(Reason(f"{field}-missing", _("Write a few words: the other side reads them."), field=field))
    elif len(text) > LONGEST_TEXT:
        reasons.append(Reason(f"{field}-too-long", _("Write at most 4,000 characters."), field=field))
    if reasons:
        raise Refused(reasons)
    return text
