"""Solutions over the API, with their review."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.accounts.serializers.entries import SolutionBody
from partnerhub.partners import kept
from partnerhub.partners.models import Solution
from partnerhub.records.api import Resource
from partnerhub.roles import PARTNERS_MANAGE
from partnerhub.solutions.services import SOLUTIONS
from partnerhub.solutions.tables import SolutionList
from partnerhub.web.schema import ETAG, IF_MATCH
from partnerhub.web.shapes import shape_of

_Shape = shape_of(
    *(Solution, "name", "partner", "description", "website", "is_retired"),
    about="What a partner sells, and where it stands in its review.",
)
ReviewedSolutionSerializer = type("ReviewedSolutionSerializer", (_Shape,), {"__doc__": _Shape.__doc__})


class SolutionsAPI(Resource):
    records, list_class, serializer = SOLUTIONS, SolutionList, ReviewedSolutionSerializer
    id_name, tag, one = "solution_id", "Solutions", "a solution"
    acts = {"partial_update": PARTNERS_MANAGE}

    @extend_schema(
        operation_id="solutions_change",
        summary="Change a solution",
        tags=["Partners"],
        parameters=[IF_MATCH, ETAG],
        request=SolutionBody,
        responses={200: ReviewedSolutionSerializer},
    )
    def partial_update(self, request: Request, solution_id: UUID) -> Response:
        """What is not sent stays; retire one by `is_retired`. For the vendor; its partner has the step *Change*."""
        self.get_object()
        seen, sent = self.seen_version(), SolutionBody.read(request.data)
        with self.in_own_words():
            return self.answer(kept.change_solution(solution_id, sent, by=self.membership, seen=seen))
