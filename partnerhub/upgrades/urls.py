"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.records.paths import record_paths
from partnerhub.upgrades import views
from partnerhub.upgrades.tables import TermsList
from partnerhub.web.lists.pages import list_paths

app_name = "upgrades"
urlpatterns = [
    path("leads/<uuid:lead_id>/upgrade-invitation/", views.SendView.as_view(), name="send"),
    *record_paths("upgrade-invitations/", views.InvitationView),
    path("invitations/<str:token>/", views.OwnerView.as_view(), name="owner"),
    *list_paths("settings/upgrade-terms/", TermsList, "terms", views.TermsView),
    path("settings/upgrade-terms/new/", views.PublishView.as_view(), name="publish"),
    path("settings/upgrade-terms/<uuid:terms_id>/", views.VersionView.as_view(), name="version"),
]
