"""What counts for the rank of a partner, and the formula."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerhub.ranking.states.formula import (
    COUNTERS,
    FEWEST_CASES,
    PartKey,
    PartnerScore,
    ScorePart,
    Totals,
    fit_of,
    score_of,
)

__all__ = [
    "ALL_CASES",
    "COUNTERS",
    "FEWEST_CASES",
    "CaseKind",
    "DealSize",
    "PartKey",
    "PartnerScore",
    "ScorePart",
    "Totals",
    "deal_size",
    "fit_of",
    "score_of",
]
ALL_CASES = ""
"""What a tally is about that the score is made of; any other is `country:PL`, `size:small` …, for the fit alone."""


class CaseKind(models.TextChoices):
    """Of what a case is made."""

    OFFER = "offer", _("Lead of the vendor’s, offered or given")
    QUESTION = "question", _("Question about a lead")
    LEAD = "lead", _("Own lead")
    DEAL = "deal", _("Deal")
    DEAL_OFFER = "deal_offer", _("Deal of the vendor’s, offered")


class DealSize(models.TextChoices):
    """How much a deal is worth, in the currency of the tenant's rules for responses."""

    SMALL = "small", _("Below 10,000")
    MEDIUM = "medium", _("10,000 to 50,000")
    LARGE = "large", _("50,000 to 250,000")
    HUGE = "huge", _("250,000 and more")


def deal_size(units: int) -> DealSize:
    """The size of a deal of so many whole units of the currency."""
    if units < 10_000:
        return DealSize.SMALL
    if units < 50_000:
        return DealSize.MEDIUM
    return DealSize.LARGE if units < 250_000 else DealSize.HUGE
