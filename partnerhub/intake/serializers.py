"""Intake links as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.intake.models import IntakeLink
from partnerhub.intake.selectors import public_address
from partnerhub.intake.services.records import MOST_A_DAY, MOST_ORIGINS
from partnerhub.intake.states import ComesIn, Status
from partnerhub.web.bodies import Body, Number, Text, Tick, Word
from partnerhub.web.schema import NamedSerializer


class IntakeLinkSerializer(serializers.Serializer[Any]):
    """A public form of a partner for one program."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    partner = NamedSerializer()
    program = serializers.CharField(source="program.slug")
    comes_in = serializers.ChoiceField(choices=ComesIn.choices)
    url = serializers.SerializerMethodField(help_text="The form's public address; a QR code holds it.")
    frame_origins = serializers.ListField(child=serializers.CharField(), help_text="Who may show it in a frame.")
    daily_limit = serializers.IntegerField()
    received = serializers.IntegerField()
    expires_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)
    created_at = serializers.DateTimeField(default_timezone=UTC)

    def get_url(self, link: IntakeLink) -> str:
        return public_address(link)


class NewIntakeLinkBody(Body):
    """A new link. `terms`: you accept the program's terms for what comes in."""

    name = Text(max_length=80)
    program = Text(max_length=40)
    comes_in = Word(choices=ComesIn.choices)
    terms = Tick()
    daily_limit = Number(min_value=1, max_value=MOST_A_DAY, required=False)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)
    frame_origins = serializers.ListField(child=Text(max_length=200), max_length=MOST_ORIGINS, required=False)


class ChangeIntakeLinkBody(Body):
    """What is not sent stays; so does the address of the form."""

    name = Text(max_length=80, required=False)
    comes_in = Word(choices=ComesIn.choices, required=False)
    daily_limit = Number(min_value=1, max_value=MOST_A_DAY, required=False)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)
    frame_origins = serializers.ListField(child=Text(max_length=200), max_length=MOST_ORIGINS, required=False)
