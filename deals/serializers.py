"""Companies and contacts as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

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
    company = NamedSerializer()
    partner = NamedSerializer()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)
