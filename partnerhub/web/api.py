"""The base of the API: the same permissions as the pages, errors as problems, versions as ETags."""

import re
from typing import Any, ClassVar, NoReturn

from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import viewsets
from rest_framework.exceptions import APIException, ErrorDetail, MethodNotAllowed, UnsupportedMediaType
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.actors import Seat
from partnerhub.web.parsing import StrictJSONParser
from partnerhub.web.preflight import check_preflight, is_preflight
from partnerhub.web.requests import ApiRequest, asked_of
from partnerhub.web.seen import NO_VERSION, version_in
from partnerhub.web.throttles import RateThrottle
from partnerhub.web.views import ANY_MEMBER

ENTITY_TAG = re.compile(r'(?:W/)?"([^"]*)"')


class PreconditionRequired(APIException):
    """The change has to name the version it is based on (RFC 6585)."""

    status_code = 428
    default_detail = gettext_lazy("Send If-Match with the ETag you read.")
    default_code = "precondition-required"


def form_errors(form: Form) -> dict[str, list[ErrorDetail]]:
    """What is wrong in a page's form, by field, each with its code."""
    return {
        name: [ErrorDetail(text, error.code or "invalid") for error in found for text in error.messages]
        for name, found in form.errors.as_data().items()
    }


class OnlyJson(BaseContentNegotiation):
    """Answers are JSON, whatever is asked for (RFC 9110, 12.4.1 leaves it to the server): an error is never a 406."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        wanted = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == wanted), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class PortalViewSet(viewsets.GenericViewSet[Any]):
    """A resource of the API. `permission` is one word, or one word per action.

    `tells_each`: the actions on many records, whose answer says what becomes of each.
    """

    permission: ClassVar[str | dict[str, str]]
    tells_each: ClassVar[frozenset[str]] = frozenset()
    lookup_value_regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    parser_classes = [StrictJSONParser]
    content_negotiation_class = OnlyJson
    throttle_classes = [RateThrottle]
    metadata_class = None
    http_method_names = ["get", "post", "put", "patch", "delete", "head"]

    @classmethod
    def permission_for(cls, method: str, action: str | None) -> str:
        if isinstance(cls.permission, str):
            return cls.permission
        return cls.permission.get(action or "", ANY_MEMBER)

    request: ApiRequest

    @property
    def membership(self) -> Seat:
        return self.request.membership

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """With `?validate=only` the act is taken back before anybody sees it; what refuses it is told all the same."""
        if not is_preflight(request):
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            transaction.set_rollback(True)
        if response.status_code >= 400 or self.action in self.tells_each:
            return response
        return self.finalize_response(self.request, Response(status=204), *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """What is not there comes first, then who may: so it reads the same for everybody."""
        if asked_of(request).tenant is None:
            raise Http404
        super().initial(request, *args, **kwargs)
        check_preflight(asked_of(request))
        if request.method in {"POST", "PATCH"}:
            self._check_body_type(request)

    def _check_body_type(self, request: Request) -> None:
        """Refuse a body of another type at once: where a form's fields were read already, DRF takes it for empty."""
        has_body = request.META.get("CONTENT_LENGTH") not in {None, "", "0"}
        negotiator = request.negotiator
        if has_body and negotiator and negotiator.select_parser(request, request.parsers or ()) is None:
            raise UnsupportedMediaType(request.content_type)

    def http_method_not_allowed(  # type: ignore[override]  # DRF's own narrows Django's too
        self, request: Request, *args: Any, **kwargs: Any
    ) -> NoReturn:
        raise MethodNotAllowed(request.method or "", _("This address does not take that method."))

    def seen_version(self) -> int | None:
        """The version in If-Match; None for `*`: whatever is there now (RFC 9110, 13.1.1).

        Of several the newest counts: none of the others can be current where that one is not. Raises
        PreconditionRequired where none is named; an unknown one is never current.
        """
        header = self.request.headers.get("If-Match", "").strip()
        if not header:
            raise PreconditionRequired
        if header == "*":
            return None
        texts = ENTITY_TAG.findall(header) or [header]
        return max(map(version_in, texts), default=NO_VERSION)

    def version_if_sent(self) -> int | None:
        """`seen_version` where If-Match is sent; None without it: for acts that do not insist on it."""
        return self.seen_version() if "If-Match" in self.request.headers else None

    def with_etag(self, response: Response, version: int) -> Response:
        response["ETag"] = f'"{version}"'
        return response
