"""The vendor's own answers on a lead: a resource of its own, because no partner knows of it, nor of its version."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.api.base import LeadAPI, checked, own_typed
from leads.forms.vendor_fields import VendorFieldsForm
from leads.selectors import asked_fields
from leads.serializers import VendorFieldsBody, VendorFieldsSerializer
from leads.services import note_vendor_answers
from partnerhub.errors import Stale
from partnerhub.roles import LEADS_WORK, VENDOR
from partnerhub.web.schema import ETAG, IF_MATCH

NO_ANSWERS: dict[str, Any] = {"answers": {}, "version": 0}


class VendorFieldsViewSet(LeadAPI):
    permission: ClassVar[str | dict[str, str]] = LEADS_WORK

    @extend_schema(
        operation_id="leads_vendor_fields_read",
        summary="Read the vendor's own answers",
        tags=["Leads"],
        parameters=[ETAG],
        responses=VendorFieldsSerializer,
    )
    def retrieve(self, request: Request, lead_id: UUID) -> Response:
        """The answers to the fields of the lead's program that no partner sees, with their own version."""
        noted = self.get_object().vendor_answers or NO_ANSWERS
        return self._told(noted["answers"], noted["version"])

    @extend_schema(
        operation_id="leads_vendor_fields_write",
        summary="Write the vendor's own answers",
        tags=["Leads"],
        parameters=[IF_MATCH, ETAG],
        request=VendorFieldsBody,
        responses=VendorFieldsSerializer,
    )
    def update(self, request: Request, lead_id: UUID) -> Response:
        """All of them at once: one that is not sent is taken away. The lead and its version stay as they are."""
        lead, seen = self.get_object(), self.seen_version()
        sent = VendorFieldsBody.read(request.data)
        typed = own_typed(sent["answers"], lead.program, side=VENDOR, said="answers")
        form = VendorFieldsForm(lead, asked_fields(lead.program, VENDOR), typed | {"version": str(seen or 0)})
        answers = checked(form, said="answers").answers()
        try:
            noted = note_vendor_answers(lead_id, answers=answers, by=self.membership, seen=seen)
        except Stale as stale:
            raise Stale({"answers": stale.current.answers}) from None
        return self._told(noted.answers, noted.version)

    def _told(self, answers: dict[str, Any], version: int) -> Response:
        return self.with_etag(Response({"answers": answers}), version)
