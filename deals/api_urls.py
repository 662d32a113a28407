"""Addresses of the API, below /api/v1/."""

from django.urls import path

from deals.api import (
    CompanyViewSet,
    ContactViewSet,
    DealRegistrationRulesAPI,
    DealRegistrationsAPI,
    DealsAPI,
    DealTalkAPI,
    DuplicateViewSet,
    VendorAccountViewSet,
)
from partnerhub.notes.record_api import talk_api_paths
from partnerhub.records.paths import api_paths

urlpatterns = [
    path("deals/<uuid:deal_id>/clone/", DealsAPI.as_view({"post": "clone"}), name="api-deal-clone"),
    *talk_api_paths("deals/<uuid:deal_id>/", DealTalkAPI, "api-deal"),
    *api_paths("deals/", DealsAPI, "deal"),
    *api_paths("deal-registrations/", DealRegistrationsAPI, "dealregistration"),
    path(
        "deal-registration-rules/",
        DealRegistrationRulesAPI.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-deal-registration-rules",
    ),
    *api_paths("companies/", CompanyViewSet, "company"),
    *api_paths("contacts/", ContactViewSet, "contact"),
    *api_paths("duplicates/", DuplicateViewSet, "duplicate"),
    *(
        path(f"{route}<uuid:{name}_id>/{verb}/", viewset.as_view({"post": verb}), name=f"api-{name}-{verb}")
        for route, viewset, name in (
            ("companies/", CompanyViewSet, "company"),
            ("contacts/", ContactViewSet, "contact"),
        )
        for verb in ("merge", "unmerge", "split")
    ),
    path(
        "companies/<uuid:company_id>/deals/",
        DealsAPI.as_view({"post": "with_company"}),
        name="api-company-share",
    ),
    path(
        "contacts/<uuid:contact_id>/deals/",
        DealsAPI.as_view({"post": "with_contact"}),
        name="api-contact-share",
    ),
    path(
        "vendor-accounts/",
        VendorAccountViewSet.as_view({"get": "list", "post": "create"}),
        name="api-vendor-accounts",
    ),
    path(
        "vendor-accounts/export/",
        VendorAccountViewSet.as_view({"get": "export"}),
        name="api-vendor-accounts-export",
    ),
    path(
        "vendor-accounts/<uuid:account_id>/",
        VendorAccountViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-vendor-account",
    ),
    path(
        "vendor-accounts/<uuid:account_id>/timeline/",
        VendorAccountViewSet.as_view({"get": "timeline"}),
        name="api-vendor-account-timeline",
    ),
]
