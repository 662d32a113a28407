"""The API's own description: OpenAPI 3.1, complete with every answer that an operation can give."""

import json
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import override
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from partnerhub.web.addresses import portal_address
from partnerhub.web.api import OnlyJson
from partnerhub.web.bodies import Body
from partnerhub.web.preflight import PARAMETER, VALIDATE_ONLY, WRITES
from partnerhub.web.problems import CONTENT_TYPE
from partnerhub.web.requests import asked_of
from partnerhub.web.views import DESCRIPTION

SCHEMA_SERVER = "https://server.invalid"
METHODS = ("get", "post", "put", "patch", "delete")
HEADER: Final = "header"

IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": r'^(\*|"[0-9]{1,9}")$'},
    HEADER,
    required=True,
    description='The ETag of the record as you read it, with its quotes: `"7"`; `*` for whatever it is now.',
)
IF_READ = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": r'^(\*|"[0-9]{1,9}")$'},
    HEADER,
    description="The ETag that you read. Sent, the record stays (412) if somebody changed it meanwhile.",
)
ETAG = OpenApiParameter("ETag", str, HEADER, response=[200, 201], description="The version, for `If-Match`.")
LOCATION = OpenApiParameter("Location", str, HEADER, response=[201], description="The address of the new record.")
_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    HEADER,
    description="A text of your own, new for each act. Sent again within 24 hours with the same body, the act is done"
    " once and the first answer is given again, marked `Idempotency-Replayed: true`. Another body is refused (422).",
)
_VALIDATE = OpenApiParameter(
    PARAMETER,
    str,
    enum=[VALIDATE_ONLY],
    description="Only ask whether this would be taken: every check runs and answers as always, nothing is written,"
    " nobody is told, and no `Idempotency-Key` is used up. 204: it would be taken as it is now.",
)
_RETRY_AFTER = OpenApiParameter("Retry-After", int, HEADER, response=[429], description="Seconds to wait.")


class NamedSerializer(serializers.Serializer[Any]):
    """Somebody, or an organisation, by id and name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class CauseSerializer(serializers.Serializer[Any]):
    """One thing that stands in the way."""

    code = serializers.CharField(help_text="For machines; stable.")
    pointer = serializers.CharField(help_text="The place in the body, as a JSON Pointer; `#` for the whole of it.")
    parameter = serializers.CharField(help_text="The parameter of the address that it is about; empty: none.")
    detail = serializers.CharField(help_text="A sentence for people.")
    cure = serializers.CharField(help_text="What to do about it, or who can mend it.")


class ProblemSerializer(serializers.Serializer[Any]):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text="A URN that names the kind of problem, or `about:blank`.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence for people.")
    instance = serializers.CharField(required=False, help_text="The address that was asked.")
    causes = CauseSerializer(many=True, help_text="Each thing that stands in the way, at most 50, with its cure.")


class ReasonSerializer(serializers.Serializer[Any]):
    """One condition of a step."""

    code = serializers.CharField(help_text="For machines; stable.")
    text = serializers.CharField(help_text="For people.")
    ok = serializers.BooleanField(help_text="Whether it is met.")
    who = serializers.CharField(help_text="Who can mend it; may be empty.")


class NotPermittedProblemSerializer(ProblemSerializer):
    """The member's roles, or the token's scopes, do not include this."""

    permission = serializers.CharField(required=False, help_text="The missing permission.")
    roles = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="The roles on your side that carry it."
    )
    scope = serializers.CharField(
        required=False, help_text="Where it is the token that lacks it: the scope to make another token with."
    )


class RefusedProblemSerializer(ProblemSerializer):
    """The rules do not allow this now. Nothing was changed."""

    reasons = ReasonSerializer(many=True, required=False)
    allowed = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="The steps that you may take now instead."
    )


class _DifferenceSerializer(serializers.Serializer[Any]):
    seen = serializers.JSONField()
    now = serializers.JSONField()

    class Meta:
        ref_name = "Difference"


class StaleProblemSerializer(ProblemSerializer):
    """The record has changed since you read it. Nothing was changed by you."""

    current = serializers.DictField(required=False, help_text="The record as it is now.")
    difference = serializers.DictField(
        child=_DifferenceSerializer(), required=False, help_text="What changed, by field."
    )
    changed_by = serializers.CharField(
        required=False, help_text="Who changed it last, by name; empty where you may not know."
    )


class InvalidProblemSerializer(ProblemSerializer):
    """What was sent is not valid."""

    errors = serializers.DictField(required=False, help_text="By field: a list of sentences.")  # type: ignore[assignment]  # Serializer's own attribute


PROBLEMS: dict[int, tuple[type[ProblemSerializer], str]] = {
    400: (ProblemSerializer, "The address, the body or a header cannot be read."),
    401: (ProblemSerializer, "Nobody is signed in, or the token is not valid."),
    403: (NotPermittedProblemSerializer, "Your roles, or the token's scopes, do not include this."),
    404: (ProblemSerializer, "There is nothing here that you may see."),
    409: (RefusedProblemSerializer, "The rules do not allow this now."),
    412: (StaleProblemSerializer, "The record has changed since you read it."),
    413: (ProblemSerializer, "The body is too large."),
    415: (ProblemSerializer, "The body is of a type that is not taken here."),
    422: (InvalidProblemSerializer, "Some fields need attention."),
    428: (ProblemSerializer, "`If-Match` is missing."),
    429: (ProblemSerializer, "Too many requests. Wait as long as `Retry-After` says."),
}


class SeatScheme(OpenApiAuthenticationExtension):
    """Either a token, or a browser's session."""

    target_class = "partnerhub.accounts.authentication.SeatAuthentication"
    name = ["token", "session"]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[Any]]]:
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        return [
            {
                "type": "http",
                "scheme": "bearer",
                "description": "A token, made under *Settings*, acts for one member within its scopes.",
            },
            {
                "type": "apiKey",
                "in": "cookie",
                "name": settings.SESSION_COOKIE_NAME,
                "description": "The session of the portal's pages. Changes need the header `X-CSRFToken` as well.",
            },
        ]


