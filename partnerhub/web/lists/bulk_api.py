"""Bulk acts over the API, of every list that declares some: which rows, the answers of the act's form, and the run."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from uuid_utils.compat import uuid7

from partnerhub.errors import Reason, Refused, Stale
from partnerhub.web.api import PortalViewSet
from partnerhub.web.bodies import Body, Id, Number, Text, Tick, Word
from partnerhub.web.formats import number_text
from partnerhub.web.lists.api import check_query
from partnerhub.web.lists.bulk import LARGEST, MOST, BulkAct
from partnerhub.web.lists.bulk_pages import versions_of
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.running import Meant, Rows, runs
from partnerhub.web.preflight import is_preflight
from partnerhub.web.problems import problem
from partnerhub.web.schema import ProblemSerializer

MOST_SENT = 1000
"""So many rows by their ids; more of them by a filter."""
MOST_VALUES = 100
RUN_LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[200, 202], description="The address of the run."
)


class IdsBody(Body):
    """Which records."""

    ids = serializers.ListField(child=Id(), min_length=1, max_length=MOST)

    def validate_ids(self, ids: list[UUID]) -> list[UUID]:
        if len(set(ids)) < len(ids):
            raise serializers.ValidationError(_("A record stands in the list twice."))
        return ids


class BulkResultSerializer(serializers.Serializer[Any]):
    """What became of one record: its new version, where it has versions, or the problem."""

    id = serializers.UUIDField()
    ok = serializers.BooleanField()
    version = serializers.IntegerField(required=False)
    problem = ProblemSerializer(required=False)


class BulkResultsSerializer(serializers.Serializer[Any]):
    """One result for each record, in the order they were sent."""

    results = BulkResultSerializer(many=True)


def result_json(key: UUID, result: Any) -> dict[str, Any]:
    """What became of one record of a bulk act."""
    match result:
        case Stale():
            failed = problem(412, str(result), kind="stale")
        case Refused():
            failed = problem(409, " ".join(str(reason.text) for reason in result.reasons), kind="refused")
        case _:
            version = getattr(result, "version", None)
            return {"id": str(key), "ok": True} | ({"version": version} if version else {})
    return {"id": str(key), "ok": False, "problem": failed}


class BulkRunSerializer(serializers.Serializer[Any]):
    """A bulk act under way, or over. `results` has the first rows of which something has become; `more` the others."""

    id = serializers.UUIDField()
    list = serializers.CharField()
    act = serializers.CharField()
    undoes = serializers.UUIDField(allow_null=True, help_text="The run whose rows this one takes back.")
    state = serializers.CharField(help_text="`asked`, `waiting`, `running`, `done`, `stopped`, or `ended` early.")
    reason = serializers.CharField(help_text="Why it ended early; may be empty.")
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    failed = serializers.IntegerField()
    left = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    results = BulkResultSerializer(many=True)
    more = serializers.URLField(allow_null=True)


class SeenRowBody(Body):
    """A record, and the version of it that was seen."""

    id = Id()
    version = Number(required=False, min_value=1, help_text="Without it, whatever version is current.")


@extend_schema_field(OpenApiTypes.OBJECT)
class FilterField(serializers.Field[Any, Any, Any, Any]):
    """The parameters of the list, as its address takes them: each a text, or a list of texts."""

    def to_internal_value(self, data: Any) -> QueryDict:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError(_("Send a JSON object."))
        query = QueryDict(mutable=True)
        for name, value in data.items():
            values = value if isinstance(value, list) else [value]
            if len(values) > MOST_VALUES or not all(isinstance(one, str) for one in values):
                raise serializers.ValidationError(_("Send a text for each parameter, or a list of at most 100 texts."))
            query.setlist(name, values)
        return query

    def to_representation(self, value: Any) -> Any:
        return value


class BulkBody(Body):
    """Which records: these, or all that the filter leaves (`{}`: the whole list). One of the two."""

    rows = serializers.ListField(child=SeenRowBody(), required=False, min_length=1, max_length=MOST_SENT)
    filter = FilterField(required=False, help_text="The list's parameters, as its address takes them.")

    def validate_rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({row["id"] for row in rows}) < len(rows):
            raise serializers.ValidationError(_("A record stands in the list twice."))
        return rows

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if ("rows" in sent) == ("filter" in sent):
            raise serializers.ValidationError({"rows": [_("Send either rows or a filter.")]})
        return sent


class BulkAPI(PortalViewSet):
    """One bulk act of one list: made of its declaration."""

    list_class: ClassVar[type[ListOf]]
    act: ClassVar[BulkAct]
    body: ClassVar[type[BulkBody]]
    tells_each = frozenset({"create"})

    def create(self, request: Request) -> Response:
        sent = self.body.read(request.data)
        form = self.act.form(answers_in(sent, self.act), **self.act.form_arguments())
        if not form.is_valid():
            raise ValidationError({name: [str(text) for text in texts] for name, texts in form.errors.items()})
        rows = self.rows(sent)
        asked = Meant(self.list_class, self.act, rows)
        if len(rows) <= MOST:
            run = runs().do(asked, form, key=uuid7(), by=self.membership)
        else:
            run = runs().start(runs().freeze(asked, key=uuid7(), by=self.membership), form, by=self.membership)
            if is_preflight(request._request):
                return Response(status=204)
        response = Response(runs().told(run.id, by=self.membership), status=200 if run.is_over else 202)
        response["Location"] = run.api_url
        return response

    def rows(self, sent: dict[str, Any]) -> Rows:
        """Which rows are meant, in which versions. Raises ValidationError and Refused."""
        if "rows" in sent:
            return [(row["id"], row.get("version")) for row in sent["rows"]]
        listing = self.list_class(sent["filter"], self.membership)
        check_query(listing, ())
        found = versions_of(listing.all().order_by(*listing.walk.fields))
        if not found:
            raise Refused(Reason("nothing", _("Nothing matches.")))
        if len(found) > LARGEST:
            text = _("At most %(most)s rows are changed at once. Narrow the list, and do it in parts.")
            raise Refused(Reason("too-many", text % {"most": number_text(LARGEST)}))
        return [*found.items()]


def bulk_api_paths(route: str, list_class: type[ListOf], *, tag: str, name: str = "") -> list[URLPattern]:
    """The API's addresses of a list's bulk acts. `name`: of the operations, where it is not the list's."""
    return [
        path(
            f"{route}bulk/{act.name}/",
            _api_of(list_class, act, tag=tag, name=name or list_class.name).as_view({"post": "create"}),
            name=f"api-{name or list_class.name}-bulk-{act.name}",
        )
        for act in list_class.bulk
    ]


