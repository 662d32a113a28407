"""The referral history over the API."""

from typing import Any

from partnerhub.roles import REFERRALS_VIEW
from partnerhub.web.lists.api import ListAPI, serves
from referrals.models import Referral
from referrals.serializers import ReferralSerializer, referral_json
from referrals.tables import ReferralList


@serves(ReferralList, ReferralSerializer, tag="Referrals")
class ReferralViewSet(ListAPI):
    permission = REFERRALS_VIEW

    def row_json(self, row: Referral) -> dict[str, Any]:
        return referral_json(row)
