"""The ranking and scores over the API."""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django_countries import countries
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from leads.models import Program
from leads.states.choices import Industry
from partnerhub.accounts.bases import SeatViewSet
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import partner_seen
from partnerhub.ranking.selectors import MOST_RANKED, RankingAsked, ranked_partners, score_for
from partnerhub.ranking.serializers import (
    PartnerScoreSerializer,
    RankingBody,
    RankingSerializer,
    ranked_json,
    score_json,
)
from partnerhub.ranking.states import DealSize
from partnerhub.roles import PARTNERS_VIEW, SCORE_VIEW

RANKING_TAG = "Ranking"
RANKING_PARAMETERS = [
    OpenApiParameter("country", str, description="Two letters of ISO 3166."),
    OpenApiParameter("program", str, description="The `slug` of a program."),
    OpenApiParameter("solution", str, description="Words of the name of a solution that the partner sells."),
    OpenApiParameter("industry", str, enum=Industry.values),
    OpenApiParameter("size", str, enum=DealSize.values, description="How much the deal is worth."),
]


class RankingAPI(SeatViewSet):
    permission = PARTNERS_VIEW

    @extend_schema(
        operation_id="partners_ranking",
        summary="Partners by fit and score",
        tags=[RANKING_TAG],
        parameters=RANKING_PARAMETERS,
        responses={200: RankingSerializer},
    )
    def list(self, request: Request) -> Response:
        """The first fifty for what is asked, each with the reasons in words. Those without a score come last."""
        sent = RankingBody.read(request.query_params.dict())
        slug = sent.pop("program")
        program = Program.objects.filter(slug=slug).first() if slug else None
        if slug and program is None:
            raise ValidationError({"program": [_("There is no such program.")]})
        if sent["country"] and sent["country"] not in countries:
            raise ValidationError({"country": [_("There is no such country.")]})
        found = ranked_partners(RankingAsked(program=program.pk if program else None, **sent), self.membership)
        return Response({"results": [ranked_json(one) for one in found[:MOST_RANKED]], "count": len(found)})

    @extend_schema(
        operation_id="partners_score",
        summary="The score of a partner",
        tags=[RANKING_TAG],
        responses={200: PartnerScoreSerializer},
    )
    def retrieve(self, request: Request, partner_id: UUID) -> Response:
        """What it is made of, with the numbers."""
        try:
            partner = partner_seen(self.membership, partner_id)
        except Partner.DoesNotExist:
            raise Http404 from None
        return Response(score_json(score_for(partner)))


class OwnScoreAPI(SeatViewSet):
    permission = SCORE_VIEW

    @extend_schema(
        operation_id="profile_score",
        summary="The own score",
        tags=[RANKING_TAG],
        responses={200: PartnerScoreSerializer},
    )
    def retrieve(self, request: Request) -> Response:
        """For a partner: its own, with what it is made of. Nobody reads another partner's."""
        if self.membership.partner is None:
            raise Http404
        return Response(score_json(score_for(self.membership.partner)))
