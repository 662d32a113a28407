"""Addresses of the API, below /api/v1/."""

from deals.api import CompanyViewSet, ContactViewSet
from partnerhub.records.paths import api_paths

urlpatterns = [
    *api_paths("companies/", CompanyViewSet, "company"),
    *api_paths("contacts/", ContactViewSet, "contact"),
]
