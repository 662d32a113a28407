"""Programs, representatives, the timeline and the results of bulk acts, as JSON."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from leads.models import Lead, Program
from leads.selectors import own_fields
from leads.serializers.fields import is_visible, moment
from leads.serializers.own_fields import OwnFieldSerializer, own_field_json
from leads.serializers.records import RepresentativeSerializer
from leads.states import Kind, Question, questions_for
from partnerhub.errors import Refused, Stale
from partnerhub.events.models import Event
from partnerhub.events.serializers import ActorSerializer, actor_json
from partnerhub.web.problems import problem
from partnerhub.web.schema import ProblemSerializer

# What an event says for people beside the fields that changed.
SAID = ("question", "answer", "reason_code", "reason_text", "appeal_text", "assigned_to", "files", "body")


def program_json(program: Program, side: str) -> dict[str, Any]:
    """A program with its terms, what its form asks, and those of its own fields that this side knows of."""
    return {
        "slug": program.slug,
        "kind": program.kind,
        "name": program.name,
        "description": program.description,
        "terms_version": program.terms_version,
        "terms_text": program.terms_text,
        "questions": [_question_json(question) for question in questions_for(program.kind)],
        "own_fields": [own_field_json(field) for field in own_fields(program, side)],
    }


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "label": str(question.label),
        "kind": question.kind,
        "required": question.required,
        "required_with": question.required_with or None,
        "choices": [{"value": value, "label": str(label)} for value, label in question.choices.choices]
        if question.choices
        else [],
    }


def entry_json(event: Event, side: str) -> dict[str, Any]:
    """One entry of the timeline, without what this side does not get."""
    return {
        "id": str(event.pk),
        "kind": event.kind,
        "at": moment(event.occurred_at),
        "actor": actor_json(event),
        "before": _visible(event.before, side),
        "after": _visible(event.after, side),
        "said": {name: event.data[name] for name in SAID if event.data.get(name)},
    }


def _visible(values: dict[str, Any], side: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if is_visible(name, side)}


def result_json(lead_id: UUID, result: Lead | Refused | Stale) -> dict[str, Any]:
    """What became of one lead of a bulk act."""
    match result:
        case Stale():
            failed = problem(412, str(result), kind="stale")
        case Refused():
            failed = problem(409, " ".join(str(reason.text) for reason in result.reasons), kind="refused")
        case Lead():
            return {"id": str(lead_id), "ok": True, "version": result.version}
    return {"id": str(lead_id), "ok": False, "problem": failed}


class ChoiceSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()


class QuestionSerializer(serializers.Serializer[Any]):
    """A question of a program's form."""

    name = serializers.CharField(help_text="The field in a lead.")
    label = serializers.CharField()
    kind = serializers.CharField(help_text="text, long, email, phone, url, country, choice, number, date or check.")
    required = serializers.BooleanField()
    required_with = serializers.CharField(allow_null=True, help_text="Required where this field is true.")
    choices = ChoiceSerializer(many=True)


class ProgramSerializer(serializers.Serializer[Any]):
    """What leads can be submitted to."""

    slug = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    name = serializers.CharField()
    description = serializers.CharField()
    terms_version = serializers.CharField()
    terms_text = serializers.CharField()
    questions = QuestionSerializer(many=True)
    own_fields = OwnFieldSerializer(many=True)


class ProgramListSerializer(serializers.Serializer[Any]):
    results = ProgramSerializer(many=True)


class RepresentativeListSerializer(serializers.Serializer[Any]):
    results = RepresentativeSerializer(many=True)


class EntrySerializer(serializers.Serializer[Any]):
    """Something that happened to a lead."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="For example `lead.awarded`.")
    at = serializers.DateTimeField()
    actor = ActorSerializer()
    before = serializers.DictField(help_text="The fields that changed, as they were.")
    after = serializers.DictField(help_text="The fields that changed, as they are since.")
    said = serializers.DictField(help_text="What people wrote with it, by kind of text.")


class TimelineSerializer(serializers.Serializer[Any]):
    """The newest 200 entries, newest first."""

    results = EntrySerializer(many=True)


class BulkResultSerializer(serializers.Serializer[Any]):
    """What became of one lead: its new version, or the problem."""

    id = serializers.UUIDField()
    ok = serializers.BooleanField()
    version = serializers.IntegerField(required=False)
    problem = ProblemSerializer(required=False)


class BulkResultsSerializer(serializers.Serializer[Any]):
    """One result for each lead, in the order they were sent."""

    results = BulkResultSerializer(many=True)