class PortalSchema(AutoSchema):
    """Describes what the base of the API does to every operation: keys, versions, limits and errors."""

    def get_override_parameters(self) -> list[Any]:
        keys = [_IDEMPOTENCY_KEY] if self.method == "POST" else []
        return [*keys, *([_VALIDATE] if self.method in WRITES else []), _RETRY_AFTER]

    def _is_list_view(self, serializer: Any = None) -> bool:
        return isinstance(serializer, serializers.ListSerializer)

    def _postprocess_serializer_schema(self, schema: Any, serializer: Any, direction: Any) -> Any:
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)  # type: ignore[no-untyped-call]  # not typed there
        if isinstance(serializer, Body):
            schema["additionalProperties"] = False
        return schema

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        answers = super()._get_response_bodies(direction)
        if self.method in WRITES:
            taken: Any = OpenApiResponse(None, "It would be taken (`validate=only`).")
            answers.setdefault("204", self._get_response_for_code(taken, "204"))  # type: ignore[no-untyped-call]  # not typed there
        for code in sorted(self._problems()):
            shape, words = PROBLEMS[code]
            described: Any = OpenApiResponse(shape, words)
            answers.setdefault(str(code), self._get_response_for_code(described, str(code), [CONTENT_TYPE], direction))  # type: ignore[no-untyped-call]  # not typed there
        return answers

    def _problems(self) -> set[int]:
        codes = {400, 401, 403, 404, 429}
        named = {parameter.name for parameter in self.get_override_parameters()}
        if self.method in {"POST", "PATCH", "PUT"}:
            codes |= {409, 413, 415, 422}
        if self.method == "DELETE":
            codes |= {409}
        if IF_MATCH.name in named:
            codes |= {412, 428}
        if any(parameter["in"] == "query" for parameter in self._get_parameters()):
            codes |= {422}
        return codes


@cache
def api_schema() -> dict[str, Any]:
    """The schema, made once per process, in English."""
    with override("en"):
        schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    paths = {path: {way: found[way] for way in METHODS if way in found} for path, found in schema["paths"].items()}
    return schema | {"servers": [{"url": SCHEMA_SERVER, "description": "This portal"}], "paths": paths}


@cache
def schema_text(kind: str) -> str:
    """The schema as `json` or `yaml`, with SERVER where the portal's own address belongs."""
    if kind == "json":
        return json.dumps(api_schema(), ensure_ascii=False, separators=(",", ":"))
    text: bytes = OpenApiYamlRenderer().render(api_schema(), renderer_context={})
    return text.decode()


class AboutTheApi(APIView):
    """For every member, and not in the schema itself."""

    permission = DESCRIPTION
    schema = None
    content_negotiation_class = OnlyJson

    @classmethod
    def permission_for(cls, method: str, action: str | None) -> str:
        return cls.permission


class SchemaView(AboutTheApi):
    """The schema as YAML, or as JSON where that is asked for (`?format=json`, or by Accept)."""

    def get(self, request: Request) -> HttpResponse:
        wanted = request.query_params.get("format") or request.headers.get("Accept", "")
        kind = "json" if "json" in wanted else "yaml"
        text = schema_text(kind).replace(SCHEMA_SERVER, portal_address(asked_of(request).tenant))
        return HttpResponse(text, content_type=f"application/{kind}; charset=utf-8")


class RootView(AboutTheApi):
    """Where the API begins: the addresses of its description, for people and for programs."""

    def get(self, request: Request) -> Response:
        portal = portal_address(asked_of(request).tenant)
        return Response({"docs": f"{portal}/api/docs/", "schema": f"{portal}/api/schema/"})
