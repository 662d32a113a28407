"""Routing over the API: rule sets, fallbacks, and why a lead is where it is."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Lead, Program
from leads.selectors import lead_for
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import NotPermitted
from partnerhub.records.api import Resource
from partnerhub.roles import LEADS_VIEW, LEADS_WORK, QUEUES_MANAGE, VENDOR
from partnerhub.routing.models import RuleSet
from partnerhub.routing.selectors import PERIODS, USUAL_PERIOD, fairness, fallback_rows, routing_of, tried
from partnerhub.routing.serializers import (
    FairnessSerializer,
    FallbackBody,
    FallbackSerializer,
    LeadRoutingSerializer,
    PeriodBody,
    RuleSetBody,
    RuleSetSerializer,
    TrialSerializer,
    fallback_json,
    rule_set_json,
    rules_sent,
    trial_json,
)
from partnerhub.routing.services import RULE_SETS, begin_rule_set, name_fallback, set_rules
from partnerhub.routing.tables import RuleSetList
from partnerhub.states import Api
from partnerhub.web.bodies import NoBody
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

ROUTING_TAG = "Routing"
PROGRAM_ASKED = OpenApiParameter("program", str, description="The `slug` of one program; all, where it is left out.")
DAYS_ASKED = OpenApiParameter("days", int, enum=PERIODS, default=USUAL_PERIOD, description="So many, until now.")


class RuleSetsAPI(Resource):
    records, list_class, serializer = RULE_SETS, RuleSetList, RuleSetSerializer
    id_name, tag, one = "rule_set_id", ROUTING_TAG, "a version of the routing rules"
    reads = Api("One version of the routing rules", word="rule_sets_retrieve")

    @extend_schema(
        operation_id="rule_sets_begin",
        summary="Begin a draft of the routing rules",
        tags=[ROUTING_TAG],
        parameters=[ETAG, LOCATION],
        request=NoBody,
        responses={201: RuleSetSerializer},
    )
    def create(self, request: Request) -> Response:
        """It has the rules of the version that is on."""
        NoBody.read(request.data)
        draft = begin_rule_set(by=self.membership)
        answer = Response(rule_set_json(draft), status=201)
        answer["Location"] = reverse("api-rule-set", args=[draft.pk])
        return self.with_etag(answer, draft.version)

    @extend_schema(
        operation_id="rule_sets_write",
        summary="Write the rules of a draft",
        tags=[ROUTING_TAG],
        parameters=[IF_MATCH, ETAG],
        request=RuleSetBody,
        responses={200: RuleSetSerializer},
    )
    def update(self, request: Request, rule_set_id: UUID) -> Response:
        """All of them, in their order."""
        self.get_object()
        seen, sent = self.seen_version(), RuleSetBody.read(request.data)
        with self.in_own_words():
            return self.answer(set_rules(rule_set_id, rules_sent(sent), by=self.membership, seen=seen))


class TrialAPI(SeatViewSet):
    permission = QUEUES_MANAGE

    @extend_schema(
        operation_id="rule_sets_trial",
        summary="Try a version of the routing rules on past leads",
        tags=[ROUTING_TAG],
        responses={200: TrialSerializer},
    )
    def trial(self, request: Request, rule_set_id: UUID) -> Response:
        """What happened to the last 500 leads, and what would happen by this version. Nothing is written."""
        try:
            rule_set = RULE_SETS.find(self.membership, rule_set_id)
        except RuleSet.DoesNotExist:
            raise Http404 from None
        return Response(trial_json(tried(rule_set, self.membership)))


class FallbacksAPI(SeatViewSet):
    permission = QUEUES_MANAGE

    @extend_schema(
        operation_id="routing_fallbacks_list",
        summary="Who gets the leads that no rule takes",
        tags=[ROUTING_TAG],
        responses={200: FallbackSerializer(many=True)},
    )
    def list(self, request: Request) -> Response:
        """By program; those that have none are left out."""
        return Response([fallback_json(row) for _program, row in fallback_rows() if row])

    @extend_schema(
        operation_id="routing_fallbacks_name",
        summary="Name the fallback of a program",
        tags=[ROUTING_TAG],
        request=FallbackBody,
        responses={200: FallbackSerializer},
    )
    def name_one(self, request: Request) -> Response:
        sent = FallbackBody.read(request.data)
        program = Program.objects.filter(slug=sent["program"]).first()
        if program is None:
            raise ValidationError({"program": [_("There is no such program.")]})
        return Response(fallback_json(name_fallback(program.pk, to=sent["representative"], by=self.membership)))


class FairnessAPI(SeatViewSet):
    permission = QUEUES_MANAGE

    @extend_schema(
        operation_id="routing_fairness",
        summary="How leads were shared",
        tags=[ROUTING_TAG],
        parameters=[PROGRAM_ASKED, DAYS_ASKED],
        responses={200: FairnessSerializer},
    )
    def fairness(self, request: Request) -> Response:
        """What each representative and each partner was offered, got and answered, and how fast.

        Representatives: offered by the rules and fallbacks; answered is decided, in seconds of working time. Partners:
        answered is accepted or declined, in seconds.
        """
        sent = PeriodBody.read(request.query_params.dict())
        chosen = [row for row in Program.objects.all() if sent["program"] in {"", row.slug}]
        if not chosen:
            raise ValidationError({"program": [_("There is no such program.")]})
        return Response(FairnessSerializer(fairness([row.pk for row in chosen], int(sent["days"]))).data)


class LeadRoutingAPI(SeatViewSet):
    permission = LEADS_VIEW

    @extend_schema(
        operation_id="leads_routing",
        summary="Why a lead is where it is",
        tags=[ROUTING_TAG],
        responses={200: LeadRoutingSerializer},
    )
    def routing(self, request: Request, lead_id: UUID) -> Response:
        """Which rule, which version and why, in words. 404 for a lead that was not routed; partners have no access."""
        if self.membership.side != VENDOR:
            raise NotPermitted(LEADS_WORK)
        try:
            lead = lead_for(self.membership, lead_id)
        except Lead.DoesNotExist:
            raise Http404 from None
        found = routing_of(lead.pk)
        if found is None:
            raise Http404
        return Response(LeadRoutingSerializer(found).data)
