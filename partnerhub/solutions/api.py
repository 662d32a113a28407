"""Solutions over the API, with their review."""

from uuid import UUID

from partnerhub.accounts.models import Membership
from partnerhub.accounts.serializers.entries import SolutionBody
from partnerhub.partners import kept
from partnerhub.partners.models import Entry, Solution
from partnerhub.records.api import Resource
from partnerhub.records.changing import change_action
from partnerhub.roles import PARTNERS_MANAGE
from partnerhub.solutions.services import SOLUTIONS
from partnerhub.solutions.tables import SolutionList
from partnerhub.states import Api
from partnerhub.web.shapes import shape_of

ReviewedSolutionSerializer = shape_of(
    *(Solution, "name", "partner", "description", "website", "is_retired"),
    about="What a partner sells, and where it stands in its review.",
    called="ReviewedSolution",
)


def _change(solution_id: UUID, *, by: Membership, seen: int, **sent: object) -> Entry:
    return kept.change_solution(solution_id, sent, by=by, seen=seen)


class SolutionsAPI(Resource):
    records, list_class, serializer = SOLUTIONS, SolutionList, ReviewedSolutionSerializer
    id_name, tag, one = "solution_id", "Solutions", "a solution"
    acts = {"partial_update": PARTNERS_MANAGE}
    partial_update = change_action(
        _change,
        body=SolutionBody,
        api=Api(
            "Change a solution",
            "What is not sent stays; retire one by `is_retired`. For the vendor; its partner has the step *Change*.",
            word="solutions_change",
        ),
        tag="Partners",
        serializer=ReviewedSolutionSerializer,
    )
