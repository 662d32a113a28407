"""Companies and contacts over the API: read only, because leads bring them."""

from django.utils.translation import gettext_lazy

from deals.serializers import CompanySerializer, ContactSerializer
from deals.services import COMPANIES, CONTACTS
from deals.tables import CompanyList, ContactList
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.records.api import KeptResource
from partnerhub.web.editing import Fields, Lock, all_fields

BROUGHT = Lock(gettext_lazy("This came with what was referred; it can’t be changed here."))


class CompanyViewSet(OfExternalSystems, KeptResource):
    """A foreign id and none are the same 404."""

    kept, list_class, serializer = COMPANIES, CompanyList, CompanySerializer
    id_name, tag, one = "company_id", "Customers", "a company"
    read_as = described_with_external("CompanyReadSerializer", CompanySerializer)
    external = external_action("companies", "Customers")

    def fields_now(self) -> Fields:
        return all_fields(("name", "website", "country", "postcode"), BROUGHT)


class ContactViewSet(OfExternalSystems, KeptResource):
    """A foreign id and none are the same 404."""

    kept, list_class, serializer = CONTACTS, ContactList, ContactSerializer
    id_name, tag, one = "contact_id", "Customers", "a contact"
    read_as = described_with_external("ContactReadSerializer", ContactSerializer)
    external = external_action("contacts", "Customers")

    def fields_now(self) -> Fields:
        return all_fields(("first_name", "last_name", "email", "phone", "job_title"), BROUGHT)
