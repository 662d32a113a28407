"""The score and the fit in words, with the numbers that they are made of."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerhub.ranking.states import PartKey, PartnerScore, Totals

PART_TITLES: dict[str, str | Promise] = {
    PartKey.ANSWERS: gettext_lazy("Speed of answers"),
    PartKey.OUTCOMES: gettext_lazy("What comes of what is accepted"),
    PartKey.REPORTS: gettext_lazy("Value, close date and outcome reported"),
}


@dataclass(frozen=True)
class PartLine:
    """A part of a score: what it is called, its numbers in a sentence, and the points in words."""

    key: str
    title: str
    text: str
    points: str


def part_lines(score: PartnerScore) -> list[PartLine]:
    """Each part with its numbers: "answered 14 of 18 within one business day", "23 of 30 points"."""
    said = {PartKey.ANSWERS: _answers, PartKey.OUTCOMES: _outcomes, PartKey.REPORTS: _reports}
    return [
        PartLine(
            part.key.value,
            str(PART_TITLES[part.key]),
            said[part.key](score.totals) if part.is_known else _("Nothing yet: this part does not count."),
            _("%(points)s of %(most)s points") % {"points": part.points, "most": part.most} if part.is_known else "–",
        )
        for part in score.parts
    ]


def _answers(one: Totals) -> str:
    text = _("Answered %(quick)s of %(asked)s within one business day, and %(soon)s more within three.")
    return text % {"quick": one.quick, "asked": one.asked, "soon": one.soon}


def _outcomes(one: Totals) -> str:
    text = _(
        "Of %(decided)s cases %(progressed)s progressed, %(won)s of them to a sale; %(declined)s were declined,"
        " %(lost)s lost and reported, %(dropped)s let lie."
    )
    names = ("decided", "progressed", "won", "declined", "lost", "dropped")
    return text % {name: getattr(one, name) for name in names}


def _reports(one: Totals) -> str:
    text = _(
        "Of %(deals)s deals %(sized)s have a value and %(dated)s a close date that holds; of %(due)s that are due"
        " %(reported)s have an outcome."
    )
    return text % {name: getattr(one, name) for name in ("deals", "sized", "dated", "due", "reported")}


@dataclass(frozen=True)
class FitReason:
    """Why a partner fits what is asked for, or does not: the question in words, and a sentence about it."""

    about: str
    text: str


def fit_reason(about: str, one: Totals) -> FitReason:
    """What became of a partner's cases in "Poland", or with "POS"."""
    many = one.decided
    words = {"about": about, "won": one.won, "progressed": one.progressed, "declined": one.declined, "many": many}
    if not many:
        return FitReason(about, _("%(about)s: no case yet") % words)
    if one.won:
        text = ngettext("%(about)s: won %(won)s of %(many)s case", "%(about)s: won %(won)s of %(many)s cases", many)
    elif one.progressed:
        text = ngettext(
            "%(about)s: %(progressed)s of %(many)s case progressed",
            "%(about)s: %(progressed)s of %(many)s cases progressed",
            many,
        )
    else:
        text = ngettext("%(about)s: nothing came of %(many)s case", "%(about)s: nothing came of %(many)s cases", many)
    if one.declined:
        text = _("%(said)s, declined %(declined)s") % {"said": text % words, "declined": one.declined}
        return FitReason(about, text)
    return FitReason(about, text % words)


def is_there(about: str) -> FitReason:
    """The partner has its seat or an office in the country."""
    return FitReason(about, _("Has people in %(country)s") % {"country": about})


def sells(names: str) -> FitReason:
    """The partner has solutions that match."""
    return FitReason(names, _("Sells %(solutions)s") % {"solutions": names})
