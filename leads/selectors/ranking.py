"""Who could work a lead: the representatives ranked, each with the reasons in words (E15).

Of 100 points 50 are for free capacity beside the others, 30 for awarded leads of the same country, 20 for leads of the
same partner; five of these are as good as any number.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from django.utils.functional import cached_property
from django.utils.translation import ngettext

from leads.models import Lead
from leads.selectors.scope import listed_leads
from leads.selectors.triage import workloads
from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.roles import Role

NEWEST = 500
"""So many of the newest leads tell who has worked what, however many there are."""
CAPACITY_POINTS, COUNTRY_POINTS, PARTNER_POINTS = 50, 30, 20
ENOUGH = 5


@dataclass(frozen=True)
class Candidate:
    """A representative for a lead. `free`: the share of the longest workload that is not theirs, 0 to 1.

    `awarded`: how many of the newest leads of its country they brought to an award; `known`: how many leads of its
    partner they work or worked.
    """

    member: Membership
    lead: Lead
    open_leads: int
    free: float
    awarded: int
    known: int

    @cached_property
    def points(self) -> int:
        """How well they fit, 0 to 100."""
        experience = COUNTRY_POINTS * min(self.awarded, ENOUGH) + PARTNER_POINTS * min(self.known, ENOUGH)
        return round(CAPACITY_POINTS * self.free + experience / ENOUGH)

    @property
    def reasons(self) -> list[str]:
        """What speaks for them, in words, with the numbers; how much they have to do first."""
        said = [
            ngettext("%(number)s open lead", "%(number)s open leads", self.open_leads) % {"number": self.open_leads}
        ]
        if self.awarded:
            words = ngettext("%(number)s awarded in %(country)s", "%(number)s awarded in %(country)s", self.awarded)
            said.append(words % {"number": self.awarded, "country": self.lead.country.name})
        if self.known and self.lead.partner:
            words = ngettext("knows %(partner)s: %(number)s lead", "knows %(partner)s: %(number)s leads", self.known)
            said.append(words % {"number": self.known, "partner": self.lead.partner.name})
        return said


def candidates(lead: Lead, membership: Membership) -> list[Candidate]:
    """Whom the lead can be assigned to: sales representatives, then others who may work leads; the best fit first, then
    by name. Three statements, of bounded reach."""
    people, done = workloads(membership), _Work.of(lead, membership)
    most = max((many for _member, many in people), default=0)
    found = [
        Candidate(one, lead, many, 1 - many / most if most else 1.0, done.awarded[one.pk], done.known[one.pk])
        for one, many in people
    ]
    return sorted(found, key=lambda one: (Role.SALES_REPRESENTATIVE not in one.member.roles, -one.points))


@dataclass(frozen=True)
class _Work:
    """Of each representative's id, how many awards of the lead's country and leads of its partner."""

    awarded: Counter[object]
    known: Counter[object]

    @classmethod
    def of(cls, lead: Lead, membership: Membership) -> Self:
        newest = listed_leads(membership).exclude(pk=lead.pk).order_by("-submitted_at", "-id")
        rows = newest.values_list("representative_id", "country", "partner_id", "status")[:NEWEST]
        worked = [row for row in rows if row[0]]
        return cls(
            Counter(key for key, country, _p, status in worked if status == Status.AWARDED and country == lead.country),
            Counter(key for key, _c, partner, _s in worked if partner and partner == lead.partner_id),
        )
