"""Companies and contacts over the API: leads bring them, a person merges those that are one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.serializers.customers import (
    CompanySerializer,
    ContactSerializer,
    MergeCompaniesBody,
    MergeContactsBody,
    SplitCompanyBody,
    SplitContactBody,
)
from deals.services import COMPANIES, CONTACTS, merge, split_company, split_contact, unmerge
from deals.tables import CompanyList, ContactList
from partnerhub.errors import Stale
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.records.api import KeptResource, Method
from partnerhub.roles import CUSTOMERS_MANAGE
from partnerhub.web.bodies import Body, NoBody
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.lists.api import JsonShape
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

BROUGHT = Lock(gettext_lazy("This came with what was referred; it can’t be changed here."))
MERGING = dict.fromkeys(("merge", "unmerge", "split"), CUSTOMERS_MANAGE)


class CustomerAPI(OfExternalSystems, KeptResource):
    """What both have: a foreign id and none are the same 404."""

    def changed(self, body: type[Body], verb: Callable[..., Any]) -> Response:
        """Do what is sent with the record of the address, in the version that was read."""
        record, seen = self.get_object(), self.seen_version()
        sent = body.read(self.request.data)
        versions = {"other_seen": sent.pop("other_version")} if "other_version" in sent else {}
        try:
            return self.answer(verb(self.kept.name, record.pk, by=self.membership, seen=seen, **sent, **versions))
        except ObjectDoesNotExist:
            raise Http404 from None
        except Stale as stale:
            raise Stale(self.json(stale.current), stale.difference, who=stale.who) from None


def merge_action(plural: str, one: str, body: type[Body], shape: JsonShape) -> Method:
    """The action by which two of them become one."""

    def act(self: CustomerAPI, request: Request, **_keys: UUID) -> Response:
        """The `other` one is kept out of lists from now on, and known as this one. `unmerge` takes it out again."""
        return self.changed(body, merge)

    return _described(act, f"{plural}_merge", f"Merge another into {one}", body, shape)


def unmerge_action(plural: str, one: str, shape: JsonShape) -> Method:
    """The action by which a merged one stands on its own again."""

    def act(self: CustomerAPI, request: Request, **_keys: UUID) -> Response:
        """Of a merged one: it is given back all that it had. What came after the merge stays with the kept one."""
        return self.changed(NoBody, unmerge)

    return _described(act, f"{plural}_unmerge", f"Take {one} out of the one that it was merged into", NoBody, shape)


def split_action(plural: str, summary: str, body: type[Body], shape: JsonShape) -> Method:
    """The action by which another one is taken out of one that was wrongly made of two."""

    def split(self: CustomerAPI, request: Request, **_keys: UUID) -> Response:
        """What is named here is another one's, which is answered; all else stays."""
        one, seen = self.get_object(), self.seen_version()
        sent, verb = body.read(request.data), split_company if self.kept is COMPANIES else split_contact
        try:
            made = verb(one.pk, by=self.membership, seen=seen, **sent)
        except Stale as stale:
            raise Stale(self.json(stale.current), stale.difference, who=stale.who) from None
        response = self.answer(made, 201)
        response["Location"] = reverse(f"api-{self.kept.name}", args=[made.pk])
        return response

    return extend_schema(
        operation_id=f"{plural}_split",
        summary=summary,
        tags=["Customers"],
        parameters=[IF_MATCH, ETAG, LOCATION],
        request=body,
        responses={201: shape},
    )(split)


def _described(act: Method, operation: str, summary: str, body: type[Body], shape: JsonShape) -> Method:
    act.__name__ = operation.rpartition("_")[2]
    return extend_schema(
        operation_id=operation,
        summary=summary,
        tags=["Customers"],
        parameters=[IF_MATCH, ETAG],
        request=body,
        responses={200: shape},
    )(act)


class CompanyViewSet(CustomerAPI):
    """A foreign id and none are the same 404."""

    kept, list_class, serializer = COMPANIES, CompanyList, CompanySerializer
    id_name, tag, one, acts = "company_id", "Customers", "a company", MERGING
    read_as = described_with_external("CompanyReadSerializer", CompanySerializer)
    external = external_action("companies", "Customers")
    merge = merge_action("companies", "a company", MergeCompaniesBody, CompanySerializer)
    unmerge = unmerge_action("companies", "a company", CompanySerializer)

    split = split_action("companies", "Take another business out of a company", SplitCompanyBody, CompanySerializer)

    def fields_now(self) -> Fields:
        return all_fields(("name", "website", "country", "postcode"), BROUGHT)


class ContactViewSet(CustomerAPI):
    """A foreign id and none are the same 404."""

    kept, list_class, serializer = CONTACTS, ContactList, ContactSerializer
    id_name, tag, one, acts = "contact_id", "Customers", "a contact", MERGING
    read_as = described_with_external("ContactReadSerializer", ContactSerializer)
    external = external_action("contacts", "Customers")
    merge = merge_action("contacts", "a contact", MergeContactsBody, ContactSerializer)
    unmerge = unmerge_action("contacts", "a contact", ContactSerializer)
    split = split_action("contacts", "Take another person out of a contact", SplitContactBody, ContactSerializer)

    def fields_now(self) -> Fields:
        return all_fields(("first_name", "last_name", "email", "phone", "job_title"), BROUGHT)
