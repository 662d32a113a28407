"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.quotes.api import ProductsAPI, QuotesAPI
from partnerhub.records.paths import api_paths

urlpatterns = [
    *api_paths("products/", ProductsAPI, "product"),
    *api_paths("quotes/", QuotesAPI, "quote"),
    path(
        "deals/<uuid:deal_id>/quotes/",
        QuotesAPI.as_view({"get": "of_deal", "post": "draft"}),
        name="api-deal-quotes",
    ),
]
