"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.records.paths import api_paths
from partnerhub.upgrades.api import ActivationViewSet, InvitationsAPI, TermsViewSet
from partnerhub.upgrades.tables import InvitationList
from partnerhub.web.lists.bulk_api import bulk_api_paths

urlpatterns = [
    *api_paths("upgrade-invitations/", InvitationsAPI, "upgrade-invitation"),
    *bulk_api_paths("upgrade-invitations/", InvitationList, tag=InvitationsAPI.tag, name=InvitationsAPI.records.plural),
    path(
        "leads/<uuid:lead_id>/upgrade-invitation/",
        InvitationsAPI.as_view({"post": "send"}),
        name="api-lead-upgrade-invitation",
    ),
    path(
        "upgrade-activation/",
        ActivationViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="api-upgrade-activation",
    ),
    path("upgrade-terms/", TermsViewSet.as_view({"get": "list", "post": "publish"}), name="api-upgrade-terms"),
    path("upgrade-terms/export/", TermsViewSet.as_view({"get": "export"}), name="api-upgrade-terms-export"),
]
