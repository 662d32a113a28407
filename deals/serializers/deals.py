"""Deals as JSON, and what may be sent about them."""

from rest_framework import serializers

from deals.models import Deal
from deals.states.deals import EDIT_DEAL, PHASE_ACTIVE, PHASE_CLOSED, PHASE_NEW, Help
from partnerhub.records.bodies import change_body_of
from partnerhub.web.shapes import shape_of

ChangeDealBody = change_body_of(EDIT_DEAL)


DealSerializer = shape_of(
    *(Deal, "name", "partner", "created_by", "company", "contact", "value_minor", "currency", "close_date", "stage"),
    *(
        "type",
        "direction",
        "campaign",
        "crm_id",
        "notes",
        "intro_note",
        "pain",
        "next_steps",
        "vendor_contact",
        "reason_code",
        "reason_text",
    ),
    about="A sale that may be. Once its phase is closed it never changes.",
    active_registrations=serializers.IntegerField(help_text="How many of its registrations are active."),
    phase=serializers.ChoiceField(choices=[PHASE_NEW, PHASE_ACTIVE, PHASE_CLOSED]),
    help_needed=serializers.ListField(child=serializers.ChoiceField(choices=Help.choices)),
    solutions=serializers.ListField(child=serializers.UUIDField()),
    team=serializers.ListField(child=serializers.UUIDField()),
    cloned_from=serializers.UUIDField(
        source="cloned_from_id", allow_null=True, help_text="The deal that it is a clone of."
    ),
)
