"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.records.paths import record_paths
from partnerhub.registrations.views import (
    IncentivePage,
    IncentivesView,
    NewIncentiveView,
    RegisterView,
    RegistrationPage,
    RegistrationRuleView,
)

app_name = "registrations"
urlpatterns = [
    *record_paths("registrations/", RegistrationPage),
    *record_paths("programme/incentives/", IncentivePage, listing=IncentivesView, new=NewIncentiveView),
    path("deals/<uuid:deal_id>/register/", RegisterView.as_view(), name="register"),
    path("programme/registrations/", RegistrationRuleView.as_view(), name="rules"),
]
