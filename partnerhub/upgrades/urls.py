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
    path("settings/upgrade-activation/", views.ActivationView.as_view(), name="activation"),
    path("settings/upgrade-activation/secret/", views.ActivationSecretView.as_view(), name="activation-secret"),
    path("settings/upgrade-activation/test/", views.ActivationTestView.as_view(), name="activation-test"),
    path("settings/upgrade-activation/people/", views.ActivationPeopleView.as_view(), name="activation-people"),
    *list_paths("settings/upgrade-terms/", TermsList, "terms", views.TermsView),
    path("settings/upgrade-terms/new/", views.PublishView.as_view(), name="publish"),
    path("settings/upgrade-terms/<uuid:terms_id>/", views.VersionView.as_view(), name="version"),
]
