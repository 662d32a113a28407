"""The addresses of the API, below the tenant's own address."""

from django.urls import include, path

from partnerhub.web.api_docs import DocsView
from partnerhub.web.schema import RootView, SchemaView

# What is asked for most comes first: addresses are tried one after the other.
urlpatterns = [
    path("v1/", include("leads.api_urls")),
    path("v1/", RootView.as_view(), name="api-root"),
    path("v1/", include("partnerhub.accounts.api_urls")),
    path("v1/", include("partnerhub.bulk.api_urls")),
    path("v1/", include("partnerhub.imports.api_urls")),
    path("v1/", include("partnerhub.exports.api_urls")),
    path("v1/", include("partnerhub.calendars.api_urls")),
    path("v1/", include("partnerhub.events.api_urls")),
    path("v1/", include("partnerhub.notes.api_urls")),
    path("v1/", include("notifications.api_urls")),
    path("v1/", include("partnerhub.registrations.api_urls")),
    path("v1/", include("deals.api_urls")),
    path("v1/", include("partnerhub.absences.api_urls")),
    path("v1/", include("partnerhub.solutions.api_urls")),
    path("v1/", include("partnerhub.offers.api_urls")),
    path("v1/", include("partnerhub.responses.api_urls")),
    path("v1/", include("partnerhub.quotes.api_urls")),
    path("v1/", include("partnerhub.receipts.api_urls")),
    path("v1/", include("partnerhub.protection.api_urls")),
    path("v1/", include("partnerhub.appeals.api_urls")),
    path("v1/", include("partnerhub.routing.api_urls")),
    path("v1/", include("partnerhub.ranking.api_urls")),
    path("v1/", include("partnerhub.claims.api_urls")),
    path("v1/", include("partnerhub.conflicts.api_urls")),
    path("v1/", include("partnerhub.clocks.api_urls")),
    path("v1/", include("partnerhub.upgrades.api_urls")),
    path("v1/", include("partnerhub.intake.api_urls")),
    path("v1/", include("referrals.api_urls")),
    path("v1/", include("partnerhub.portal.api_urls")),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
]
