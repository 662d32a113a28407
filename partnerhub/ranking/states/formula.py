"""The one formula by which partners are scored and ranked (B9, rulings 19). Whole numbers only.

What is counted are the cases of the last twelve months, each in the month in which it began:

| part | points | what reaches them |
|---|---|---|
| answers | 30 | an offer, a question or a lead that was given: all within one business day, half within three |
| outcomes | 45 | all for what progressed or was won, 40 % for what was declined, 10 % for what was lost and reported |
| reports | 25 | of each deal: its value, a close date that is not past, and once it is due its outcome |

What was taken and let lie, or offered and never answered, reaches nothing; to accept alone is no outcome. A part of
which there is no case is left out: the score is what was reached, in percent, of the parts that there are. With less
than five cases nobody can say, and there is no score.

The fit for a question ("Poland", "POS") is what became of such cases: won counts two, progressed one, out of two for
each; half of one more is added, so that one case alone is no certainty. Being there counts like one that was won.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

FEWEST_CASES = 5
FULL_SHARE, DECLINED_SHARE, LOST_SHARE = 100, 40, 10


class PartKey(StrEnum):
    ANSWERS = "answers"
    OUTCOMES = "outcomes"
    REPORTS = "reports"


POINTS = {PartKey.ANSWERS: 30, PartKey.OUTCOMES: 45, PartKey.REPORTS: 25}


@dataclass(frozen=True)
class Totals:
    """How many cases, and what of them.

    `asked` for an answer, of which `quick` within one business day and `soon` within three; `progressed`, of which
    `won`; `declined`; `lost` and reported; `dropped`: taken and let lie, or offered and never answered. `deals`, of
    which `sized` have a value and `dated` a close date that holds; `due` are over, of which `reported` say how.
    """

    cases: int = 0
    asked: int = 0
    quick: int = 0
    soon: int = 0
    progressed: int = 0
    won: int = 0
    declined: int = 0
    lost: int = 0
    dropped: int = 0
    deals: int = 0
    sized: int = 0
    dated: int = 0
    due: int = 0
    reported: int = 0

    @property
    def decided(self) -> int:
        """Of how many the outcome counts."""
        return self.progressed + self.declined + self.lost + self.dropped

    def __sub__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, name) - getattr(other, name) for name in COUNTERS))

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, name) + getattr(other, name) for name in COUNTERS))


COUNTERS = tuple(one.name for one in fields(Totals))


@dataclass(frozen=True)
class ScorePart:
    """So many `points` of `most`; not `is_known`: there is no case of it."""

    key: PartKey
    points: int
    most: int
    is_known: bool


@dataclass(frozen=True)
class PartnerScore:
    """0 to 100 with what it is made of; `value` is None where there are too few cases."""

    totals: Totals
    parts: tuple[ScorePart, ...]
    value: int | None


def score_of(totals: Totals) -> PartnerScore:
    """The score that comes of these cases."""
    one = totals
    shares = {
        PartKey.ANSWERS: (2 * one.quick + one.soon, 2 * one.asked),
        PartKey.OUTCOMES: (
            FULL_SHARE * one.progressed + DECLINED_SHARE * one.declined + LOST_SHARE * one.lost,
            FULL_SHARE * one.decided,
        ),
        PartKey.REPORTS: (one.sized + one.dated + one.reported, 2 * one.deals + one.due),
    }
    parts = tuple(
        ScorePart(key, _rounded(POINTS[key] * reached, whole), POINTS[key], whole > 0)
        for key, (reached, whole) in shares.items()
    )
    known = [part for part in parts if part.is_known]
    if one.cases < FEWEST_CASES or not known:
        return PartnerScore(one, parts, None)
    return PartnerScore(
        one, parts, _rounded(100 * sum(part.points for part in known), sum(part.most for part in known))
    )


def fit_of(*answers: tuple[Totals, bool]) -> int:
    """0 to 100 for questions: of each what became of such cases, and whether the partner is there itself."""
    each = [
        _rounded(100 * (one.won + one.progressed + 2 * is_there + 1), 2 * (one.decided + is_there) + 2)
        for one, is_there in answers
    ]
    return _rounded(sum(each), len(each)) if each else 0


def _rounded(part: int, whole: int) -> int:
    """The quotient as a whole number, half up; of nothing 0."""
    return (2 * part + whole) // (2 * whole) if whole else 0
