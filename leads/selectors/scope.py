"""Which leads a member may see: every lookup of leads starts here."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from leads.models import HAS_TEAM, Lead
from leads.states import Status
from partnerhub.roles import (
    LEADS_VIEW,
    LEADS_VIEW_ALL,
    LEADS_VIEW_ASSIGNED,
    LEADS_VIEW_OWN,
    VENDOR,
)

MINE = "({0}submitted_by_id = %s OR {0}owner_id = %s OR ({0}team <> '{{}}' AND {0}team @> ARRAY[%s]::uuid[]))"


@dataclass(frozen=True)
class Scope:
    """Which leads a member may see; all that is named has to hold, and nothing named is every lead.

    The one rule in the three languages in which it is asked: the ORM's, SQL's and the search function's.
    `person` is whoever sees what they submitted, own or are in the team of (roles.md).
    """

    partner: UUID | None = None
    representative: UUID | None = None
    person: UUID | None = None

    def lookup(self) -> Q:
        """For a queryset of leads."""
        columns = {"partner": self.partner, "representative": self.representative}
        wanted = Q(**{name: key for name, key in columns.items() if key})
        return wanted & mine(self.person) if self.person else wanted

    def sql(self, alias: str = "") -> tuple[list[str], list[Any]]:
        """Conditions on `leads_lead`, and their values. `alias`: «lead.»."""
        columns = {"partner_id": self.partner, "representative_id": self.representative}
        wanted = [f"{alias}{name} = %s" for name, key in columns.items() if key]
        values: list[Any] = [key for key in columns.values() if key]
        if self.person:
            wanted.append(MINE.format(alias))
            values += [self.person] * 3
        return wanted, values

    def narrowed(self) -> dict[str, str]:
        """In the words of the search function."""
        words = {"partner": self.partner, "assigned_to": self.representative, "mine": self.person}
        return {word: str(key) for word, key in words.items() if key}


def scope_of(membership: Any) -> Scope | None:
    """Which leads this member may see; None: no lead at all."""
    if not membership.can(LEADS_VIEW):
        return None
    partner = None if membership.side == VENDOR else membership.partner_id
    if membership.can(LEADS_VIEW_ALL):
        return Scope(partner)
    if membership.can(LEADS_VIEW_ASSIGNED):
        return Scope(partner, representative=membership.pk)
    if membership.can(LEADS_VIEW_OWN):
        return Scope(partner, person=membership.pk)
    return None


def mine(member_id: UUID) -> Q:
    """What this member submitted, owns or is in the team of."""
    return Q(submitted_by=member_id) | Q(owner=member_id) | (HAS_TEAM & Q(team__contains=[member_id]))


def leads_of(member_id: UUID) -> QuerySet[Lead]:
    """The ids of the leads that are a member's own in this sense, for a condition on what came of them."""
    return Lead.objects.filter(mine(member_id)).values("pk")


def leads_for(membership: Any) -> QuerySet[Lead]:
    """Every lead that this member may see; every lookup starts here. The vendor side sees no drafts."""
    scope = scope_of(membership)
    if scope is None:
        return Lead.objects.none()
    rows = Lead.objects.filter(scope.lookup())
    return rows.filter(submitted_at__isnull=False) if membership.side == VENDOR else rows


def listed_leads(membership: Any) -> QuerySet[Lead]:
    """The leads of *Submitted leads*, nothing else with them."""
    rows = leads_for(membership)
    return rows if membership.side == VENDOR else rows.filter(submitted_at__isnull=False)


def drafts_of(membership: Any) -> QuerySet[Lead]:
    """The own side's unsent leads."""
    return leads_for(membership).filter(status=Status.DRAFT)
