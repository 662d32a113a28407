"""Deal registrations and the rules for them as JSON, and what the API takes to change those."""

from rest_framework import serializers

from deals.models import DealRegistration, DealRegistrationRule
from deals.services.registration_rules import MOST_REGISTERED_DAYS
from partnerhub.web.bodies import Body, Number
from partnerhub.web.shapes import shape_of

DealRegistrationSerializer = shape_of(
    *(DealRegistration, "deal", "partner", "starts_at", "until", "extension", "extension_text", "extension_answer"),
    about="What a shared deal holds for its partner: the customer, until a moment.",
    days_left=serializers.IntegerField(help_text="0 once it is over."),
)
DealRegistrationRuleSerializer = shape_of(
    *(DealRegistrationRule, "protected_days", "extended_days"),
    about="For how many days a registered deal protects its customer, and how many more an extension adds.",
)


class DealRegistrationRuleBody(Body):
    """What is not sent stays."""

    protected_days = Number(min_value=1, max_value=MOST_REGISTERED_DAYS, required=False)
    extended_days = Number(min_value=1, max_value=MOST_REGISTERED_DAYS, required=False)
