"""What the page of a deal shows of the vendor's response, below what happens next."""

from collections.abc import Mapping
from typing import Any

from deals.models import Deal
from partnerhub.accounts.models import Membership
from partnerhub.records.actions import is_danger, open_steps, step_url
from partnerhub.responses.services import RESPONSES
from partnerhub.responses.states import RESPONSE_TONES, ResponseStatus
from partnerhub.roles import VENDOR
from partnerhub.states import Verdict
from partnerhub.web.actions import Action
from partnerhub.web.lists import cells as cell

RESPONSE_MAIN = ("accept", "create_again")
RESPONSE_PART = "responses/part.html"


def response_part(deal: Deal, membership: Membership) -> Mapping[str, Any] | None:
    """The latest request as this member may see it: status, seller, reason; None where there is none."""
    found = RESPONSES.rows(membership).filter(deal=deal).order_by("-number").first()
    if found is None:
        return None
    is_vendor = membership.side == VENDOR
    possible = [one for one in open_steps(RESPONSES, found, membership) if one.is_open]
    acts = [_act(one, step_url(found, one.step.name, next=deal.urls.page)) for one in possible]
    return {
        "response": found,
        "pill": cell.Status("status", ResponseStatus, RESPONSE_TONES).pill(found),
        "next": RESPONSES.next_words(found),
        "seller": found.seller,
        "named": found.representative if is_vendor else None,
        "reason": found.told_in_words,
        "given": (found.reason_label, found.reason_text) if is_vendor else ("", ""),
        "acts": sorted(((act, act.name in RESPONSE_MAIN) for act in acts), key=lambda one: one[1]),
    }


def _act(verdict: Verdict, url: str) -> Action:
    return Action(verdict.step.name, verdict.step.label, url, danger=is_danger(verdict))
