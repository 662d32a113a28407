"""Programs, representatives, the timeline and the results of bulk acts, as JSON."""

from typing import Any

from rest_framework import serializers

from leads.models import Program
from leads.selectors import own_fields
from leads.serializers.own_fields import OwnFieldSerializer, own_field_json
from leads.serializers.records import RepresentativeSerializer
from leads.states import Kind, Question, questions_for


def program_json(program: Program, side: str) -> dict[str, Any]:
    """A program with its terms, what its form asks, and those of its own fields that this side knows of."""
    return {
        "slug": program.slug,
        "kind": program.kind,
        "name": program.name,
        "description": program.description,
        "terms_version": program.terms_version,
        "terms_text": program.terms_text,
        "answer_seconds": program.answer_seconds,
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


class ChoiceSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own attribute has this name


class QuestionSerializer(serializers.Serializer[Any]):
    """A question of a program's form."""

    name = serializers.CharField(help_text="The field in a lead.")
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own attribute has this name
    kind = serializers.CharField(help_text="text, long, email, phone, url, country, choice, number, date or check.")
    required = serializers.BooleanField()  # type: ignore[assignment]  # a field's own attribute has this name
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
    answer_seconds = serializers.IntegerField(
        allow_null=True, help_text="The working time in which half of its leads lately were answered; null: of too few."
    )
    questions = QuestionSerializer(many=True)
    own_fields = OwnFieldSerializer(many=True)


class ProgramListSerializer(serializers.Serializer[Any]):
    results = ProgramSerializer(many=True)


class CandidateSerializer(RepresentativeSerializer):
    """A representative for one lead, and how well they fit."""

    points = serializers.IntegerField(help_text="How well they fit, 0 to 100.")
    open_leads = serializers.IntegerField(help_text="How many leads they have to work.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="What the points are for, in words.")


class CandidateListSerializer(serializers.Serializer[Any]):
    results = CandidateSerializer(many=True)


class RepresentativeListSerializer(serializers.Serializer[Any]):
    results = RepresentativeSerializer(many=True)
