"""Addresses of the API, below /api/v1/."""

from partnerhub.absences.api import AbsencesAPI
from partnerhub.records.paths import api_paths

urlpatterns = api_paths("absences/", AbsencesAPI, "absence")
