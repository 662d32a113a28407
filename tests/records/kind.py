"""A kind of record that no product has, on the table of referrals: what an app writes for a machine with pages and API.

Nothing of leads is in it. The vendor ends a referral with a reason, and takes that back.
"""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.urls import include, path
from rest_framework import serializers

from partnerhub.records.api import Resource
from partnerhub.records.kinds import Records
from partnerhub.records.paths import api_paths, record_paths
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.records.values import needs_text
from partnerhub.roles import LEADS_AWARD, REFERRALS_VIEW, VENDOR
from partnerhub.states import Api, Asks, Dialog, Machine, Step, Text, Told, Undo
from partnerhub.urls import urlpatterns as product
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import facts_card
from referrals.models import Referral
from referrals.selectors import referrals_for
from referrals.states import Status
from referrals.tables import ReferralList

# The row

ENDED = Told("ending.ended", "Referral ended", "Ended, %(merchant)s")
BACK = Told("ending.undone", "End of a referral undone", "Goes on", "info", "undo")
ENDING = Machine(
    "ending",
    (
        Step(
            "end",
            "End",
            (Status.ACTIVE,),
            Status.ENDED,
            LEADS_AWARD,
            VENDOR,
            told=ENDED,
            asks=Asks("EndBody", "Why it ends.", (Text("text", "Why it ends"),)),
            dialog=Dialog("End %(merchant)s?", "It earns no more.", done="%(merchant)s has ended."),
            api=Api("End a referral", "It earns no more."),
            undo=Undo(
                "undo_end",
                BACK,
                Api("Undo the end", "It goes on."),
                done="%(merchant)s goes on.",
                kept="%(merchant)s has changed since.",
            ),
        ),
    ),
    states=Status,
    tones={Status.ACTIVE: ("good", "check"), Status.ENDED: ("warn", "minus")},
    next={Status.ACTIVE: "%(merchant)s earns on."},
    keep="Keep it",
)


class Endings(Records[Referral]):
    permission = REFERRALS_VIEW
    model = Referral
    machine = ENDING
    plural, called, many, icon = "endings", "Ending", "Endings", "minus"
    labels = {"status": "Status", "merchant": "Merchant"}
    tells = {"merchant": "merchant"}

    def rows(self, by: Any) -> QuerySet[Referral]:
        return referrals_for(by)


ENDINGS = Endings()
ADDRESSES = Addresses("endings:page", "endings:step", ENDING.names)

# The verb, and its way back


@ENDINGS.verb("end")
@transaction.atomic
def end_referral(referral_id: UUID, *, text: str, by: Any, seen: int | None = None) -> Referral:
    referral = ENDINGS.locked(referral_id, by=by, seen=seen)
    ENDING.check("end", referral, by)
    return ENDINGS.take("end", referral, by=by, data={"reason_text": needs_text(text, "text")})


@ENDINGS.verb("undo_end")
@transaction.atomic
def undo_end(referral_id: UUID, *, by: Any, seen: int | None = None) -> Referral:
    referral = ENDINGS.locked(referral_id, by=by, seen=seen)
    return ENDINGS.undo("undo_end", referral, by=by, changes={"status": Status.ACTIVE}, data={})


# Pages and API


class EndingView(RecordView):
    kept, record_list, first = ENDINGS, ReferralList, ("end",)
    line = (Fact("Ending"), Fact("of %(partner)s", cell.Text("partner.name"), side=VENDOR))
    main = (NEXT, facts_card("The ending", Fact("Merchant", cell.Text("merchant")), Fact("Plan", cell.Text("plan"))))
    aside = (TIMELINE,)


class EndingSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.CharField()


class EndingAPI(Resource):
    records, list_class, serializer = ENDINGS, ReferralList, EndingSerializer
    id_name, tag, one = "referral_id", "Endings", "an ending"


with pytest.MonkeyPatch.context() as patch:  # the product's referrals have no pages; these tests say that they have
    patch.setattr(Referral, "urls", ADDRESSES, raising=False)
    pages = record_paths("endings/", EndingView)
urlpatterns = [
    path("", include((pages, "endings"))),
    path("api/v1/", include(api_paths("endings/", EndingAPI, "ending"))),
    *product,
]
