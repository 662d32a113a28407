"""Reasons for a refused API request, one by one: code, place in the body, sentence, and remedy (E30).

A list of such is what RFC 9457 shows as an extension of a problem; a place is a JSON Pointer (RFC 6901) as a fragment.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerhub.errors import Reason

BODY = "#"
WHOLE = frozenset({"", "body", "non_field_errors", "__all__"})
"""What errors about no single field are filed under."""

CORRECT = _("Correct the value and send it again.")
CURES: dict[str, str | Promise] = {
    "blank": _("Write something here."),
    "datetime": _("Send a date alone, as YYYY-MM-DD."),
    "date": _("Send a date as YYYY-MM-DD."),
    "does_not_exist": _("Name a record that you can read."),
    "empty": _("Choose at least one."),
    "incomplete": _("Send all of it."),
    "invalid": CORRECT,
    "invalid_choice": _("Send one of the values that the description of the API lists."),
    "invalid_unicode": _("Send text in UTF-8."),
    "invalid_list": _("Send a list."),
    "make_aware": CORRECT,
    "max_decimal_places": _("Send fewer digits after the point."),
    "max_digits": _("Send fewer digits."),
    "max_length": _("Send fewer characters or entries, as many as the sentence says."),
    "max_string_length": _("Send fewer digits."),
    "max_value": _("Send a smaller number."),
    "max_whole_digits": _("Send a smaller number."),
    "min_length": _("Send more characters or entries, as many as the sentence says."),
    "min_value": _("Send a larger number."),
    "no_name": _("Send the file with its name."),
    "not_a_dict": _("Send a JSON object."),
    "not_a_list": _("Send a list."),
    "null": _("Send a value that is not null, or leave the field out where it may be."),
    "object": _("Send a JSON object."),
    "overflow": CORRECT,
    "required": _("Send this field."),
    "unknown": _("Leave this out: its name is not one that is taken here."),
}
"""By the code of a field's error, what to do about it. Codes of rules and of own fields say it in their sentence."""

OF_PROBLEMS: dict[str, str | Promise] = {
    "already-sent": _("Send the new content under an id of its own."),
    "forbidden": _("Sign in as somebody who may do this."),
    "gate": _("Sign in to the portal in a browser and do what it asks."),
    "idempotency": _("Send another Idempotency-Key, or the same body as before."),
    "not-found": _("Read the list again: it names the records that you may see."),
    "not-permitted": _("Ask an administrator for one of the roles in `roles`."),
    "refused": _("Take one of the steps in `allowed`, or mend what is missing first."),
    "scope-missing": _("Make a token with the scope in `scope`."),
    "seat-ended": _("Ask the administrators for a seat."),
    "stale": _("Read the record again, decide on what it is now, and send its ETag as If-Match."),
    "unavailable": _("Send the request again in a few seconds, as Retry-After says."),
    "suspended": _("Ask the vendor to lift the suspension; until then everything can be read."),
    "400": _("Correct the address, the headers or the JSON, and send the request again."),
    "401": _("Send a token that is valid, or sign in."),
    "405": _("Use a method that the description of the API lists for this address."),
    "413": _("Send less."),
    "415": _("Send a body of a type that the description of the API lists for this address."),
    "428": _("Read the record and send its ETag as If-Match."),
    "429": _("Wait as many seconds as Retry-After says."),
    "500": _("Send the request again later; tell the operators if that does not help."),
}
"""By the kind of a problem, or its status where it has no kind."""


def cause(code: str, detail: Any, *, pointer: str = BODY, parameter: str = "", cure: Any = "") -> dict[str, str]:
    """One of them. `parameter` is the one of the address that it is about, if any; then `pointer` is the whole body."""
    return {
        "code": code,
        "pointer": pointer,
        "parameter": parameter,
        "detail": str(detail),
        "cure": str(cure or CURES.get(code, CORRECT)),
    }


def cause_of_problem(kind: str, status: int, detail: str) -> dict[str, str]:
    """What stands in the way where the problem as a whole says it."""
    code = kind or str(status)
    return cause(code, detail, cure=OF_PROBLEMS.get(code, ""))


def causes_of_reasons(reasons: list[Reason]) -> list[dict[str, str]]:
    """The conditions that are missing. Who can mend one stands in its reason, else what can be done instead."""
    return [
        cause(
            reason.code,
            reason.text,
            pointer=pointer_to(reason.field),
            cure=reason.who or (CURES.get(reason.code, CORRECT) if reason.field else OF_PROBLEMS["refused"]),
        )
        for reason in reasons
        if not reason.ok
    ]


def causes_in(errors: Any, *, in_address: bool, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """What is wrong with what was sent, as fields tell it: lists of sentences with a code, by name, nested or not.

    `in_address`: the names are those of parameters.
    """
    match errors:
        case Mapping():
            for name, inside in errors.items():
                yield from causes_in(inside, in_address=in_address, path=(*path, *_steps(str(name))))
        case list() | tuple():
            for place, inside in enumerate(errors):
                below = (*path, str(place)) if isinstance(inside, Mapping) else path
                yield from causes_in(inside, in_address=in_address, path=below)
        case _:
            code = getattr(errors, "code", "invalid")
            where: dict[str, Any] = {"parameter": ".".join(path)} if in_address else {"pointer": _pointer(path)}
            yield cause(code, errors, **where)


def pointer_to(field: str) -> str:
    """`first_person.roles` is `#/first_person/roles`; what belongs to no field, the whole body."""
    return _pointer(_steps(field))


def _steps(name: str) -> tuple[str, ...]:
    return () if name in WHOLE else tuple(name.split("."))


def _pointer(path: tuple[str, ...]) -> str:
    return BODY + "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)
