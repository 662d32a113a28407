"""Companies and contacts as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.web.bodies import Body, Day, Id, Number, Text, Tick, Word
from partnerhub.web.schema import NamedSerializer


class CompanySerializer(serializers.Serializer[Any]):
    """A customer's organisation, as one partner knows it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Grows with each change.")
    name = serializers.CharField()
    website = serializers.CharField(help_text="As it was typed.")
    host = serializers.CharField(help_text="What tells companies apart: lower case, IDN in its ASCII form.")
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2; may be empty.")
    postcode = serializers.CharField()
    partner = NamedSerializer()
    known_as = NamedSerializer(allow_null=True, help_text="The one that it was merged into; lists do not have it then.")
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class ContactSerializer(serializers.Serializer[Any]):
    """A person in a company."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Grows with each change.")
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    job_title = serializers.CharField()
    company = NamedSerializer(source="business")
    partner = NamedSerializer()
    known_as = NamedSerializer(
        allow_null=True, help_text="The one that they were merged into; lists do not have them then."
    )
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class VendorAccountSerializer(serializers.Serializer[Any]):
    """A business that the vendor itself knows. For the vendor's side only."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Grows with each change.")
    name = serializers.CharField()
    domains = serializers.ListField(child=serializers.CharField(), help_text="Registrable, IDN in their ASCII form.")
    customer_since = serializers.DateField(allow_null=True)
    seller = serializers.CharField()
    is_managed = serializers.BooleanField(help_text="Whether a seller manages the customer directly.")
    do_not_refer = serializers.BooleanField(help_text="Whether what partners bring for it goes to review.")
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class VendorAccountBody(Body):
    """What is not sent stays."""

    name = Text(max_length=200, required=False)
    domains = serializers.ListField(
        child=Text(max_length=300), max_length=50, required=False, help_text="Hosts, websites or mail addresses."
    )
    customer_since = Day(required=False, allow_null=True)
    seller = Text(max_length=150, required=False, allow_blank=True)
    is_managed = Tick(required=False)
    do_not_refer = Tick(required=False)


class SplitCompanyBody(Body):
    """What the other business is called, and which people and records are its. At least one of them."""

    name = Text(max_length=200)
    website = Text(max_length=300, required=False, allow_blank=True)
    contacts = serializers.ListField(child=Id(), max_length=100, required=False)
    brought = serializers.ListField(
        child=Id(), max_length=100, required=False, help_text="What brought the company and is the other one's."
    )


class SplitContactBody(Body):
    """Who the other person is, and which records are theirs. At least one of them."""

    first_name = Text(max_length=80, required=False, allow_blank=True)
    last_name = Text(max_length=80)
    email = Text(max_length=254, required=False, allow_blank=True)
    phone = Text(max_length=40, required=False, allow_blank=True)
    job_title = Text(max_length=100, required=False, allow_blank=True)
    brought = serializers.ListField(
        child=Id(), max_length=100, help_text="What brought the contact and is the other person’s."
    )


class MergeCompaniesBody(Body):
    """`take` names the values that are the other one's from now on; all others stay."""

    other = Id()
    other_version = Number(required=False, min_value=0, help_text="The version of the other one that was read.")
    take = serializers.ListField(
        child=Word(choices=["name", "website", "country", "postcode"]), max_length=4, required=False
    )


class MergeContactsBody(Body):
    """`take` names the values that are the other one's from now on; all others stay."""

    other = Id()
    other_version = Number(required=False, min_value=0, help_text="The version of the other one that was read.")
    take = serializers.ListField(
        child=Word(choices=["name", "email", "phone", "job_title", "company"]), max_length=5, required=False
    )
