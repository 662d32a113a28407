"""Scores, and partners ranked by fit and score (B9). A handful of statements, however many partners there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_countries import countries

from leads.models import Program
from leads.states.choices import Industry
from partnerhub.actors import Seat
from partnerhub.partners.models import Location, Partner, Solution
from partnerhub.partners.selectors import seen_partners
from partnerhub.partners.states import SolutionStatus, Status
from partnerhub.ranking.models import RankingTally
from partnerhub.ranking.selectors.saying import FitReason, fit_reason, is_there, sells
from partnerhub.ranking.states import ALL_CASES, COUNTERS, DealSize, PartnerScore, Totals, fit_of, score_of
from partnerhub.web.folding import search_words

MONTHS = 12
MOST_PARTNERS = 5000
MOST_SOLUTIONS = 500
MOST_RANKED = 50
MOST_COMPARED = 3
ON_OFFER = (SolutionStatus.PUBLISHED, SolutionStatus.CO_SELL_READY)


def first_month(today: date) -> date:
    """The first day of the first of the twelve months that count, of which the present one is the last."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class RankingAsked:
    """For what a partner is looked for; empty: whatever. `solution` are words."""

    country: str = ""
    program: UUID | None = None
    solution: str = ""
    industry: str = ""
    size: str = ""

    @property
    def is_asked(self) -> bool:
        return self != RankingAsked()


@dataclass(frozen=True)
class RankedPartner:
    """A partner with its score, its fit (None: nothing is asked for) and why."""

    partner: Partner
    score: PartnerScore
    fit: int | None = None
    reasons: list[FitReason] = field(default_factory=list)

    @property
    def rank(self) -> tuple[bool, int, int, str]:
        """The order: by fit and score together; those without a score after them, by fit."""
        fit, score = self.fit or 0, self.score.value
        return score is None, -(fit + (score or 0)), -fit, self.partner.name_key


def score_for(partner: Partner) -> PartnerScore:
    """The score of one partner."""
    rows = RankingTally.objects.filter(partner=partner)
    return score_of(_sums(rows, [ALL_CASES])[partner.pk, ALL_CASES])


def ranked_partners(asked: RankingAsked, by: Seat) -> list[RankedPartner]:
    """The partners that the member sees, the best first."""
    rows = seen_partners(by).filter(status=Status.ACTIVE).order_by("name_key", "id")
    return sorted(_ranked(list(rows[:MOST_PARTNERS]), asked), key=lambda one: one.rank)


def compared(ids: Sequence[UUID], asked: RankingAsked, by: Seat) -> list[RankedPartner]:
    """These partners, in this order. Raises Partner.DoesNotExist where one is not seen."""
    found = {row.pk: row for row in seen_partners(by).filter(pk__in=ids)}
    if missing := [key for key in ids if key not in found]:
        raise Partner.DoesNotExist(missing[0])
    return _ranked([found[key] for key in ids], asked)


def _ranked(partners: Sequence[Partner], asked: RankingAsked) -> list[RankedPartner]:
    questions = _questions(asked)
    rows = RankingTally.objects.all()
    if len(partners) <= MOST_COMPARED:
        rows = rows.filter(partner__in=partners)
    sums = _sums(rows, [ALL_CASES, *(about for about, _label in questions)])
    there = _there(asked.country) if asked.country else set()
    selling = _selling(asked.solution) if asked.solution else {}
    sold = _sums(rows, [f"solution:{row.pk}" for found in selling.values() for row in found]) if selling else sums
    ranked = []
    for partner in partners:
        answers, reasons = [], []
        for about, label in questions:
            counted = sums[partner.pk, about]
            at_home = about.startswith("country:") and (partner.pk in there or partner.country == asked.country)
            answers.append((counted, at_home))
            reasons += [is_there(label)] if at_home else []
            reasons += [fit_reason(label, counted)] if counted.decided or not at_home else []
        if asked.solution:
            mine = selling.get(partner.pk, [])
            counted = sum((sold[partner.pk, f"solution:{row.pk}"] for row in mine), start=Totals())
            answers.append((counted, bool(mine)))
            reasons += [sells(", ".join(row.name for row in mine))] if mine else []
            reasons += [fit_reason(asked.solution, counted)] if counted.decided or not mine else []
        score = score_of(sums[partner.pk, ALL_CASES])
        ranked.append(RankedPartner(partner, score, fit_of(*answers) if answers else None, reasons))
    return ranked


def _questions(asked: RankingAsked) -> list[tuple[str, str]]:
    """What tallies are about that tell of the fit, and what each is called."""
    program = Program.objects.filter(pk=asked.program).first() if asked.program else None
    return [
        (about, label)
        for about, label in (
            (f"country:{asked.country}", asked.country and str(countries.name(asked.country))),
            (f"program:{asked.program}", program.name if program else ""),
            (f"industry:{asked.industry}", asked.industry and str(Industry(asked.industry).label)),
            (f"size:{asked.size}", asked.size and str(DealSize(asked.size).label)),
        )
        if label
    ]


def _there(country: str) -> set[UUID]:
    """The partners with an office in the country."""
    rows = Location.objects.filter(country=country, is_retired=False).values_list("partner_id", flat=True)
    return set(rows.distinct()[:MOST_PARTNERS])


def _selling(words: str) -> dict[UUID, list[Solution]]:
    """The solutions on offer with all of these words in their name, by partner."""
    rows = Solution.objects.filter(status__in=ON_OFFER, is_retired=False)
    for word in search_words(words):
        rows = rows.filter(Q(name__icontains=word))
    found: dict[UUID, list[Solution]] = defaultdict(list)
    for row in rows.order_by("name", "pk")[:MOST_SOLUTIONS]:
        found[row.partner_id].append(row)
    return found


def _sums(rows: QuerySet[RankingTally], abouts: Iterable[str]) -> dict[tuple[UUID, str], Totals]:
    """The sums of the last twelve months, by partner and by what they are about."""
    asked = rows.filter(month__gte=first_month(localdate()), about__in=list(abouts))
    grouped = asked.values_list("partner_id", "about").annotate(*(Sum(name) for name in COUNTERS))
    found: dict[tuple[UUID, str], Totals] = defaultdict(Totals)
    for partner_id, about, *sums in grouped.order_by():
        found[partner_id, about] = Totals(*sums)
    return found


def score_words(score: PartnerScore) -> str:
    """The number, or why there is none."""
    return _("Not enough yet to say") if score.value is None else str(score.value)