def _api_of(list_class: type[ListOf], act: BulkAct, *, tag: str, name: str) -> type[BulkAPI]:
    body = body_of_act(list_class, act)
    view: Any = type(
        f"{list_class.__name__}{act.name.title().replace('-', '')}API",
        (BulkAPI,),
        {"list_class": list_class, "act": act, "body": body, "permission": {"create": act.permission}},
    )

    def create(self: Any, request: Request) -> Response:
        return BulkAPI.create(self, request)

    create.__doc__ = (
        f"{_plain(act.text)} Up to {MOST} records are done at once, with a result for each (200). More of them, at most"
        f" {LARGEST}, are done by a worker (202): read the run until its `state` says that it is over. A record that"
        " somebody has changed since the version you name stays as it is."
    )
    view.create = extend_schema(
        operation_id=f"{name}_bulk_{act.name.replace('-', '_')}",
        summary=f"{_plain(act.label)}: many {list_class.name.replace('-', ' ')}",
        tags=[tag],
        parameters=[RUN_LOCATION],
        request=body,
        responses={200: BulkRunSerializer, 202: BulkRunSerializer},
    )(create)
    made: type[BulkAPI] = view
    return made


def body_of_act(list_class: type[ListOf], act: BulkAct) -> type[BulkBody]:
    """The body: which rows, and the answers that the act's form asks for."""
    answers = {name: answer_field(field) for name, field in act.form.base_fields.items()}
    words = f"Which {list_class.name.replace('-', ' ')}, and how."
    return type(
        f"{list_class.__name__}{act.name.title().replace('-', '')}Body", (BulkBody,), answers | {"__doc__": words}
    )


def answer_field(field: forms.Field) -> serializers.Field[Any, Any, Any, Any]:
    """The JSON of a form's field: what it takes is checked by the form."""
    said: dict[str, Any] = {"required": field.required, "help_text": _plain(field.help_text or field.label or "")}
    match field:
        case forms.MultipleChoiceField():
            return serializers.ListField(child=Text(max_length=100), max_length=MOST_VALUES, **said)
        case forms.ChoiceField():
            words = [value for value, _label in cast("Iterable[tuple[str, Any]]", field.choices) if value]
            return Word(choices=words, **said) if words else Text(max_length=100, **said)
        case forms.BooleanField():
            return Tick(**said)
    return Text(max_length=getattr(field, "max_length", None) or 2000, **said)


def answers_in(sent: Mapping[str, Any], act: BulkAct) -> QueryDict:
    """What was sent for the act's form, as a browser would send it."""
    data = QueryDict(mutable=True)
    for name in act.form.base_fields.keys() & sent.keys():
        value = sent[name]
        match value:
            case list():
                data.setlist(name, [str(one) for one in value])
            case bool():
                data.setlist(name, ["on"] if value else [])
            case _:
                data.setlist(name, [str(value)])
    return data


def _plain(words: Any) -> str:
    """Words as the description has them, in English."""
    with override("en"):
        return str(words)
