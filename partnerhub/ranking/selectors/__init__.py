"""Reads of the ranking."""

from partnerhub.ranking.selectors.saying import FitReason, PartLine, part_lines
from partnerhub.ranking.selectors.scores import (
    MOST_RANKED,
    RankedPartner,
    RankingAsked,
    compared,
    first_month,
    ranked_partners,
    score_for,
    score_words,
)
from partnerhub.ranking.selectors.tips import ScoreTip, tips_for

__all__ = [
    "MOST_RANKED",
    "FitReason",
    "PartLine",
    "RankedPartner",
    "RankingAsked",
    "ScoreTip",
    "compared",
    "first_month",
    "part_lines",
    "ranked_partners",
    "score_for",
    "score_words",
    "tips_for",
]
