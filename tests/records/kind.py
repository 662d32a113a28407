"""A kind of record that no product has, on the table of referrals: what an app writes for a machine with pages and API.

Nothing of leads is in it. The vendor ends a referral with a reason, and takes that back.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import include, path
from rest_framework import serializers

from partnerhub.records.api import StepsAPI
from partnerhub.records.kinds import Records
from partnerhub.records.pages import StepView
from partnerhub.records.values import needs_text
from partnerhub.roles import LEADS_AWARD, REFERRALS_VIEW, VENDOR
from partnerhub.states import Api, Asks, Dialog, Machine, Step, Text, Told, Undo
from partnerhub.urls import urlpatterns as product
from partnerhub.web.views import Crumb
from referrals.models import Referral
from referrals.selectors import referrals_for
from referrals.states import Status

# The row

ENDED = Told("ending.ended", "Referral ended", "Ended, %(merchant)s", "warn", "minus")
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
            dialog=Dialog("End %(merchant)s?", "It earns no more.", "End it", "Keep it", "%(merchant)s has ended."),
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
)


class Endings(Records[Referral]):
    permission = REFERRALS_VIEW
    model = Referral
    machine = ENDING
    plural = "endings"
    labels = {"status": "Status", "merchant": "Merchant"}

    def rows(self, by: Any) -> QuerySet[Referral]:
        return referrals_for(by)

    def event_data(self, record: Referral) -> dict[str, Any]:
        return {"version": record.version, "merchant": record.merchant}

    def words(self, record: Referral) -> dict[str, Any]:
        return {"merchant": record.merchant}


ENDINGS = Endings()

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


class EndingView(StepView):
    permission = REFERRALS_VIEW
    records = ENDINGS
    changed, see = "It has changed meanwhile", "See it as it is now"

    def line(self, record: Referral) -> str:
        return str(Status(record.status).label)

    def now_words(self, record: Referral) -> str:
        return f"It is now: {Status(record.status).label}."

    def crumbs(self) -> list[Crumb]:
        return [("Referrals", "/acme/referrals/")]


class EndingSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.CharField()


class EndingAPI(StepsAPI):
    permission = REFERRALS_VIEW
    records = ENDINGS
    id_name = "referral_id"
    serializer = EndingSerializer

    def json(self, record: Referral) -> dict[str, Any]:
        return {"id": str(record.pk), "status": record.status}


pages = [
    path("endings/<uuid:record_id>/", EndingView.as_view(), name="page"),
    *EndingView.paths("endings/<uuid:record_id>/"),
]
urlpatterns = [
    path("", include((pages, "endings"))),
    path("api/v1/", include(EndingAPI.paths("endings/<uuid:referral_id>/"))),
    *product,
]
