"""The vendor's own accounts over the API: listed, read, added and changed by the vendor's side."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.serializers.customers import VendorAccountBody, VendorAccountSerializer
from deals.services import VENDOR_ACCOUNTS, add_account, change_account
from deals.tables import AccountList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Stale
from partnerhub.records.api import KeptAPI, timeline_action
from partnerhub.roles import ACCOUNTS_MANAGE, ACCOUNTS_VIEW
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

ACCOUNT_TAGS = ["Vendor accounts"]


@serves(AccountList, VendorAccountSerializer, tag="Vendor accounts")
class VendorAccountViewSet(KeptAPI, ListAPI, SeatViewSet):
    """A foreign id and none are the same 404; for a partner there is none."""

    permission = {
        "list": ACCOUNTS_VIEW,
        "export": ACCOUNTS_VIEW,
        "retrieve": ACCOUNTS_VIEW,
        "timeline": ACCOUNTS_VIEW,
        "create": ACCOUNTS_MANAGE,
        "partial_update": ACCOUNTS_MANAGE,
    }
    kept, id_name, serializer = VENDOR_ACCOUNTS, "account_id", VendorAccountSerializer
    timeline = timeline_action("vendor_accounts", "vendor account", "Vendor accounts")

    @extend_schema(
        operation_id="vendor_accounts_create",
        summary="Add a vendor account",
        tags=ACCOUNT_TAGS,
        parameters=[ETAG, LOCATION],
        request=VendorAccountBody,
        responses={201: VendorAccountSerializer},
    )
    def create(self, request: Request) -> Response:
        """Keep a business that the vendor itself knows. A domain that many businesses share is refused."""
        account = add_account(VendorAccountBody.read(request.data), by=self.membership)
        response = self.answer(account, 201)
        response["Location"] = f"{request.path}{account.pk}/"
        return response

    @extend_schema(
        operation_id="vendor_accounts_read",
        summary="Read a vendor account",
        tags=ACCOUNT_TAGS,
        parameters=[ETAG],
        responses=VendorAccountSerializer,
    )
    def retrieve(self, request: Request, account_id: UUID) -> Response:
        return self.answer(self.get_object())

    @extend_schema(
        operation_id="vendor_accounts_change",
        summary="Change a vendor account",
        tags=ACCOUNT_TAGS,
        parameters=[IF_MATCH, ETAG],
        request=VendorAccountBody,
        responses=VendorAccountSerializer,
    )
    def partial_update(self, request: Request, account_id: UUID) -> Response:
        """What is not sent stays."""
        account, seen = self.get_object(), self.seen_version()
        sent = VendorAccountBody.read(request.data)
        try:
            return self.answer(change_account(account.pk, sent, by=self.membership, seen=seen))
        except Stale as stale:
            changes = VENDOR_ACCOUNTS.visible(stale.difference, self.membership.side)
            raise Stale(self.json(stale.current), changes, who=stale.who) from None
