"""Addresses of the API, below /api/v1/."""

from partnerhub.records.paths import api_paths
from partnerhub.solutions.api import SolutionsAPI

urlpatterns = api_paths("solutions/", SolutionsAPI, "solution")
