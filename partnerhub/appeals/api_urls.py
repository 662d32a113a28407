"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.appeals.api import AppealsAPI, ClonesViewSet
from partnerhub.records.paths import api_paths

urlpatterns = [
    *api_paths("appeals/", AppealsAPI, "appeal"),
    path("leads/<uuid:lead_id>/clone/", ClonesViewSet.as_view({"post": "clone"}), name="api-lead-clone"),
    path("leads/<uuid:lead_id>/clones/", ClonesViewSet.as_view({"get": "clones"}), name="api-lead-clones"),
]
