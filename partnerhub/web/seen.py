"""The version of a record that somebody saw, which forms, addresses and headers name; and a form that carries it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Protocol, TypedDict, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from partnerhub.errors import Refused, Stale


class Counted(Protocol):
    """A record that counts its changes."""

    @property
    def version(self) -> int: ...


Meanwhile = list[dict[str, Any]]
"""What somebody else has saved meanwhile: a row for each field of the form."""


class Again(TypedDict, total=False):
    """How a form is shown again."""

    status: int
    now: Meanwhile


VERSION = re.compile(r"[0-9]{1,9}")
NO_VERSION = 0  # no record has it, so it is never current


def version_in(text: str | None) -> int:
    """The version that a form, an address or a header names; NO_VERSION where it names none that a record can have."""
    return int(text) if isinstance(text, str) and VERSION.fullmatch(text) else NO_VERSION  # JSON may hold anything


def version_of(values: Mapping[str, Any] | Sequence[str]) -> int:
    """A number that changes with these JSON values: the version of what keeps no count of its changes."""
    return int(sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:7], 16)


def check_seen(record: Counted, seen: int | None, wanted: Mapping[str, Any]) -> None:
    """Raise Stale where the record, which the caller holds locked, has moved on since `seen` (None: any version).

    It says what is `wanted` and what is now, of the columns in which they differ.
    """
    if seen is not None and seen != record.version:
        pairs = {name: (value, getattr(record, name)) for name, value in wanted.items()}
        raise Stale(record, {name: pair for name, pair in pairs.items() if pair[0] != pair[1]})


class PersonalSettings:
    """What a person has set for themselves, as a record with a version. `values` are plain JSON, by field."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    @property
    def version(self) -> int:
        return version_of(self.values)

    def check(self, seen: int | None, typed: Mapping[str, Any]) -> None:
        """Raise Stale, with what was typed and differs from what is now, where another version was seen (None: any)."""
        if seen is not None and seen != self.version:
            pairs = {name: (typed[name], now) for name, now in self.values.items() if name in typed}
            raise Stale(self, {name: (sent, now) for name, (sent, now) in pairs.items() if sent != now})


class VersionField(forms.IntegerField):
    """A version that goes along unseen. What is none is a version that no record has."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> int | None:
        return None if value in self.empty_values else version_in(str(value))


def say_refusal(form: forms.Form, refusal: Refused) -> None:
    """Say beside the fields what a verb refused, and over the form what belongs to none."""
    for reason in refusal.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason.text))


class SeenForm(forms.Form):
    """`version` is the record's as it was when the form was drawn."""

    version = VersionField()

    def refuse(self, refusal: Refused) -> None:
        say_refusal(self, refusal)

    def go_on_from(self, version: int) -> None:
        """Carry the version that is current now: whoever sends the form again has seen it."""
        sent = cast("QueryDict", self.data).copy()  # of each field all that was chosen
        sent["version"] = str(version)
        self.data = sent


def attempt(form: SeenForm, act: Callable[[], Any]) -> Again:
    """Do what the form asks; where it could not be done, how to show the form again: status, and what is saved now."""
    if not form.is_valid():
        return {"status": HTTPStatus.UNPROCESSABLE_ENTITY}
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return {"status": HTTPStatus.CONFLICT}
    except Stale as stale:
        form.go_on_from(stale.current.version)
        rows = [
            {"label": form.fields[name].label, "value": _compared(now), "whole": True}
            for name, (_seen, now) in stale.difference.items()
            if name in form.fields
        ]
        return {"status": HTTPStatus.CONFLICT, "now": rows}
    return {}


def _compared(value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return ", ".join(value) if isinstance(value, list) else value or "–"
