"""Exports over the API: asked for, how far they are, the file."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.exports.models import ExportJob
from partnerhub.exports.services import EXPORTS, ask_export
from partnerhub.exports.states import Format
from partnerhub.exports.tables import ExportList
from partnerhub.exports.views import export_response
from partnerhub.records.api import Resource
from partnerhub.roles import OWN_MANAGE
from partnerhub.web.bodies import Body, Text
from partnerhub.web.lists.api import check_query
from partnerhub.web.lists.declaring import LISTS, ListOf
from partnerhub.web.lists.pages import FILE_TYPES
from partnerhub.web.schema import ETAG, LOCATION
from partnerhub.web.shapes import shape_of

ExportSerializer = shape_of(
    *(ExportJob, "format", "file_name", "total", "done", "size", "reason", "expires_at"),
    about="A list as a file: how many of its rows are written, and until when it can be downloaded.",
    list=serializers.CharField(source="list_name"),
)


class AskExportBody(Body):
    """Which list, and what of it: the parameters of its address here."""

    list = Text(max_length=40, help_text="`leads`: as the list's addresses in the portal name it.")
    format = serializers.ChoiceField(choices=Format.choices, required=False, default=Format.CSV)
    query = Text(
        max_length=4000, required=False, allow_blank=True, default="", help_text="As `status=new&sort=-updated`."
    )


class ExportsAPI(SeatViewSet, Resource):
    """One's own exports."""

    records, list_class, serializer = EXPORTS, ExportList, ExportSerializer
    id_name, tag, one = "export_id", "Exports", "an export"
    acts = {"create": OWN_MANAGE}

    @extend_schema(
        operation_id="exports_create",
        summary="Ask for an export",
        tags=["Exports"],
        parameters=[ETAG, LOCATION],
        request=AskExportBody,
        responses={201: ExportSerializer},
    )
    def create(self, request: Request) -> Response:
        """The file is written apart: read the export until it is ready, then download it. A mail tells it, too."""
        sent = AskExportBody.read(request.data)
        job = ask_export(self._asked_list(sent), format=sent["format"], by=self.membership)
        response = self.answer(job, 201)
        response["Location"] = reverse("api-export", args=[job.pk])
        return response

    def _asked_list(self, sent: dict[str, Any]) -> ListOf:
        """Raises ValidationError as the list itself would, NotPermitted."""
        try:
            found = LISTS[sent["list"]]
        except KeyError:
            raise ValidationError({"list": [_("Choose from the list.")]}) from None
        if not self.membership.can(found.permission):
            raise NotPermitted(found.permission)
        listing = found(QueryDict(sent["query"]), self.membership)
        try:
            check_query(listing, ())
        except ValidationError as error:
            raise ValidationError({"query": [f"{name}: {text}" for name, text in _texts(error)]}) from None
        return listing

    @extend_schema(
        operation_id="exports_file",
        summary="Download an export",
        tags=["Exports"],
        responses={(200, kind): OpenApiTypes.BINARY for kind in FILE_TYPES},
    )
    def file(self, request: Request, export_id: UUID) -> HttpResponseBase:
        """The file, as long as it has not expired. 409 where there is none."""
        job = self.subject
        if not job.is_offered(now()):
            text = _("There is no file to download: it is not written yet, or it has expired.")
            raise Refused(Reason("no-file", text))
        return export_response(job, self.membership)


def _texts(error: ValidationError) -> list[tuple[str, str]]:
    detail = cast("dict[str, list[str]]", error.detail)
    return [(name, str(text)) for name, texts in detail.items() for text in texts]
