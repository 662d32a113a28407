"""The referral history over the API."""

from typing import Any

from django.http import Http404

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.partners.external_api import OfExternalSystems, external_action
from partnerhub.roles import REFERRALS_VIEW
from partnerhub.web.lists.api import ListAPI, serves
from referrals.models import Referral
from referrals.selectors import referrals_for
from referrals.serializers import ReferralSerializer, referral_json
from referrals.tables import ReferralList


@serves(ReferralList, ReferralSerializer, tag="Referrals")
class ReferralViewSet(OfExternalSystems, ListAPI, SeatViewSet):
    permission = REFERRALS_VIEW
    external = external_action("referrals", "Referrals")

    def external_subject(self) -> Referral:
        found: Referral | None = referrals_for(self.membership).filter(pk=self.kwargs["referral_id"]).first()
        if found is None:
            raise Http404
        return found

    def row_json(self, row: Referral) -> dict[str, Any]:
        return referral_json(row)
