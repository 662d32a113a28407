"""Addresses of the API, below /api/v1/."""

from django.urls import path

from deals.api import CompanyViewSet, ContactViewSet

urlpatterns = [
    path("companies/", CompanyViewSet.as_view({"get": "list"}), name="api-companies"),
    path("companies/export/", CompanyViewSet.as_view({"get": "export"}), name="api-companies-export"),
    path("companies/<uuid:company_id>/", CompanyViewSet.as_view({"get": "retrieve"}), name="api-company"),
    path(
        "companies/<uuid:company_id>/timeline/",
        CompanyViewSet.as_view({"get": "timeline"}),
        name="api-company-timeline",
    ),
    path(
        "companies/<uuid:company_id>/external/",
        CompanyViewSet.as_view({"patch": "external"}),
        name="api-company-external",
    ),
    path(
        "contacts/<uuid:contact_id>/external/",
        ContactViewSet.as_view({"patch": "external"}),
        name="api-contact-external",
    ),
    path("contacts/", ContactViewSet.as_view({"get": "list"}), name="api-contacts"),
    path("contacts/export/", ContactViewSet.as_view({"get": "export"}), name="api-contacts-export"),
    path("contacts/<uuid:contact_id>/", ContactViewSet.as_view({"get": "retrieve"}), name="api-contact"),
    path(
        "contacts/<uuid:contact_id>/timeline/",
        ContactViewSet.as_view({"get": "timeline"}),
        name="api-contact-timeline",
    ),
]
