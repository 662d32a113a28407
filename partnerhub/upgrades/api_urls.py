"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.upgrades.api import InvitationStepsAPI, InvitationsViewSet, TermsViewSet

INVITATION = "upgrade-invitations/<uuid:upgrade_id>/"
urlpatterns = [
    path("upgrade-invitations/", InvitationsViewSet.as_view({"get": "list"}), name="api-upgrade-invitations"),
    path(
        "upgrade-invitations/export/",
        InvitationsViewSet.as_view({"get": "export"}),
        name="api-upgrade-invitations-export",
    ),
    path(INVITATION, InvitationStepsAPI.as_view({"get": "retrieve"}), name="api-upgrade-invitation"),
    *InvitationStepsAPI.paths(INVITATION),
    path(
        "leads/<uuid:lead_id>/upgrade-invitation/",
        InvitationsViewSet.as_view({"post": "send"}),
        name="api-lead-upgrade-invitation",
    ),
    path("upgrade-terms/", TermsViewSet.as_view({"get": "list", "post": "publish"}), name="api-upgrade-terms"),
    path("upgrade-terms/export/", TermsViewSet.as_view({"get": "export"}), name="api-upgrade-terms-export"),
]
