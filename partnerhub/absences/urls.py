"""Addresses of the pages, below the tenant."""

from partnerhub.absences.views import AbsenceView, PlanAbsenceView
from partnerhub.records.paths import record_paths

app_name = "absences"
urlpatterns = record_paths("absences/", AbsenceView, new=PlanAbsenceView)
