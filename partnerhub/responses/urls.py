"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.records.paths import record_paths
from partnerhub.responses.views import ResponsePage, ResponseRuleView

app_name = "responses"
urlpatterns = [
    *record_paths("responses/", ResponsePage),
    path("programme/responses/", ResponseRuleView.as_view(), name="rules"),
]
