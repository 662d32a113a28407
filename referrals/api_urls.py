"""Addresses of the API, below /api/v1/."""

from django.urls import path

from referrals.api import ReferralViewSet

urlpatterns = [
    path("referrals/", ReferralViewSet.as_view({"get": "list"}), name="api-referrals"),
    path("referrals/export/", ReferralViewSet.as_view({"get": "export"}), name="api-referrals-export"),
    path(
        "referrals/<uuid:referral_id>/external/",
        ReferralViewSet.as_view({"patch": "external"}),
        name="api-referral-external",
    ),
]
