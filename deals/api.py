"""Companies and contacts over the API: read only, because leads bring them."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deals.models import Company, Contact
from deals.selectors import company_for, contact_for, listed_companies, listed_contacts, search_in
from deals.serializers import (
    CompanyListSerializer,
    CompanySerializer,
    ContactListSerializer,
    ContactSerializer,
    company_json,
    contact_json,
)
from deals.tables import COMPANY_COLUMNS, CONTACT_COLUMNS, DEFAULT_ORDER
from partnerhub.roles import CUSTOMERS_VIEW
from partnerhub.web.api import PortalViewSet
from partnerhub.web.api_lists import check_list, list_json, list_parameters
from partnerhub.web.lists import Column, Page, order_of, page_of, size_of

LONGEST_SEARCH = 200
Q = {"type": "string", "maxLength": LONGEST_SEARCH}
COMPANY_SEARCH = OpenApiParameter("q", Q, description="Parts of words of name or website; accents do not matter.")
CONTACT_SEARCH = OpenApiParameter("q", Q, description="Parts of words of name, email or company.")


def found_page(query: Any, rows: Any, model: type[Company] | type[Contact], columns: tuple[Column, ...]) -> Page:
    """One page of what the parameters ask for. Raises ValidationError for what makes no sense."""
    order = order_of(query.get("sort", ""), columns, DEFAULT_ORDER)
    text = query.get("q", "").strip()
    errors = {"q": [_("Search for at most 200 characters.")]} if len(text) > LONGEST_SEARCH else {}
    check_list(query, rows, order, columns, filters=["q"], errors=errors)
    narrow = search_in(model, text, order) if text else None
    return page_of(rows, order, cursor=query.get("cursor", ""), size=size_of(query.get("size")), narrow=narrow)


class CompanyViewSet(PortalViewSet):
    """A foreign id and none are the same 404."""

    permission = CUSTOMERS_VIEW

    @extend_schema(
        operation_id="companies_list",
        summary="List companies",
        tags=["Customers"],
        parameters=[COMPANY_SEARCH, *list_parameters(COMPANY_COLUMNS, DEFAULT_ORDER)],
        responses=CompanyListSerializer,
    )
    def list(self, request: Request) -> Response:
        """The customers that you may see, those with the latest activity first unless sorted otherwise."""
        rows = listed_companies(self.membership)
        page = found_page(request._request.GET, rows, Company, COMPANY_COLUMNS)
        return Response(list_json(request, page, company_json))

    @extend_schema(
        operation_id="companies_read", summary="Read a company", tags=["Customers"], responses=CompanySerializer
    )
    def retrieve(self, request: Request, company_id: UUID) -> Response:
        try:
            return Response(company_json(company_for(self.membership, company_id)))
        except Company.DoesNotExist:
            raise Http404 from None


class ContactViewSet(PortalViewSet):
    """A foreign id and none are the same 404."""

    permission = CUSTOMERS_VIEW

    @extend_schema(
        operation_id="contacts_list",
        summary="List contacts",
        tags=["Customers"],
        parameters=[CONTACT_SEARCH, *list_parameters(CONTACT_COLUMNS, DEFAULT_ORDER)],
        responses=ContactListSerializer,
    )
    def list(self, request: Request) -> Response:
        """The people that you may see, those with the latest activity first unless sorted otherwise."""
        rows = listed_contacts(self.membership)
        page = found_page(request._request.GET, rows, Contact, CONTACT_COLUMNS)
        return Response(list_json(request, page, contact_json))

    @extend_schema(
        operation_id="contacts_read", summary="Read a contact", tags=["Customers"], responses=ContactSerializer
    )
    def retrieve(self, request: Request, contact_id: UUID) -> Response:
        try:
            return Response(contact_json(contact_for(self.membership, contact_id)))
        except Contact.DoesNotExist:
            raise Http404 from None
