"""Partners as JSON, and what may be sent about them."""

from typing import Any

from rest_framework import serializers

from partnerhub.accounts.serializers.bodies import roles_field
from partnerhub.partners.external_api import ExternalBody
from partnerhub.partners.models import Partner
from partnerhub.partners.states import LIFT, SUSPEND, Status
from partnerhub.records.serializers import moment
from partnerhub.web.bodies import Address, Body, Id, Text

COUNTRY = "ISO 3166-1 alpha-2."


class FirstPersonBody(Body):
    """Who is invited with the partner; they have to be Account admin, and may hold other roles too."""

    email = Address(max_length=254)
    first_name = Text(max_length=75)
    last_name = Text(max_length=75)
    roles = roles_field(min_length=1)


class PartnerChangesBody(Body):
    """What is not sent stays."""

    name = Text(max_length=200, required=False)
    country = Text(max_length=2, required=False, allow_blank=True, help_text=COUNTRY)
    language = Text(max_length=10, required=False, allow_blank=True, help_text="Empty: the portal's.")
    timezone = Text(max_length=64, required=False, allow_blank=True, help_text="Empty: the portal's.")
    website = Text(max_length=200, required=False, allow_blank=True, help_text="`shop.example` will do.")


class PartnerBody(ExternalBody, PartnerChangesBody):
    """A new partner, and who is invited for it."""

    name = Text(max_length=200)
    first_person = FirstPersonBody(required=False, allow_null=True, help_text="Without one, invite somebody later.")


class ManagersBody(Body):
    managers = serializers.ListField(
        child=Id(), max_length=20, help_text="Ids of members of the vendor; with none, every channel manager."
    )


class PartnerTierBody(Body):
    tier = Id(allow_null=True, help_text="Of `tiers/`; null: none.")


class PartnerSerializer(serializers.Serializer[Any]):
    """An organisation enrolled in the programme."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    country = serializers.CharField(help_text=f"{COUNTRY} May be empty.")
    language = serializers.CharField(help_text="Empty: the portal's.")
    timezone = serializers.CharField(help_text="Empty: the portal's.")
    website = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices, help_text="A suspended partner's members only read.")
    suspension_reason = serializers.CharField()
    managers = serializers.ListField(
        child=serializers.UUIDField(), help_text="The channel managers who look after it; empty: all of them."
    )
    tier = serializers.UUIDField(allow_null=True, help_text="Of `tiers/`: its claim limits are those of the tier.")
    allowed = serializers.ListField(
        child=serializers.ChoiceField(choices=[(SUSPEND, SUSPEND), (LIFT, LIFT)]), help_text="What you may do now."
    )
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class PartnerListSerializer(serializers.Serializer[Any]):
    """A page of partners. The pages before and after are links; there is no count."""

    results = PartnerSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


def partner_json(partner: Partner, allowed: list[str]) -> dict[str, Any]:
    return {
        "id": str(partner.pk),
        "version": partner.version,
        "name": partner.name,
        "country": str(partner.country),
        "language": partner.language,
        "timezone": partner.timezone,
        "website": partner.website,
        "status": partner.status,
        "suspension_reason": partner.suspension_reason,
        "managers": [str(key) for key in partner.managers],
        "tier": str(partner.tier_id) if partner.tier_id else None,
        "allowed": allowed,
        "created_at": moment(partner.created_at),
        "updated_at": moment(partner.updated_at),
    }
