"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.records.paths import api_paths
from partnerhub.registrations.api import IncentivesAPI, RegistrationRulesAPI, RegistrationsAPI

urlpatterns = [
    *api_paths("registrations/", RegistrationsAPI, "registration"),
    *api_paths("incentives/", IncentivesAPI, "incentive"),
    path(
        "deals/<uuid:deal_id>/registrations/",
        RegistrationsAPI.as_view({"get": "of_deal", "post": "register"}),
        name="api-deal-registrations",
    ),
    path(
        "registration-rules/",
        RegistrationRulesAPI.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-registration-rules",
    ),
]
