"""The referral history over the API: list, record, timeline. The portal itself takes all steps."""

from django.utils.translation import gettext_lazy

from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.records.api import Resource
from partnerhub.web.editing import Fields, Lock, all_fields
from referrals.serializers import ReferralSerializer
from referrals.services import REFERRALS
from referrals.tables import ReferralList

AS_AWARDED = Lock(gettext_lazy("This came with what was referred; it can’t be changed here."))


class ReferralViewSet(OfExternalSystems, Resource):
    """A foreign id and none are the same 404."""

    records, list_class, serializer = REFERRALS, ReferralList, ReferralSerializer
    id_name, tag, one = "referral_id", "Referrals", "a referral"
    read_as = described_with_external("ReferralReadSerializer", ReferralSerializer)
    external = external_action("referrals", "Referrals")

    def fields_now(self) -> Fields:
        return all_fields(("merchant", "plan", "date"), AS_AWARDED)
