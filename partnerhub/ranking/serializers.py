"""Scores and the ranking as JSON, and what the API takes to rank."""

from typing import Any

from rest_framework import serializers

from leads.states.choices import Industry
from partnerhub.ranking.selectors import RankedPartner, part_lines
from partnerhub.ranking.states import COUNTERS, DealSize, PartKey, PartnerScore
from partnerhub.web.bodies import Body, Text, Word


class ScorePartSerializer(serializers.Serializer[Any]):
    """A part of a score. null points: there is no case of it, and it does not count."""

    part = serializers.ChoiceField(choices=[key.value for key in PartKey])
    points = serializers.IntegerField(allow_null=True)
    most = serializers.IntegerField()
    text = serializers.CharField(help_text="The numbers that it is made of, in a sentence.")


class PartnerScoreSerializer(serializers.Serializer[Any]):
    """The score of a partner, 0 to 100, of the cases of the last twelve months."""

    score = serializers.IntegerField(allow_null=True, help_text="null: not enough yet to say.")
    parts = ScorePartSerializer(many=True)
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="What was counted.")


class RankedNameSerializer(serializers.Serializer[Any]):
    """Which partner."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class RankedSerializer(serializers.Serializer[Any]):
    """A partner with its fit and score."""

    partner = RankedNameSerializer()
    fit = serializers.IntegerField(allow_null=True, help_text="0 to 100. null: nothing was asked for.")
    score = serializers.IntegerField(allow_null=True, help_text="null: not enough yet to say.")
    reasons = serializers.ListField(child=serializers.CharField())


class RankingSerializer(serializers.Serializer[Any]):
    """The first fifty partners, the best first."""

    results = RankedSerializer(many=True)
    count = serializers.IntegerField(help_text="How many partners there are.")


class RankingBody(Body):
    """The parameters of the ranking."""

    country = Text(max_length=2, required=False, default="")
    program = Text(max_length=40, required=False, default="")
    solution = Text(max_length=100, required=False, default="")
    industry = Word(choices=Industry.choices, required=False, default="")
    size = Word(choices=DealSize.choices, required=False, default="")


def score_json(score: PartnerScore) -> dict[str, Any]:
    lines = {line.key: line for line in part_lines(score)}
    return {
        "score": score.value,
        "parts": [
            {
                "part": part.key.value,
                "points": part.points if part.is_known else None,
                "most": part.most,
                "text": lines[part.key].text,
            }
            for part in score.parts
        ],
        "counts": {name: getattr(score.totals, name) for name in COUNTERS},
    }


def ranked_json(one: RankedPartner) -> dict[str, Any]:
    return {
        "partner": {"id": str(one.partner.pk), "name": one.partner.name},
        "fit": one.fit,
        "score": one.score.value,
        "reasons": [reason.text for reason in one.reasons],
    }
