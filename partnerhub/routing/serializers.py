"""Rule sets, fallbacks and how a lead was routed as JSON, and what may be sent."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from rest_framework import serializers

from leads.states.choices import Industry
from partnerhub.routing.models import LeadRouting, ProgramFallback, RuleSet
from partnerhub.routing.selectors import PERIODS, USUAL_PERIOD, Share, Tried, routed_words
from partnerhub.routing.states import MOST_RULES, RoutingOutcome, RuleHours, Spread, Status, TargetKind
from partnerhub.web.bodies import Body, Id, Number, Text, Word
from partnerhub.web.schema import NamedSerializer

MOST_OF_A_CONDITION = 250


def _any_of(child: serializers.Field[Any, Any, Any, Any]) -> serializers.ListField:
    return serializers.ListField(child=child, required=False, max_length=MOST_OF_A_CONDITION)


class RuleTargetBody(Body):
    """Who gets leads by a rule, and how many for each that others get."""

    id = Id()
    weight = Number(min_value=1, max_value=100, required=False, default=1)


class RuleBody(Body):
    """One rule. Of each condition a lead needs one value; an empty one takes any."""

    name = Text(max_length=80)
    kind = Word(choices=TargetKind.choices)
    targets = serializers.ListField(child=RuleTargetBody(), max_length=50)
    programs = _any_of(Id())
    countries = _any_of(Text(min_length=2, max_length=2))
    postcodes = _any_of(Text(max_length=10))
    languages = _any_of(Text(max_length=10))
    industries = _any_of(Word(choices=Industry.choices))
    solutions = _any_of(Text(max_length=60))
    tiers = _any_of(Id())
    hours = Word(choices=RuleHours.choices, required=False, allow_blank=True, default=RuleHours.ANY)
    spread = Word(choices=Spread.choices, required=False, default=Spread.LOAD)
    most = Number(min_value=0, max_value=10_000, required=False, default=0)


class RuleSetBody(Body):
    """All rules of a draft, in their order."""

    rules = serializers.ListField(child=RuleBody(), max_length=MOST_RULES)


class RuleSerializer(serializers.Serializer[Any]):
    """One rule: its conditions, and who gets the leads that it takes."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=TargetKind.choices)
    targets = serializers.SerializerMethodField()
    programs = serializers.ListField(child=serializers.UUIDField(), help_text="Empty: all, as in all conditions.")
    countries = serializers.ListField(child=serializers.CharField())
    postcodes = serializers.ListField(child=serializers.CharField(), help_text="How the postcode begins.")
    languages = serializers.ListField(child=serializers.CharField())
    industries = serializers.ListField(child=serializers.CharField())
    solutions = serializers.ListField(child=serializers.CharField(), help_text="A word of what the business uses.")
    tiers = serializers.ListField(child=serializers.UUIDField(), help_text="Of the partner.")
    hours = serializers.CharField(allow_blank=True)
    spread = serializers.ChoiceField(choices=Spread.choices)
    most = serializers.IntegerField(help_text="Past so many open leads a target gets no more; 0: no limit.")

    def get_targets(self, rule: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"id": key, "weight": rule["weights"].get(key, 1)} for key in rule["targets"]]


class RuleSetSerializer(serializers.Serializer[Any]):
    """One version of the routing rules."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    number = serializers.IntegerField()
    status = serializers.ChoiceField(choices=Status.choices)
    rules = RuleSerializer(many=True)
    begun_by = NamedSerializer()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)


class LeadRoutingSerializer(serializers.Serializer[Any]):
    """By which rule a lead is where it is, and why."""

    lead = serializers.UUIDField(source="lead_id")
    outcome = serializers.ChoiceField(choices=RoutingOutcome.choices)
    rule_set = serializers.IntegerField(source="set_number", allow_null=True, help_text="The version of the rules.")
    rule_number = serializers.IntegerField(allow_null=True)
    rule_name = serializers.CharField()
    target_kind = serializers.CharField()
    target_id = serializers.UUIDField(allow_null=True)
    target_name = serializers.CharField()
    words = serializers.SerializerMethodField()
    decided_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)

    def get_words(self, routing: LeadRouting) -> str:
        return routed_words(routing)


class PastLeadSerializer(serializers.Serializer[Any]):
    """A past lead: what happened, and what would happen."""

    lead = serializers.UUIDField(source="lead.pk")
    number = serializers.IntegerField(source="lead.number")
    company = serializers.CharField(source="lead.company")
    happened = serializers.CharField(source="has", help_text="Who or what has the lead now.")
    happened_words = serializers.CharField(source="has_why")
    would = LeadRoutingSerializer(help_text="As it would be routed.")
    is_same = serializers.BooleanField(help_text="Whether it would go to whom it went.")


class TrialSerializer(serializers.Serializer[Any]):
    """A version of the rules on past leads, the newest first."""

    same = serializers.IntegerField()
    elsewhere = serializers.IntegerField()
    untaken = serializers.IntegerField(help_text="How many no rule takes.")
    results = PastLeadSerializer(many=True)


class PeriodBody(Body):
    """The parameters of the report on fairness."""

    program = Text(max_length=40, required=False, default="")
    days = Word(choices=[str(many) for many in PERIODS], required=False, default=str(USUAL_PERIOD))


class ShareSerializer(serializers.Serializer[Any]):
    """What one of them was offered, got and answered."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    offered = serializers.IntegerField()
    got = serializers.IntegerField()
    answered = serializers.IntegerField()
    median_seconds = serializers.SerializerMethodField(help_text="null: nothing was answered.")

    def get_median_seconds(self, share: Share) -> int | None:
        return None if share.median is None else round(share.median.total_seconds())


class FairnessSerializer(serializers.Serializer[Any]):
    """How leads were shared in a period."""

    representatives = ShareSerializer(many=True)
    partners = ShareSerializer(many=True)


class FallbackSerializer(serializers.Serializer[Any]):
    """Who gets the leads of a program that no rule takes."""

    program = serializers.CharField(source="program.slug")
    representative = NamedSerializer(allow_null=True)


class FallbackBody(Body):
    """The representative; null: nobody, and its leads wait in Unassigned."""

    program = Text(max_length=40, help_text="The program's `slug`.")
    representative = Id(allow_null=True)


def rule_set_json(rule_set: RuleSet) -> dict[str, Any]:
    return dict(RuleSetSerializer(rule_set).data)


def fallback_json(row: ProgramFallback) -> dict[str, Any]:
    return dict(FallbackSerializer(row).data)


def trial_json(leads: Sequence[Tried]) -> dict[str, Any]:
    same, taken = sum(one.is_same for one in leads), sum(one.is_taken for one in leads)
    counted = {"same": same, "elsewhere": len(leads) - same, "untaken": len(leads) - taken}
    return dict(TrialSerializer({**counted, "results": leads}).data)


def rules_sent(sent: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules of a body as the verb takes them."""
    return [_rule_sent(rule) for rule in sent["rules"]]


def _rule_sent(rule: dict[str, Any]) -> dict[str, Any]:
    targets = {str(one["id"]): one["weight"] for one in rule["targets"]}
    ids = {name: [str(key) for key in rule.get(name, ())] for name in ("programs", "tiers")}
    return rule | ids | {"targets": [*targets], "weights": targets}
