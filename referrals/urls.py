"""Addresses of the referrals pages, below the tenant."""

from partnerhub.web.lists.pages import list_paths
from referrals.tables import ReferralList

app_name = "referrals"
urlpatterns = list_paths("referrals/", ReferralList, "history")
