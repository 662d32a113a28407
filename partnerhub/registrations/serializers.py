"""Registrations, incentives and the rules as JSON, and what the API takes."""

from typing import Any

from rest_framework import serializers

from partnerhub.errors import Reason
from partnerhub.registrations.models import Incentive, Registration, RegistrationRule
from partnerhub.registrations.services import MOST_RULE_DAYS
from partnerhub.web.bodies import Amount, Body, CurrencyCode, Id, Number
from partnerhub.web.schema import NamedSerializer
from partnerhub.web.shapes import shape_of

IncentiveSerializer = shape_of(
    *(Incentive, "name", "code", "is_ip", "threshold_minor", "currency", "conditions"),
    about="What won deals are registered for, if it is for own solutions (`is_ip`).",
)
RegistrationSerializer = shape_of(
    *(Registration, "partner", "deal", "incentive", "owner", "solution", "contract_minor", "currency"),
    *("signed_on", "contract_start", "contract_end", "worth_minor", "worth_currency", "due_at", "needs_two"),
    *("question", "extension", "extension_text", "reason_code", "reason_text"),
    about="The claim of a won deal for an incentive. What the deal is worth is converted on the day of registering.",
    rate=serializers.DecimalField(max_digits=20, decimal_places=10),
    amount_approved_by=NamedSerializer(allow_null=True, help_text="For the vendor: the first of two who approve."),
)
RegistrationRuleSerializer = shape_of(
    *(RegistrationRule, "deadline_days", "answer_days", "extension_days", "two_from_minor", "currency"),
    about="How long partners have to send and to answer, and from which contract value on two people approve.",
)


class EligibilitySerializer(serializers.Serializer[Any]):
    """One condition of registering: met or missing, and who can mend it."""

    code = serializers.CharField()
    ok = serializers.BooleanField()
    text = serializers.CharField()
    who = serializers.CharField(allow_blank=True)


class OfferedIncentiveSerializer(serializers.Serializer[Any]):
    """An incentive, and what it asks of the deal."""

    incentive = IncentiveSerializer()
    conditions = EligibilitySerializer(many=True)


class DealRegistrationsSerializer(serializers.Serializer[Any]):
    """The registrations of a deal, what a new one needs, and what it could be registered for."""

    registrations = RegistrationSerializer(many=True)
    conditions = EligibilitySerializer(many=True)
    offers = OfferedIncentiveSerializer(many=True)


class RegisterDealBody(Body):
    """For which incentive."""

    incentive = Id()


class RegistrationRuleBody(Body):
    """What is not sent stays."""

    deadline_days = Number(min_value=1, max_value=MOST_RULE_DAYS, required=False)
    answer_days = Number(min_value=1, max_value=MOST_RULE_DAYS, required=False)
    extension_days = Number(min_value=1, max_value=MOST_RULE_DAYS, required=False)
    two_from_minor = Amount(required=False)
    currency = CurrencyCode(required=False)


def condition_json(reason: Reason) -> dict[str, Any]:
    """A condition as the API tells it."""
    return {"code": reason.code, "ok": reason.ok, "text": str(reason.text), "who": str(reason.who)}
