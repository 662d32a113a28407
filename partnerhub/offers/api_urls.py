"""Addresses of the API, below /api/v1/."""

from partnerhub.offers.api import OffersAPI
from partnerhub.records.paths import api_paths

urlpatterns = api_paths("offers/", OffersAPI, "offer")
