"""Intake links over the API."""

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Program
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.intake.serializers import ChangeIntakeLinkBody, IntakeLinkSerializer, NewIntakeLinkBody
from partnerhub.intake.services import INTAKE_LINKS, add_link
from partnerhub.intake.tables import IntakeLinkList
from partnerhub.records.api import Resource
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.web.schema import ETAG, LOCATION


class IntakeLinksAPI(SeatViewSet, Resource):
    records, list_class, serializer = INTAKE_LINKS, IntakeLinkList, IntakeLinkSerializer
    id_name, tag, one = "link_id", "Intake links", "an intake link"
    acts = {"create": LEADS_SUBMIT}
    bodies = {"change": ChangeIntakeLinkBody}

    @extend_schema(
        operation_id="intake_links_create",
        summary="Make an intake link",
        tags=[tag],
        parameters=[ETAG, LOCATION],
        request=NewIntakeLinkBody,
        responses={201: IntakeLinkSerializer},
    )
    def create(self, request: Request) -> Response:
        """For a program of the tenant. What comes in belongs to your organisation."""
        sent = NewIntakeLinkBody.read(request.data)
        program = Program.objects.filter(slug=sent["program"], is_active=True).first()
        if program is None:
            raise ValidationError({"program": [ErrorDetail(_("There is no such program."), "unknown")]})
        if not sent.pop("terms"):
            raise ValidationError({"terms": [ErrorDetail(_("Accept the terms of the program."), "required")]})
        values = sent | {"program": program, "frame_origins": tuple(sent.get("frame_origins", ()))}
        link = add_link(**values, by=self.membership)
        response = self.answer(link, 201)
        response["Location"] = reverse("api-intake-link", args=[link.pk])
        return response
