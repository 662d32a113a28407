"""Imports over the API: a file is mapped, checked, imported, undone; its rows, and those refused as a file."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.bulk.api import FROM_PARAMETER
from partnerhub.bulk.views import is_number
from partnerhub.imports.importers import Importer, importer_for
from partnerhub.imports.models import ImportJob
from partnerhub.imports.selectors import RowTold, importer_of, rows_told
from partnerhub.imports.services import IMPORTS, upload_import
from partnerhub.imports.services.records import IMPORT_COUNTS
from partnerhub.imports.services.telling import told_by
from partnerhub.imports.states import RowBecame
from partnerhub.imports.tables import ImportList
from partnerhub.imports.views import errors_response
from partnerhub.records.api import Resource
from partnerhub.roles import OWN_MANAGE
from partnerhub.web.addresses import below_portal, portal_address
from partnerhub.web.bodies import Body, Text
from partnerhub.web.parsing import FormParser, StrictJSONParser
from partnerhub.web.schema import ETAG, LOCATION
from partnerhub.web.shapes import shape_of

ONLY_BAD = OpenApiParameter("only", str, enum=["bad"], description="Only the rows that are refused.")


class ImportFieldSerializer(serializers.Serializer[Any]):
    """A field that a column can go to."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of the JSON field, not of DRF's attribute
    needed = serializers.BooleanField(help_text="A row without it is refused, unless `same` says it.")


ImportSerializer = shape_of(
    *(ImportJob, "importer", "file_name", *IMPORT_COUNTS, "reason"),
    about="A file, how its columns are mapped, and how many of its rows are checked, imported, refused, taken back.",
    headings=serializers.ListField(child=serializers.CharField()),
    mapping=serializers.DictField(child=serializers.CharField(), help_text="Number of a column, from 0, to a field."),
)


class ImportWithFieldsSerializer(ImportSerializer):  # type: ignore[misc, valid-type]  # a class that is made
    """The same with the fields that its columns can go to."""

    fields_to_fill = ImportFieldSerializer(many=True)


class ImportRowSerializer(serializers.Serializer[Any]):
    """A row of the file, and what became of it or would."""

    row = serializers.IntegerField(help_text="Its number in the file; the headings are 1.")
    became = serializers.ChoiceField(choices=RowBecame.choices)
    reasons = serializers.ListField(child=serializers.CharField())
    id = serializers.UUIDField(allow_null=True, help_text="Of what it made.")


class ImportRowsSerializer(serializers.Serializer[Any]):
    """Some rows, in the order of the file. There are no more once `next` is null."""

    results = ImportRowSerializer(many=True)
    next = serializers.URLField(allow_null=True)


class UploadImportBody(Body):
    """The file, as a form (`multipart/form-data`). What an importer has to know before, is said in `chosen`: the
    program, and on the vendor's side where the leads go (`way`)."""

    importer = Text(max_length=40, help_text="`leads`.")
    chosen = Text(max_length=1000, required=False, default="{}", help_text='A JSON object, as `{"program": "pos"}`.')
    file = serializers.FileField(allow_empty_file=True, max_length=None)


class CheckImportBody(Body):
    """Which column goes to which field, and what holds for every row that does not say it."""

    mapping = serializers.DictField(child=Text(max_length=60))
    same = serializers.DictField(child=Text(max_length=1000, allow_blank=True), required=False, default=dict)


class ImportsAPI(SeatViewSet, Resource):
    """One's own imports."""

    records, list_class, serializer = IMPORTS, ImportList, ImportSerializer
    read_as = ImportWithFieldsSerializer
    id_name, tag, one = "job_id", "Imports", "an import"
    acts = {"create": OWN_MANAGE}
    bodies = {"check": CheckImportBody}
    parser_classes = [StrictJSONParser, FormParser]

    def json(self, record: ImportJob) -> dict[str, Any]:
        told = told_by(importer_of(record), record, with_same=False)
        fields = importer_of(record).fields(told)
        shown = [{"name": one.name, "label": str(one.label), "needed": one.needed} for one in fields]
        return self.row_json(record) | {"fields_to_fill": shown}

    def row_json(self, row: ImportJob) -> dict[str, Any]:
        return dict(ImportSerializer(row).data)

    @extend_schema(
        operation_id="imports_create",
        summary="Upload a file to import",
        tags=["Imports"],
        parameters=[ETAG, LOCATION],
        request=UploadImportBody,
        responses={201: ImportWithFieldsSerializer},
    )
    def create(self, request: Request) -> Response:
        """CSV or XLSX. Its columns are mapped by their headings; nothing is written before `start`."""
        sent = UploadImportBody.read(request.data)
        importer = self._importer(sent["importer"])
        chosen = importer.choose_form(_object(sent["chosen"]))
        job = upload_import(importer, file=sent["file"], chosen=chosen, by=self.membership)
        response = self.answer(job, 201)
        response["Location"] = reverse("api-import", args=[job.pk])
        return response

    def _importer(self, name: str) -> Importer:
        try:
            return importer_for(name, self.membership)
        except KeyError:
            raise ValidationError({"importer": [_("Choose from the list.")]}) from None

    @extend_schema(
        operation_id="imports_rows",
        summary="Read the rows of an import",
        tags=["Imports"],
        parameters=[FROM_PARAMETER, ONLY_BAD],
        responses=ImportRowsSerializer,
    )
    def rows(self, request: Request, job_id: UUID) -> Response:
        """The verdict of each row once it is checked, and what became of it once it is imported or undone."""
        job, query = self.subject, request.query_params
        since, only = query.get("from", "0"), query.get("only", "bad")
        wrong = {name: [_("There is no such parameter.")] for name in query if name not in {"from", "only"}}
        if not is_number(since):
            wrong["from"] = [_("Take it from the link to the next page.")]
        if only != "bad":
            wrong["only"] = [_("Choose from the list.")]
        if wrong:
            raise ValidationError(wrong)
        told = rows_told(job, since=int(since), only_bad="only" in query)
        beside = "&only=bad" if "only" in query else ""
        further = f"{reverse('api-import-rows', args=[job.pk])}?from={told.further}{beside}" if told.further else None
        return Response(
            {
                "results": [_row_json(row) for row in told.rows],
                "next": further and f"{portal_address(self.request.tenant)}{below_portal(further)}",
            }
        )

    @extend_schema(
        operation_id="imports_errors",
        summary="Download the refused rows",
        tags=["Imports"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def errors(self, request: Request, job_id: UUID) -> HttpResponseBase:
        """As a file of the same kind and with the same columns, with the reasons in the last one."""
        return errors_response(self.subject, self.membership)


def _object(text: str) -> dict[str, str]:
    """The JSON object in a field of a form, with texts. Raises ValidationError."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ValidationError({"chosen": [_("Send a JSON object.")]})
    return found


def _row_json(row: RowTold) -> dict[str, Any]:
    return {"row": row.number, "became": row.became, "reasons": row.texts, "id": row.record_id or None}
