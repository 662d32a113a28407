"""Addresses of the deals pages, below the tenant."""

from deals.views import CompanyView, ContactView
from partnerhub.records.paths import record_paths

app_name = "deals"
urlpatterns = [*record_paths("companies/", CompanyView), *record_paths("contacts/", ContactView)]
