"""Which fields of a record somebody may change now, said once: API, pages and verbs read the same map (E30)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.forms import Form
from django.utils.functional import Promise
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import Reason, Refused
from partnerhub.web.api import PortalViewSet


@dataclass(frozen=True)
class Lock:
    """Why a field can't be changed now, in a sentence, and until when, if that is known."""

    why: str | Promise
    until: datetime | None = None


Fields = Mapping[str, Lock | None]
"""The fields of a record by name; None: it may be changed now."""


def all_fields(names: Iterable[str], lock: Lock | None) -> dict[str, Lock | None]:
    """The same for each of these fields."""
    return dict.fromkeys(names, lock)


def refuse_locked(fields: Fields, names: Iterable[str]) -> None:
    """Raise Refused with each of these fields that is locked."""
    locks = {name: fields.get(name) for name in names}
    if reasons := [Reason("locked", lock.why, field=name) for name, lock in locks.items() if lock]:
        raise Refused(reasons)


def lock_form(form: Form, fields: Fields) -> None:
    """Draw what is locked as such, with the reason beside it, and take nothing for it."""
    for name, lock in fields.items():
        if lock and name in form.fields:
            form.fields[name].disabled = True
            form.fields[name].help_text = str(lock.why)


class FieldNowSerializer(serializers.Serializer[Any]):
    """One field, for you, now."""

    editable = serializers.BooleanField()
    why = serializers.CharField(help_text="Why not; empty where you may change it.")
    until = serializers.DateTimeField(allow_null=True, help_text="Until when it is locked, where that is known.")


class EditableSerializer(serializers.Serializer[Any]):
    """Which fields you may change now."""

    editable = serializers.DictField(child=FieldNowSerializer(), help_text="By field.")


def fields_json(fields: Fields) -> dict[str, Any]:
    return {
        name: {
            "editable": lock is None,
            "why": str(lock.why) if lock else "",
            "until": lock.until.astimezone(UTC).isoformat().replace("+00:00", "Z") if lock and lock.until else None,
        }
        for name, lock in fields.items()
    }


class TellsEditable(PortalViewSet):
    """For the viewset of a record: where one record is read, the answer says which of its fields may be changed now."""

    def fields_now(self) -> Fields:
        """The fields of the record that the address names."""
        raise NotImplementedError

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        if getattr(self, "action", "") == "retrieve" and response.status_code == 200:
            response.data["editable"] = fields_json(self.fields_now())
        return super().finalize_response(request, response, *args, **kwargs)
