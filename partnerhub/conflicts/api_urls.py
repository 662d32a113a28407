"""Addresses of the API, below /api/v1/."""

from partnerhub.conflicts.api import CasesAPI
from partnerhub.records.paths import api_paths

urlpatterns = api_paths("conflicts/", CasesAPI, "conflict")
