"""Addresses of the deals pages, below the tenant."""

from django.urls import path

from deals.tables import CompanyList, ContactList
from deals.views import CompanyView, ContactView
from partnerhub.web.lists.pages import list_paths

app_name = "deals"
urlpatterns = [
    *list_paths("companies/", CompanyList, "companies"),
    path("companies/<uuid:company_id>/", CompanyView.as_view(), name="company"),
    *list_paths("contacts/", ContactList, "contacts"),
    path("contacts/<uuid:contact_id>/", ContactView.as_view(), name="contact"),
]
