"""The addresses of the portal, below the tenant's own address (spec: pages.md)."""

from django.urls import include, path

from partnerhub.portal.operators import operators
from partnerhub.portal.search import SearchView
from partnerhub.portal.views import HomeView
from partnerhub.web.preferences import LanguageView

# What is asked for most comes first: addresses are tried one after the other.
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("api/", include("partnerhub.api_urls")),
    path("", include("partnerhub.routing.urls")),
    path("", include("partnerhub.claims.urls")),  # the same
    path("", include("partnerhub.conflicts.urls")),
    path("", include("partnerhub.upgrades.urls")),  # one of its addresses is below a lead, where steps stand
    path("", include("partnerhub.receipts.urls")),
    path("", include("partnerhub.intake.urls")),
    path("", include("partnerhub.protection.urls")),
    path("", include("partnerhub.appeals.urls")),
    path("", include("partnerhub.clocks.urls")),
    path("", include("leads.urls")),
    path("search/", SearchView.as_view(), name="search"),
    path("language/", LanguageView.as_view(), name="set_language"),
    path("", include("partnerhub.live.urls")),
    path("", include("partnerhub.web.urls")),
    path("", include("partnerhub.accounts.urls")),
    path("", include("partnerhub.bulk.urls")),
    path("", include("partnerhub.imports.urls")),
    path("", include("partnerhub.exports.urls")),
    path("", include("partnerhub.calendars.urls")),
    path("", include("partnerhub.events.urls")),
    path("", include("partnerhub.notes.urls")),
    path("", include("notifications.urls")),
    path("", include("partnerhub.registrations.urls")),  # one of its addresses is below a deal, where steps stand
    path("", include("deals.urls")),
    path("", include("partnerhub.offers.urls")),
    path("", include("partnerhub.responses.urls")),
    path("", include("partnerhub.quotes.urls")),
    path("", include("partnerhub.absences.urls")),
    path("", include("partnerhub.solutions.urls")),
    path("", include("partnerhub.ranking.urls")),
    path("", include("referrals.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", operators.urls),
]

handler400 = "partnerhub.web.errors.bad_request"
handler403 = "partnerhub.web.errors.forbidden"
handler404 = "partnerhub.web.errors.not_found"
handler429 = "partnerhub.accounts.views.too_many.too_many_tries"  # allauth asks for it
handler500 = "partnerhub.web.errors.server_error"
