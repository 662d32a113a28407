"""Addresses of the referrals pages, below the tenant."""

from django.urls import path

from referrals.views import ExportView, HistoryView

app_name = "referrals"
urlpatterns = [
    path("referrals/", HistoryView.as_view(), name="history"),
    path("referrals/export.csv", ExportView.as_view(), name="export"),
]
