"""Addresses of the API, below /api/v1/."""

from partnerhub.records.paths import api_paths
from referrals.api import ReferralViewSet

urlpatterns = api_paths("referrals/", ReferralViewSet, "referral")
