"""Responses and the rules for them as JSON, and what the API takes to change those."""

from typing import Any

from rest_framework import serializers

from partnerhub.responses.models import ResponseRule, VendorResponse
from partnerhub.responses.services import MOST_RESPONSE_DAYS
from partnerhub.responses.states import Withheld
from partnerhub.web.bodies import Amount, Body, CurrencyCode, Id, Number, Tick
from partnerhub.web.schema import NamedSerializer
from partnerhub.web.shapes import shape_of


class SellerSerializer(serializers.Serializer[Any]):
    """Whom the partner works with."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()


VendorResponseSerializer = shape_of(
    *(VendorResponse, "partner", "deal", "number", "due_at", "answered_at"),
    about="What the vendor says to a shared deal. Partners get the seller once it is accepted, no reason where one is "
    "withheld, and never who was named before.",
    previous=serializers.UUIDField(
        source="previous_id", allow_null=True, help_text="The request that this one was created again from."
    ),
    seller=SellerSerializer(allow_null=True),
    representative=NamedSerializer(allow_null=True, help_text="For the vendor: who answers."),
    reason_code=serializers.CharField(help_text="Empty for a partner where `withheld` says why."),
    reason_text=serializers.CharField(help_text="Empty for a partner where `withheld` says why."),
    withheld=serializers.ChoiceField(choices=Withheld.choices, allow_blank=True),
    told=serializers.CharField(source="told_in_words", help_text="The sentence that the partner reads."),
    worth_minor=serializers.IntegerField(allow_null=True, help_text="Converted on the day of the answer."),
    threshold_minor=serializers.IntegerField(allow_null=True, help_text="As it was on the day of the answer."),
    currency=serializers.CharField(help_text="Of both amounts."),
    rate=serializers.DecimalField(max_digits=20, decimal_places=10, allow_null=True),
)
ResponseRuleSerializer = shape_of(
    *(ResponseRule, "answer_days", "is_threshold_on", "threshold_minor", "currency", "representative"),
    about="How the vendor answers shared deals: within how many days, and from which value on a reason is shown.",
)


class ResponseRuleBody(Body):
    """What is not sent stays."""

    answer_days = Number(min_value=1, max_value=MOST_RESPONSE_DAYS, required=False)
    is_threshold_on = Tick(required=False)
    threshold_minor = Amount(required=False)
    currency = CurrencyCode(required=False)
    representative = Id(required=False, allow_null=True)


def as_partners_get_it(response: VendorResponse, found: dict[str, Any]) -> dict[str, Any]:
    """The same without what a partner does not get."""
    told = response.told_to_partner
    return found | {
        "representative": None,
        "reason_code": told.get("code", ""),
        "reason_text": told.get("reason_text", ""),
    }
