"""Deals as JSON, and what may be sent about them."""

from rest_framework import serializers

from deals.models import Deal
from deals.services.deals import MOST_ON_DEAL
from deals.states.deals import PHASE_ACTIVE, PHASE_CLOSED, PHASE_NEW, DealType, Help
from partnerhub.money import LARGEST_AMOUNT
from partnerhub.web.bodies import Address, Body, Day, Id, Number, Text, Tick, Word
from partnerhub.web.shapes import shape_of


def _ids(*, help_text: str, required: bool = True) -> serializers.ListField:
    return serializers.ListField(
        child=Id(), min_length=1, max_length=MOST_ON_DEAL, help_text=help_text, required=required
    )


def _minor(*, required: bool = True) -> Number:
    return Number(
        min_value=1,
        max_value=LARGEST_AMOUNT,
        required=required,
        help_text="In minor units of the currency: cents of a euro.",
    )


class MoneyBody(Body):
    value_minor = _minor()
    currency = Text(max_length=3, help_text="ISO 4217.")


class WinDealBody(MoneyBody):
    """What it came to, and the day on which it was won. For good."""

    close_date = Day()


class CloneDealBody(Body):
    """When the new deal is expected to be closed."""

    close_date = Day()


class DealBody(MoneyBody):
    """What opening a deal takes, whoever its customer is."""

    name = Text(max_length=200)
    close_date = Day()
    type = Word(choices=DealType.choices, required=False)
    help_needed = serializers.ListField(child=Word(choices=Help.choices), max_length=len(Help), required=False)
    solutions = _ids(help_text="Ids of co-sell ready solutions of your organisation.")
    team = _ids(help_text="Ids of members of your organisation.")
    campaign = Text(max_length=100, required=False, allow_blank=True)
    crm_id = Text(max_length=100, required=False, allow_blank=True)
    notes = Text(max_length=4000, required=False, allow_blank=True)


class NewDealBody(DealBody):
    """A deal of your organisation's, active at once. The company is found by website or name, or made."""

    company = Text(max_length=200)
    website = Text(max_length=200, required=False, allow_blank=True)
    first_name = Text(max_length=80, required=False, allow_blank=True)
    last_name = Text(max_length=80, required=False, allow_blank=True)
    email = Address(required=False, allow_blank=True)
    consent = Tick(help_text="true: the customer agreed.")


class ChangeDealBody(Body):
    """What is not sent stays. The customer is written once; the type only moves up."""

    name = Text(max_length=200, required=False)
    value_minor = _minor(required=False)
    currency = Text(max_length=3, required=False, help_text="ISO 4217.")
    close_date = Day(required=False)
    type = Word(choices=DealType.choices, required=False)
    help_needed = serializers.ListField(child=Word(choices=Help.choices), max_length=len(Help), required=False)
    solutions = _ids(help_text="Ids of co-sell ready solutions of your organisation.", required=False)
    team = _ids(help_text="Ids of members of your organisation.", required=False)
    campaign = Text(max_length=100, required=False, allow_blank=True)
    crm_id = Text(max_length=100, required=False, allow_blank=True)
    notes = Text(max_length=4000, required=False, allow_blank=True)


DealSerializer = shape_of(
    *(Deal, "name", "partner", "created_by", "company", "contact", "value_minor", "currency", "close_date", "stage"),
    *("type", "direction", "campaign", "crm_id", "notes", "reason_code", "reason_text"),
    about="A sale that may be. Once its phase is closed it never changes.",
    phase=serializers.ChoiceField(choices=[PHASE_NEW, PHASE_ACTIVE, PHASE_CLOSED]),
    help_needed=serializers.ListField(child=serializers.ChoiceField(choices=Help.choices)),
    solutions=serializers.ListField(child=serializers.UUIDField()),
    team=serializers.ListField(child=serializers.UUIDField()),
    cloned_from=serializers.UUIDField(
        source="cloned_from_id", allow_null=True, help_text="The deal that it is a clone of."
    ),
)
