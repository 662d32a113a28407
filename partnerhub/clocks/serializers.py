"""Due times as JSON, and what the API takes to change them."""

from typing import Any

from rest_framework import serializers

from partnerhub.clocks.models import DueTimes
from partnerhub.clocks.services.due_times import DUE_RANGES
from partnerhub.clocks.states import Escalation
from partnerhub.web.bodies import Body, Number, Word


class DueTimesSerializer(serializers.Serializer[Any]):
    """What is due when in a program, in hours of the calendar."""

    id = serializers.UUIDField(source="program_id", help_text="That of the program.")
    slug = serializers.CharField(source="program.slug")
    decision_hours = serializers.IntegerField()
    contact_hours = serializers.IntegerField(help_text="For Plus leads without sales support.")
    answer_hours = serializers.IntegerField(help_text="For a partner that was asked for more information.")
    appeal_hours = serializers.IntegerField(help_text="For the decision on an appeal.")
    reminder_hours = serializers.IntegerField(help_text="So long before, whoever has to act is reminded.")
    escalates_to = serializers.ChoiceField(choices=Escalation.choices, help_text="The role that is told after.")
    version = serializers.IntegerField()


class DueTimesListSerializer(serializers.Serializer[Any]):
    """The due times of all programs."""

    results = DueTimesSerializer(many=True)


def _ranged(name: str) -> Number:
    least, most = DUE_RANGES[name]
    return Number(min_value=least, max_value=most, required=False)


class DueTimesBody(Body):
    """What is not sent stays."""

    decision_hours = _ranged("decision_hours")
    contact_hours = _ranged("contact_hours")
    answer_hours = _ranged("answer_hours")
    appeal_hours = _ranged("appeal_hours")
    reminder_hours = _ranged("reminder_hours")
    escalates_to = Word(choices=Escalation.choices, required=False)


def due_times_json(times: DueTimes) -> dict[str, Any]:
    return dict(DueTimesSerializer(times).data)
