"""External ids and metadata over the API: on every record, and all of one's own as a list to follow."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy, ngettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import NotPermitted
from partnerhub.partners.external import (
    EXTERNAL_KINDS,
    ID_LENGTH,
    MOST_METADATA_BYTES,
    MOST_METADATA_DEPTH,
    MOST_METADATA_KEYS,
    external_of,
    externals_for,
    note_external,
)
from partnerhub.partners.models import External
from partnerhub.roles import EXTERNAL_MANAGE
from partnerhub.web.bodies import Body
from partnerhub.web.bodies import Text as TextBody
from partnerhub.web.editing import EditableSerializer, TellsEditable
from partnerhub.web.lists import Blank, Column, ListFilter, ListOf
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.lists.cells import Ago, Text
from partnerhub.web.lists.filters import SearchFilter, WordFilter

ID_WORDS = "What your own systems call the record: one of a kind has it. The other side has its own, unseen by you."
BOUNDS = f"At most {MOST_METADATA_KEYS} keys, {MOST_METADATA_DEPTH} levels and {MOST_METADATA_BYTES:,} bytes of JSON."


class Metadata(serializers.DictField):
    """A JSON object. How much of it is kept is the verb's matter."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            self.fail("not_a_dict", input_type=type(data).__name__)
        return dict(data)


class ExternalBody(Body):
    """What is not sent stays."""

    external_id = TextBody(max_length=ID_LENGTH, required=False, allow_null=True, allow_blank=True, help_text=ID_WORDS)
    metadata = Metadata(required=False, help_text=f"Keys are added and replaced; null takes one away. {BOUNDS}")


class ExternalSerializer(serializers.Serializer[Any]):
    """What your organisation's own systems know of a record."""

    external_id = serializers.CharField(allow_null=True, help_text=ID_WORDS)
    metadata = serializers.DictField(help_text=f"Your own notes for programs. {BOUNDS}")


class NotedSerializer(ExternalSerializer):
    """What your organisation's own systems know of one record."""

    kind = serializers.ChoiceField(choices=[(kind, kind) for kind in sorted(EXTERNAL_KINDS)])
    id = serializers.UUIDField(help_text="The record's.")
    updated_at = serializers.DateTimeField(help_text="When this was noted last.")


def external_json(row: External) -> dict[str, Any]:
    return {"external_id": row.external_id, "metadata": row.metadata}


def described_with_external(name: str, serializer: type[Any]) -> type[Any]:
    """The shape of a record where it is read alone: with what the own organisation has noted on it, and its locks."""
    return type(name, (serializer, EditableSerializer, ExternalSerializer), {"__doc__": serializer.__doc__})


class OfExternalSystems(TellsEditable):
    """For the viewset of a record: `PATCH …/external/`, and both fields where one record is read."""

    def external_subject(self) -> Any:
        """The record that the address names, as this member sees it. Raises Http404."""
        return self.get_object()

    @cached_property
    def subject(self) -> Any:
        """The same, looked up once in a request that only reads."""
        return self.external_subject()

    @classmethod
    def permission_for(cls, method: str, action: str | None) -> str:
        return EXTERNAL_MANAGE if action == "external" else super().permission_for(method, action)

    def answer_external(self) -> Response:
        """Who may see the record comes first, then what was sent; the verb decides the rest."""
        seeing = super().permission_for("GET", "retrieve" if hasattr(self, "retrieve") else "list")
        if not self.membership.can(seeing):
            raise NotPermitted(seeing)
        subject, sent = self.external_subject(), ExternalBody.read(self.request.data)
        return Response(external_json(note_external(subject, sent, by=self.membership)))

    def note_sent(self, subject: Model, sent: Mapping[str, Any]) -> None:
        """Note what came with a new record."""
        if noted := {name: sent[name] for name in ("external_id", "metadata") if name in sent}:
            note_external(subject, noted, by=self.membership)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        if getattr(self, "action", "") == "retrieve" and response.status_code == 200:
            response.data |= external_json(external_of(self.subject, self.membership))
        return super().finalize_response(request, response, *args, **kwargs)


def external_action(name: str, tag: str) -> Any:
    """The action at a record's address for external ids, as the schema tells of it."""

    def external(self: OfExternalSystems, request: Request, **_keys: UUID) -> Response:
        """The id and the metadata of your own systems. Version, date and timeline of the record stay as they are."""
        return self.answer_external()

    return extend_schema(
        operation_id=f"{name}_external",
        summary="Note your own id and metadata",
        tags=[tag],
        request=ExternalBody,
        responses=ExternalSerializer,
    )(external)


class ExternalFilter(ListFilter):
    external_id = SearchFilter("external_id", longest=ID_LENGTH, help_text="The whole id.")
    kind = WordFilter(
        "kind", choices=[(kind, kind) for kind in sorted(EXTERNAL_KINDS)], drawn=False, help_text="A kind of record."
    )


class ExternalList(ListOf):
    """All ids and metadata that your organisation has noted, the newest first unless sorted otherwise."""

    name, title, section = "external", gettext_lazy("External ids"), ""
    counted = ngettext_lazy("%(number)s external id", "%(number)s external ids", "count")
    permission = EXTERNAL_MANAGE
    filter_class = ExternalFilter
    default_order = "-updated"
    columns = (
        Column("kind", gettext_lazy("Kind"), always=True, cell=Text("kind")),
        Column("record", gettext_lazy("Record"), cell=Text("record_id")),
        Column("external_id", gettext_lazy("External id"), cell=Text("external_id")),
        Column("updated", gettext_lazy("Updated"), "updated_at", cell=Ago("updated_at")),
    )
    nothing_found = nothing_yet = Blank("search", gettext_lazy("External ids"), "")

    def rows(self) -> QuerySet[Any]:
        return externals_for(self.membership)


@serves(ExternalList, NotedSerializer, tag="External systems")
class ExternalViewSet(ListAPI):
    permission = EXTERNAL_MANAGE

    def row_json(self, row: External) -> dict[str, Any]:
        noted = {"kind": row.kind, "id": row.record_id, "updated_at": row.updated_at} | external_json(row)
        return dict(NotedSerializer(noted).data)
