"""Deal registrations over the API, and the rules for them."""

from deals.selectors.registrations import registration_rule
from deals.serializers.registrations import (
    DealRegistrationRuleBody,
    DealRegistrationRuleSerializer,
    DealRegistrationSerializer,
)
from deals.services.registering import DEAL_REGISTRATIONS
from deals.services.registration_rules import change_registration_rule
from deals.tables.registrations import DealRegistrationList
from partnerhub.records.api import Resource
from partnerhub.records.ruled import rules_api
from partnerhub.states import Api


class DealRegistrationsAPI(Resource):
    records, list_class, serializer = DEAL_REGISTRATIONS, DealRegistrationList, DealRegistrationSerializer
    id_name, tag, one = "dealregistration_id", "Deals", "a deal registration"


DealRegistrationRulesAPI = rules_api(
    "deal_registration_rules",
    current=registration_rule,
    verb=change_registration_rule,
    serializer=DealRegistrationRuleSerializer,
    body=DealRegistrationRuleBody,
    tag="Deals",
    read=Api(
        "The rules for deal registrations",
        "For how many days a registered deal protects its customer, and how many more an extension adds.",
    ),
    change=Api(
        "Change the rules for deal registrations",
        "What is not sent stays. They hold for what is registered and extended from now on.",
    ),
)
