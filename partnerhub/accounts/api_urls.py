"""Addresses of the API, below /api/v1/."""

from typing import Any

from django.urls import path

from partnerhub.accounts.api import (
    AccessRequestViewSet,
    InvitationViewSet,
    MemberViewSet,
    MeViewSet,
    PartnerStepsViewSet,
    PartnerViewSet,
    RoleViewSet,
    SavedViewViewSet,
    ServiceMemberViewSet,
    TokenViewSet,
)
from partnerhub.accounts.api.entries import (
    LocationViewSet,
    OwnLocationViewSet,
    OwnSolutionViewSet,
    RateViewSet,
    SolutionViewSet,
    TierViewSet,
)
from partnerhub.accounts.tables import InvitationList, MemberList, TokenList
from partnerhub.partners.external_api import ExternalViewSet
from partnerhub.web.lists.bulk_api import bulk_api_paths

MEMBER_PATH = "members/<uuid:id>/"
REQUEST = "access-requests/<uuid:id>/"
PARTNER_PATH = "partners/<uuid:partner_id>/"
INVITATION_PATH = "invitations/<uuid:id>/"
LIST_AND_CREATE: dict[str, Any] = {"get": "list", "post": "create"}
EXPORT: dict[str, Any] = {"get": "export"}
CHANGE: dict[str, Any] = {"patch": "partial_update"}
ONE: dict[str, Any] = {"get": "retrieve", "delete": "destroy"}

urlpatterns = [
    path("me/", MeViewSet.as_view({"get": "retrieve", "patch": "partial_update"}), name="api-me"),
    path("roles/", RoleViewSet.as_view({"get": "list"}), name="api-roles"),
    path("members/", MemberViewSet.as_view({"get": "list"}), name="api-members"),
    *bulk_api_paths("members/", MemberList, tag="People"),
    path("members/export/", MemberViewSet.as_view({"get": "export"}), name="api-members-export"),
    path(MEMBER_PATH, MemberViewSet.as_view(ONE), name="api-member"),
    path(f"{MEMBER_PATH}external/", MemberViewSet.as_view({"patch": "external"}), name="api-member-external"),
    path(f"{MEMBER_PATH}roles/", MemberViewSet.as_view({"put": "set_roles"}), name="api-member-roles"),
    path(f"{MEMBER_PATH}holdings/", MemberViewSet.as_view({"get": "holdings"}), name="api-member-holdings"),
    path(f"{MEMBER_PATH}remove/", MemberViewSet.as_view({"post": "remove"}), name="api-member-remove"),
    path(f"{MEMBER_PATH}restore/", MemberViewSet.as_view({"post": "restore"}), name="api-member-restore"),
    path("access-requests/", AccessRequestViewSet.as_view(LIST_AND_CREATE), name="api-access-requests"),
    path("access-requests/export/", AccessRequestViewSet.as_view(EXPORT), name="api-access-requests-export"),
    path(REQUEST, AccessRequestViewSet.as_view({"get": "retrieve"}), name="api-access-request"),
    path(f"{REQUEST}grant/", AccessRequestViewSet.as_view({"post": "grant"}), name="api-grant"),
    path(f"{REQUEST}refuse/", AccessRequestViewSet.as_view({"post": "refuse"}), name="api-refuse"),
    path("invitations/", InvitationViewSet.as_view(LIST_AND_CREATE), name="api-invitations"),
    *bulk_api_paths("invitations/", InvitationList, tag="People"),
    path("invitations/export/", InvitationViewSet.as_view(EXPORT), name="api-invitations-export"),
    path(INVITATION_PATH, InvitationViewSet.as_view(ONE), name="api-invitation"),
    path(f"{INVITATION_PATH}resend/", InvitationViewSet.as_view({"post": "resend"}), name="api-invitation-resend"),
    path("partners/", PartnerViewSet.as_view(LIST_AND_CREATE), name="api-partners"),
    path("partners/export/", PartnerViewSet.as_view({"get": "export"}), name="api-partners-export"),
    path(PARTNER_PATH, PartnerViewSet.as_view({"get": "retrieve", "patch": "partial_update"}), name="api-partner"),
    path(f"{PARTNER_PATH}timeline/", PartnerViewSet.as_view({"get": "timeline"}), name="api-partner-timeline"),
    path(f"{PARTNER_PATH}external/", PartnerViewSet.as_view({"patch": "external"}), name="api-partner-external"),
    *(
        path(f"{PARTNER_PATH}{name}/", view.as_view(LIST_AND_CREATE), name=f"api-partner-{name}")
        for name, view in (("locations", LocationViewSet), ("solutions", SolutionViewSet))
    ),
    path("locations/<uuid:id>/", LocationViewSet.as_view(CHANGE), name="api-locations-one"),
    *(
        entry
        for name, view in (("locations", OwnLocationViewSet), ("solutions", OwnSolutionViewSet))
        for entry in (
            path(f"profile/{name}/", view.as_view(LIST_AND_CREATE), name=f"api-profile-{name}"),
            path(f"profile/{name}/<uuid:id>/", view.as_view(CHANGE), name=f"api-profile-{name}-one"),
        )
    ),
    path("tiers/", TierViewSet.as_view(LIST_AND_CREATE), name="api-tiers"),
    path("tiers/<uuid:id>/", TierViewSet.as_view(CHANGE), name="api-tier"),
    path("rates/", RateViewSet.as_view(LIST_AND_CREATE), name="api-rates"),
    path("rates/export/", RateViewSet.as_view({"get": "export"}), name="api-rates-export"),
    path("external/", ExternalViewSet.as_view({"get": "list"}), name="api-external"),
    path("external/export/", ExternalViewSet.as_view({"get": "export"}), name="api-external-export"),
    path(f"{PARTNER_PATH}managers/", PartnerViewSet.as_view({"put": "managers"}), name="api-partner-managers"),
    path(f"{PARTNER_PATH}tier/", PartnerViewSet.as_view({"put": "tier"}), name="api-partner-tier"),
    *PartnerStepsViewSet.paths(PARTNER_PATH),
    path("service-members/", ServiceMemberViewSet.as_view(LIST_AND_CREATE), name="api-service-members"),
    path("service-members/export/", ServiceMemberViewSet.as_view(EXPORT), name="api-service-members-export"),
    path("views/", SavedViewViewSet.as_view(LIST_AND_CREATE), name="api-views"),
    path("views/export/", SavedViewViewSet.as_view(EXPORT), name="api-views-export"),
    path("views/<uuid:id>/", SavedViewViewSet.as_view(ONE | {"patch": "partial_update"}), name="api-view"),
    path("tokens/", TokenViewSet.as_view(LIST_AND_CREATE), name="api-tokens"),
    *bulk_api_paths("tokens/", TokenList, tag="People"),
    path("tokens/export/", TokenViewSet.as_view(EXPORT), name="api-tokens-export"),
    path("tokens/<uuid:id>/", TokenViewSet.as_view(ONE), name="api-token"),
]
