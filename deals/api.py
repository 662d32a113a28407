"""Companies and contacts over the API: read only, because leads bring them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.models import Company, Contact
from deals.serializers import CompanySerializer, ContactSerializer, company_json, contact_json
from deals.services import COMPANIES, CONTACTS
from deals.tables import CompanyList, ContactList
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.records.api import KeptAPI, timeline_action
from partnerhub.roles import CUSTOMERS_VIEW
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.schema import ETAG

COMPANY = described_with_external("CompanyReadSerializer", CompanySerializer)
BROUGHT = Lock(gettext_lazy("This came with what was referred; it can’t be changed here."))
CONTACT = described_with_external("ContactReadSerializer", ContactSerializer)


@serves(CompanyList, CompanySerializer, tag="Customers")
class CompanyViewSet(OfExternalSystems, ListAPI, KeptAPI, SeatViewSet):
    """A foreign id and none are the same 404."""

    permission = CUSTOMERS_VIEW

    kept, id_name = COMPANIES, "company_id"
    external = external_action("companies", "Customers")
    timeline = timeline_action("companies", "company", "Customers")

    def fields_now(self) -> Fields:
        return all_fields(("name", "website", "country", "postcode"), BROUGHT)

    def external_subject(self) -> Company:
        company: Company = self.get_object()
        return company

    def json(self, record: Company) -> dict[str, Any]:
        return company_json(record)

    def row_json(self, row: Company) -> dict[str, Any]:
        return company_json(row)

    @extend_schema(
        operation_id="companies_read",
        summary="Read a company",
        tags=["Customers"],
        parameters=[ETAG],
        responses=COMPANY,
    )
    def retrieve(self, request: Request, company_id: UUID) -> Response:
        return self.answer(self.subject)


@serves(ContactList, ContactSerializer, tag="Customers")
class ContactViewSet(OfExternalSystems, ListAPI, KeptAPI, SeatViewSet):
    """A foreign id and none are the same 404."""

    permission = CUSTOMERS_VIEW

    kept, id_name = CONTACTS, "contact_id"
    external = external_action("contacts", "Customers")
    timeline = timeline_action("contacts", "contact", "Customers")

    def fields_now(self) -> Fields:
        return all_fields(("first_name", "last_name", "email", "phone", "job_title"), BROUGHT)

    def external_subject(self) -> Contact:
        contact: Contact = self.get_object()
        return contact

    def json(self, record: Contact) -> dict[str, Any]:
        return contact_json(record)

    def row_json(self, row: Contact) -> dict[str, Any]:
        return contact_json(row)

    @extend_schema(
        operation_id="contacts_read", summary="Read a contact", tags=["Customers"], parameters=[ETAG], responses=CONTACT
    )
    def retrieve(self, request: Request, contact_id: UUID) -> Response:
        return self.answer(self.subject)
