"""Addresses of the accounts pages, below the tenant (seats: below the bare host too)."""

from django.urls import path

from partnerhub.accounts.tables import AccessRequestList, InvitationList, MemberList, TokenList
from partnerhub.accounts.views import (
    access,
    entries,
    invitations,
    partners,
    personal,
    saved_views,
    seats,
    tokens,
    users,
)
from partnerhub.partners.tables import PartnerList, RateList
from partnerhub.web.lists.pages import list_paths

app_name = "accounts"
urlpatterns = [
    path("accounts/seats/", seats.SeatsView.as_view(), name="seats"),
    path("welcome/<str:token>/", invitations.WelcomeView.as_view(), name="welcome"),
    *list_paths("settings/users/", MemberList, "users", users.UsersView),
    path("settings/users/invite/", invitations.InviteView.as_view(), name="invite"),
    path("settings/users/<uuid:id>/", users.MemberView.as_view(), name="member"),
    path("settings/users/<uuid:id>/remove/", users.RemoveMemberView.as_view(), name="remove"),
    path("settings/users/<uuid:id>/restore/", users.RestoreMemberView.as_view(), name="restore"),
    *list_paths("settings/invitations/", InvitationList, "invitations"),
    path("settings/invitations/<uuid:id>/resend/", invitations.ResendView.as_view(), name="resend"),
    path("settings/invitations/<uuid:id>/revoke/", invitations.RevokeView.as_view(), name="revoke"),
    *list_paths("partners/", PartnerList, "partners", partners.PartnersView),
    path("partners/new/", partners.NewPartnerView.as_view(), name="new-partner"),
    path("partners/<uuid:partner_id>/", partners.PartnerView.as_view(), name="partner"),
    path("partners/<uuid:partner_id>/locations/new/", entries.LocationView.as_view(), name="new-location"),
    path("partners/locations/<uuid:id>/", entries.LocationView.as_view(), name="partner-location"),
    path("partners/<uuid:partner_id>/solutions/new/", entries.SolutionView.as_view(), name="new-solution"),
    path("partners/solutions/<uuid:id>/", entries.SolutionView.as_view(), name="partner-solution"),
    path("profile/", entries.OwnProfileView.as_view(), name="own-profile"),
    path("profile/locations/new/", entries.OwnLocationView.as_view(), name="new-own-location"),
    path("profile/locations/<uuid:id>/", entries.OwnLocationView.as_view(), name="own-location"),
    path("settings/tiers/", entries.TiersView.as_view(), name="tiers"),
    path("settings/tiers/new/", entries.TierView.as_view(), name="new-tier"),
    path("settings/tiers/<uuid:id>/", entries.TierView.as_view(), name="tier"),
    *list_paths("settings/rates/", RateList, "rates", entries.RatesView),
    path("settings/rates/new/", entries.RateView.as_view(), name="new-rate"),
    path("partners/<uuid:partner_id>/managers/", partners.ManagersView.as_view(), name="partner-managers"),
    path("partners/<uuid:partner_id>/tier/", partners.PartnerTierView.as_view(), name="partner-tier"),
    *partners.PartnerStepView.paths("partners/<uuid:record_id>/", "partner-step"),
    path("views/<slug:list_name>/new/", saved_views.NewViewView.as_view(), name="new-view"),
    path("views/<uuid:id>/", saved_views.ViewView.as_view(), name="view"),
    path("views/<uuid:id>/save/", saved_views.KeepViewView.as_view(), name="keep-view"),
    path("views/<uuid:id>/duplicate/", saved_views.CopyViewView.as_view(), name="copy-view"),
    path("views/<uuid:id>/default/", saved_views.DefaultViewView.as_view(), name="default-view"),
    path("views/<uuid:id>/delete/", saved_views.DeleteViewView.as_view(), name="delete-view"),
    *list_paths("settings/access-requests/", AccessRequestList, "access-requests"),
    path("access-requests/", access.RequestAccessView.as_view(), name="request-access"),
    path("access-requests/<uuid:id>/", access.AccessRequestView.as_view(), name="access-request"),
    path("access-requests/<uuid:id>/grant/", access.GrantView.as_view(), name="grant"),
    path("access-requests/<uuid:id>/refuse/", access.RefuseView.as_view(), name="refuse"),
    path("settings/profile/", personal.ProfileView.as_view(), name="profile"),
    path("settings/security/", personal.SecurityView.as_view(), name="security"),
    path("settings/security/sessions/end-others/", personal.EndOtherSessionsView.as_view(), name="end-others"),
    path("settings/security/sessions/<int:id>/end/", personal.EndSessionView.as_view(), name="end-session"),
    *list_paths("settings/tokens/", TokenList, "tokens", tokens.TokensView),
    path("settings/tokens/service-members/new/", tokens.NewServiceMemberView.as_view(), name="new-service-member"),
    path("settings/tokens/new/", tokens.NewTokenView.as_view(), name="new-token"),
    path("settings/tokens/<uuid:id>/revoke/", tokens.RevokeTokenView.as_view(), name="revoke-token"),
]
