"""Addresses of the deals pages, below the tenant."""

from django.urls import path

from deals.tables import AccountList
from deals.views import AccountsView, AccountView, CompanyView, ContactView, NewAccountView
from partnerhub.records.paths import record_paths
from partnerhub.web.lists.pages import list_paths

app_name = "deals"
urlpatterns = [
    *record_paths("companies/", CompanyView),
    *record_paths("contacts/", ContactView),
    *list_paths("vendor-accounts/", AccountList, "accounts", AccountsView),
    path("vendor-accounts/new/", NewAccountView.as_view(), name="new-account"),
    path("vendor-accounts/<uuid:account_id>/", AccountView.as_view(), name="account"),
]
