"""The scorecard of a partner: on its page for the vendor, and for itself."""

from typing import Any

from partnerhub.actors import Seat
from partnerhub.partners.models import Partner
from partnerhub.ranking.models import Scorecard
from partnerhub.ranking.selectors import part_lines, score_for, score_words
from partnerhub.ranking.states import FEWEST_CASES
from partnerhub.roles import PARTNERS_VIEW, VENDOR

SCORE_PART = "ranking/score.html"


def scorecard_of(partner: Partner) -> dict[str, Any]:
    """What the template of a scorecard shows; two statements."""
    score = score_for(partner)
    card = Scorecard.objects.filter(partner=partner).first()
    return {
        "score": score,
        "words": score_words(score),
        "lines": part_lines(score),
        "fewest": FEWEST_CASES,
        "counted_at": card.counted_at if card else None,
    }


def scorecard_beside_partner(partner: Partner, membership: Seat) -> dict[str, Any] | None:
    """On the page of a partner, for who sees partners."""
    if membership.side != VENDOR or not membership.can(PARTNERS_VIEW):
        return None
    return scorecard_of(partner)
