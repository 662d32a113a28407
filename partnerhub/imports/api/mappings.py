"""Saved mappings over the API: one's own, and those shared in one's organisation."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Stale
from partnerhub.imports.models import SavedMapping
from partnerhub.imports.reading import MOST_CELL, MOST_FILE_COLUMNS
from partnerhub.imports.selectors import keeps_mapping, saved_mappings_for
from partnerhub.imports.services import change_mapping, delete_mapping, save_mapping
from partnerhub.imports.tables import SavedMappingList
from partnerhub.records.serializers import moment
from partnerhub.web.bodies import Body, Text, Tick
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, IF_READ, LOCATION, NamedSerializer
from partnerhub.web.views import ANY_MEMBER


class SavedMappingBody(Body):
    """What a mapping is called, and who has it."""

    name = Text(max_length=60, required=False)
    is_shared = Tick(required=False, help_text="For everybody of your organisation who imports such rows.")


class NewMappingBody(SavedMappingBody):
    """Where columns go, under a name. Your own mapping of this name takes it over: sent twice it makes one."""

    importer = Text(max_length=40, help_text="`leads`.")
    name = Text(max_length=60)
    headings = serializers.ListField(
        child=Text(max_length=MOST_CELL, allow_blank=True), min_length=1, max_length=MOST_FILE_COLUMNS
    )
    mapping = serializers.DictField(
        child=Text(max_length=60), help_text="Number of a column, from 0, to a field. At least one."
    )


class SavedMappingSerializer(serializers.Serializer[Any]):
    """Where the columns of files with these headings go."""

    id = serializers.UUIDField()
    importer = serializers.CharField()
    name = serializers.CharField()
    headings = serializers.ListField(child=serializers.CharField())
    mapping = serializers.DictField(child=serializers.CharField(), help_text="Number of a column, from 0, to a field.")
    is_shared = serializers.BooleanField()
    may_change = serializers.BooleanField(help_text="Whether you may rename and delete it.")
    owner = NamedSerializer(allow_null=True, help_text="Null: the owner has left, and your organisation keeps it.")
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SavedMappingListSerializer(serializers.Serializer[Any]):
    """A page of saved mappings. The pages before and after are links; there is no count."""

    results = SavedMappingSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


@serves(SavedMappingList, SavedMappingSerializer, tag="Imports", page=SavedMappingListSerializer)
class SavedMappingsAPI(ListAPI, SeatViewSet):
    permission: ClassVar[str | dict[str, str]] = ANY_MEMBER

    def row_json(self, row: SavedMapping) -> dict[str, Any]:
        owner = {"id": str(row.membership_id), "name": row.membership.name} if row.membership.is_here else None
        return {
            "id": str(row.pk),
            **{name: getattr(row, name) for name in ("importer", "name", "headings", "mapping", "is_shared")},
            "may_change": keeps_mapping(row, self.membership),
            "owner": owner,
            "version": row.version,
            "created_at": moment(row.created_at),
            "updated_at": moment(row.updated_at),
        }

    @extend_schema(
        operation_id="import_mappings_create",
        summary="Save a mapping",
        tags=["Imports"],
        parameters=[ETAG, LOCATION],
        request=NewMappingBody,
        responses={201: SavedMappingSerializer},
    )
    def create(self, request: Request) -> Response:
        """The next file with these headings is mapped so by itself."""
        saved = save_mapping(by=self.membership, **NewMappingBody.read(request.data))
        response = self.answer(saved, 201)
        response["Location"] = reverse("api-import-mapping", args=[saved.pk])
        return response

    @extend_schema(
        operation_id="import_mappings_read",
        summary="Read a saved mapping",
        tags=["Imports"],
        parameters=[ETAG],
        responses=SavedMappingSerializer,
    )
    def retrieve(self, request: Request, mapping_id: UUID) -> Response:
        """Your own one, or one that is shared in your organisation."""
        return self.answer(self.find())

    @extend_schema(
        operation_id="import_mappings_change",
        summary="Rename or share a saved mapping",
        tags=["Imports"],
        parameters=[IF_MATCH, ETAG],
        request=SavedMappingBody,
        responses=SavedMappingSerializer,
    )
    def partial_update(self, request: Request, mapping_id: UUID) -> Response:
        """What is not sent stays. What it says of columns is changed by saving it anew under its name."""
        saved, seen = self.find(), self.seen_version()
        sent = SavedMappingBody.read(request.data)
        try:
            return self.answer(change_mapping(saved.pk, seen=seen, by=self.membership, **sent))
        except Stale as stale:
            raise Stale(self.row_json(stale.current), stale.difference) from None

    @extend_schema(
        operation_id="import_mappings_delete",
        summary="Delete a saved mapping",
        tags=["Imports"],
        parameters=[IF_READ],
        responses={204: None},
    )
    def destroy(self, request: Request, mapping_id: UUID) -> Response:
        """Imports that were mapped by it stay as they are."""
        saved, seen = self.find(), self.version_if_sent()
        try:
            delete_mapping(saved.pk, seen=seen, by=self.membership)
        except Stale as stale:
            raise Stale(self.row_json(stale.current)) from None
        return Response(status=204)

    def find(self) -> SavedMapping:
        found = saved_mappings_for(self.membership).filter(pk=self.kwargs["mapping_id"]).first()
        if found is None:
            raise Http404
        return found

    def answer(self, saved: SavedMapping, status: int = 200) -> Response:
        return self.with_etag(Response(self.row_json(saved), status=status), saved.version)
