"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.protection import views
from partnerhub.records.paths import record_paths

app_name = "protection"
urlpatterns = [
    *record_paths("protections/", views.ProtectionView, steps=views.ProtectionStepView, listing=views.ProtectionsView),
    path("programme/protection/", views.ProtectionRulesView.as_view(), name="rules"),
    path("confirmations/<str:token>/", views.ConfirmationView.as_view(), name="contact"),
]
