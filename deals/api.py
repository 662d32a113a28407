"""Companies and contacts over the API: read only, because leads bring them."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.models import Company, Contact
from deals.selectors import company_for, contact_for
from deals.serializers import CompanySerializer, ContactSerializer, company_json, contact_json
from deals.tables import CompanyList, ContactList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.roles import CUSTOMERS_VIEW
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.lists.api import ListAPI, serves

COMPANY = described_with_external("CompanyReadSerializer", CompanySerializer)
BROUGHT = Lock(gettext_lazy("This came with what was referred; it can’t be changed here."))
CONTACT = described_with_external("ContactReadSerializer", ContactSerializer)


@serves(CompanyList, CompanySerializer, tag="Customers")
class CompanyViewSet(OfExternalSystems, ListAPI, SeatViewSet):
    """A foreign id and none are the same 404."""

    permission = CUSTOMERS_VIEW

    external = external_action("companies", "Customers")

    def fields_now(self) -> Fields:
        return all_fields(("name", "website", "country", "postcode"), BROUGHT)

    def external_subject(self) -> Company:
        try:
            return company_for(self.membership, self.kwargs["company_id"])
        except Company.DoesNotExist:
            raise Http404 from None

    def row_json(self, row: Company) -> dict[str, Any]:
        return company_json(row)

    @extend_schema(operation_id="companies_read", summary="Read a company", tags=["Customers"], responses=COMPANY)
    def retrieve(self, request: Request, company_id: UUID) -> Response:
        return Response(company_json(self.subject))


@serves(ContactList, ContactSerializer, tag="Customers")
class ContactViewSet(OfExternalSystems, ListAPI, SeatViewSet):
    """A foreign id and none are the same 404."""

    permission = CUSTOMERS_VIEW

    external = external_action("contacts", "Customers")

    def fields_now(self) -> Fields:
        return all_fields(("first_name", "last_name", "email", "phone", "job_title"), BROUGHT)

    def external_subject(self) -> Contact:
        try:
            return contact_for(self.membership, self.kwargs["contact_id"])
        except Contact.DoesNotExist:
            raise Http404 from None

    def row_json(self, row: Contact) -> dict[str, Any]:
        return contact_json(row)

    @extend_schema(operation_id="contacts_read", summary="Read a contact", tags=["Customers"], responses=CONTACT)
    def retrieve(self, request: Request, contact_id: UUID) -> Response:
        return Response(contact_json(self.subject))
