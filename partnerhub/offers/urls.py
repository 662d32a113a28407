"""Addresses of the pages, below the tenant."""

from partnerhub.offers.views import NewOfferView, OfferPage, OfferStepView, OffersView
from partnerhub.records.paths import record_paths

app_name = "offers"
urlpatterns = record_paths("offers/", OfferPage, steps=OfferStepView, listing=OffersView, new=NewOfferView)
