"""Addresses of the pages, below the tenant."""

from partnerhub.conflicts import views
from partnerhub.records.paths import record_paths

app_name = "conflicts"
urlpatterns = record_paths("conflicts/", views.CaseView, steps=views.CaseStepView)
