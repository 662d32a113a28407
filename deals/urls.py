"""Addresses of the deals pages, below the tenant."""

from django.urls import path

from deals.views import CompanyListView, CompanyView, ContactListView, ContactView

app_name = "deals"
urlpatterns = [
    path("companies/", CompanyListView.as_view(), name="companies"),
    path("companies/<uuid:company_id>/", CompanyView.as_view(), name="company"),
    path("contacts/", ContactListView.as_view(), name="contacts"),
    path("contacts/<uuid:contact_id>/", ContactView.as_view(), name="contact"),
]
