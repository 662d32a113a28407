"""Receipts over the API."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Lead
from leads.selectors import lead_for
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.receipts.models import Receipt
from partnerhub.receipts.selectors import receipt_that_matches
from partnerhub.receipts.serializers import CheckedSerializer, CheckReceiptBody, ReceiptSerializer, receipt_json
from partnerhub.receipts.services import receipt_for
from partnerhub.roles import LEADS_VIEW


class ReceiptsViewSet(SeatViewSet):
    permission = LEADS_VIEW

    @extend_schema(
        operation_id="leads_receipt",
        summary="The receipt of a lead",
        description="What the lead held when it was sent, and the hash by which anybody can check it.",
        tags=["Receipts"],
        responses={200: ReceiptSerializer},
    )
    def retrieve(self, request: Request, lead_id: UUID) -> Response:
        try:
            return Response(receipt_json(receipt_for(lead_for(self.membership, lead_id))))
        except (Lead.DoesNotExist, Receipt.DoesNotExist):
            raise Http404 from None

    @extend_schema(
        operation_id="receipts_check",
        summary="Check a receipt",
        description="By its number and its hash. Changes nothing. Without an account: the page `/receipts/`.",
        tags=["Receipts"],
        request=CheckReceiptBody,
        responses={200: CheckedSerializer},
    )
    def check(self, request: Request) -> Response:
        sent = CheckReceiptBody.read(request.data)
        return Response({"is_genuine": receipt_that_matches(sent["number"], sent["hash"]) is not None})
