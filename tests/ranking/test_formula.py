"""The formula: a table of what comes to what, and ruling 19 for every way to share ten cases."""

import pytest

from partnerhub.ranking.selectors import part_lines, score_words
from partnerhub.ranking.selectors.saying import fit_reason
from partnerhub.ranking.states import FEWEST_CASES, Totals, fit_of, score_of

TEN = {"cases": 10, "asked": 10, "quick": 10}
"""Ten offers, each answered within a day."""


@pytest.mark.parametrize(
    ("totals", "points", "value"),
    [
        (Totals(), (None, None, None), None),
        (Totals(cases=4, progressed=4), (None, 45, None), None),
        (Totals(cases=5, progressed=5), (None, 45, None), 100),
        (Totals(cases=5, dropped=5), (None, 0, None), 0),
        (Totals(cases=18, asked=18, quick=14), (23, None, None), 77),
        (Totals(cases=18, asked=18, quick=14, soon=4), (27, None, None), 90),
        (Totals(**TEN, progressed=3, won=2, declined=6, lost=1), (30, 25, None), 73),
        (Totals(cases=8, progressed=8, deals=8, sized=8, dated=6, due=5, reported=3), (None, 45, 20), 93),
        (Totals(**TEN, lost=10, deals=10, sized=10, dated=10, due=10, reported=10), (30, 5, 25), 60),
    ],
)
def test_what_comes_to_what(totals: Totals, points: tuple[int | None, ...], value: int | None) -> None:
    score = score_of(totals)
    assert tuple(part.points if part.is_known else None for part in score.parts) == points
    assert score.value == value


def test_the_numbers_stand_beside_the_points() -> None:
    lines = part_lines(score_of(Totals(cases=18, asked=18, quick=14)))
    assert [(line.text, line.points) for line in lines] == [
        ("Answered 14 of 18 within one business day, and 0 more within three.", "23 of 30 points"),
        ("Nothing yet: this part does not count.", "–"),
        ("Nothing yet: this part does not count.", "–"),
    ]
    assert score_words(score_of(Totals(cases=4, lost=4))) == "Not enough yet to say"
    reason = fit_reason("Poland", Totals(cases=5, progressed=3, won=3, lost=1, declined=1))
    assert reason.text == "Poland: won 3 of 5 cases, declined 1"


@pytest.mark.parametrize("declined", range(1, 11))
def test_declining_the_misfits_beats_accepting_everything_and_losing_it(declined: int) -> None:
    """Ruling 19. Both answer at once. Who takes all ten loses those that were misfits, and reports every one of them;
    who declines them has the same success with the others.
    """
    won = 10 - declined
    reported = dict.fromkeys(("deals", "sized", "dated", "due", "reported"), 10)
    picks = score_of(Totals(**TEN, progressed=won, won=won, declined=declined)).value
    takes = score_of(Totals(**TEN, progressed=won, won=won, lost=declined)).value
    assert takes is not None
    assert picks is not None
    assert picks > takes
    loses = score_of(Totals(**TEN, lost=10, **reported)).value
    drops = score_of(Totals(**TEN, dropped=10)).value
    assert loses is not None
    assert drops is not None
    assert picks > loses
    assert picks > drops


def test_a_score_stays_between_nothing_and_a_hundred_and_more_success_never_lowers_it() -> None:
    for progressed in range(6):
        for lost in range(6):
            for dropped in range(FEWEST_CASES, 8):
                many = progressed + lost + dropped
                one = score_of(Totals(cases=many, progressed=progressed, lost=lost, dropped=dropped)).value
                more = score_of(Totals(cases=many + 1, progressed=progressed + 1, lost=lost, dropped=dropped)).value
                assert one is not None
                assert more is not None
                assert 0 <= one <= more <= 100


def test_fit_is_careful_with_few_cases() -> None:
    assert fit_of((Totals(), False)) == 50
    assert fit_of((Totals(), True)) == 75
    assert fit_of((Totals(cases=1, progressed=1, won=1), False)) == 75
    assert fit_of((Totals(cases=9, progressed=9, won=9), False)) == 95
    assert fit_of((Totals(cases=1, declined=1), False)) == 25
    assert fit_of((Totals(cases=9, progressed=9, won=9), False), (Totals(cases=1, lost=1), False)) == 60
