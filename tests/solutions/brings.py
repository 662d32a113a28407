"""What solutions bring to the tests of the whole house: see tests/brought.py. The records are those of partners."""

from typing import Any

from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.solutions.services import SOLUTIONS
from partnerhub.solutions.tables import SolutionList
from tests.brought import Sent, Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of
from tests.kits.rows import copies, moment
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET profile/solutions/ ARUBCP
    GET profile/solutions/export.csv ARUBCP
    GET profile/solutions/export.xlsx ARUBCP
    GET,POST profile/solutions/new/ RB
    GET profile/solutions/<uuid:solution_id>/ ARUBCP solution
    GET api/v1/solutions/ ARUBCP
    GET api/v1/solutions/export/ ARUBCP
    GET api/v1/solutions/<uuid:solution_id>/ ARUBCP solution
    PATCH api/v1/solutions/<uuid:solution_id>/ CP solution
    GET api/v1/solutions/<uuid:solution_id>/timeline/ ARUBCP solution
    """
)


class SolutionSteps(Steps):
    """The pages stand in the profile of the partner, the API does not."""

    def api_address(self, step: str) -> str:
        return super().api_address(step).replace("profile/", "", 1)


KEEPERS, REVIEWERS = ("edit", "send-for-review", "withdraw"), ("publish", "ask-to-change", "mark-co-sell-ready")
STEPS = {
    "solution": SolutionSteps(
        "profile/solutions",
        record="solution",
        seen_by="ARUBCP",
        roles=dict.fromkeys(KEEPERS, "RB") | dict.fromkeys(REVIEWERS, "CP"),
    )
}
PAGES = {
    "profile/solutions/": each("profile/solutions/", SELLER, MANAGER),
    "profile/solutions/new/": each("profile/solutions/new/", SELLER),
    "profile/solutions/<uuid:solution_id>/": each("profile/solutions/{solution}/", SELLER, MANAGER),
    "profile/solutions/<uuid:record_id>/<slug:step>/": (
        *each("profile/solutions/{solution}/edit/", SELLER),
        *each("profile/solutions/{solution}/ask-to-change/", MANAGER),
    ),
}
NO_PAGE = files_of("profile/solutions")


def written(house: Any) -> dict[str, Sent]:
    return {"PATCH api/v1/solutions/<uuid:solution_id>/": Sent("C", {"description": "For shops."})}


def known(stack: Stack) -> dict[str, str]:
    """A solution of the seller's that waits for the review."""
    seller = Person(stack, SELLER)
    made = seller.api("profile/solutions/", {"name": "Seen from outside"})
    assert made.status_code == 201, made.text
    return {"solution": made.json()["id"]}


def solutions(house: Any, count: int) -> None:
    states = [status.value for status in SolutionStatus if status != SolutionStatus.WITHDRAWN]
    copies(
        Solution.objects.get(pk=house.records["solution"]["own"]),
        count,
        name=lambda number: f"Solution {number}",
        status=lambda number: states[number % len(states)],
        updated_at=moment,
    )


LISTS = list_of(SolutionList, solutions, api="solutions")
STILL_OFFERED = tuple(status for status in SolutionStatus if status != SolutionStatus.WITHDRAWN)
MACHINES = steps_of(
    "solution",
    {
        "edit": (STILL_OFFERED, None),
        "send_for_review": ((SolutionStatus.DRAFT,), SolutionStatus.IN_REVIEW),
        "publish": ((SolutionStatus.IN_REVIEW,), SolutionStatus.PUBLISHED),
        "ask_to_change": ((SolutionStatus.IN_REVIEW,), SolutionStatus.DRAFT),
        "mark_co_sell_ready": ((SolutionStatus.PUBLISHED,), SolutionStatus.CO_SELL_READY),
        "withdraw": (STILL_OFFERED, SolutionStatus.WITHDRAWN),
    },
    columns=lambda house, state, step: {"status_changed_at": moment(0), "updated_at": moment(0)},
    sent=lambda house, step: {"edit": {"name": "Other"}, "ask_to_change": {"text": "Say more."}}.get(step, {}),
)
LETTERS = letters_of(
    "solution",
    (
        ("solution.sent", "R", {}),
        ("solution.returned", "C", {"reason_text": "Say more."}),
        ("solution.published", "C", {}),
        ("solution.co_sell_ready", "C", {}),
    ),
    words=lambda house, solution: SOLUTIONS.event_data(solution),
)
