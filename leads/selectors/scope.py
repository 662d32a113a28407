"""The visibility rule of leads, which every list, page, search, export and API reads.

List, page, lock, search, export, API, counts, triage and the messages' look-up start from `seen_by`, the row-level
policy says `of_side`, and a property test compares them all (`tests/leads/test_visibility.py`).
"""

from uuid import UUID

from django.db.models import QuerySet

from leads.models import UNSENT, Lead
from leads.states import Status
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.roles import LEADS_VIEW, LEADS_VIEW_ALL, LEADS_VIEW_ASSIGNED, LEADS_VIEW_OWN, VENDOR
from partnerhub.web.visibility import EVERYTHING, NOTHING, Filled, Holds, Is, Linked, Rule, Some, one_of

IS_SENT = Filled("submitted_at")
"""What lists show; a draft is seen by its own partner only."""


def seen_by(membership: Seat) -> Rule:
    """Which leads this member may see. Claims and shares widen it here; see `partnerhub.web.visibility`.

    Who covers for a colleague sees the colleague's besides, on the side that both are of (E28).
    """
    if not membership.can(LEADS_VIEW):
        return NOTHING
    seen = of_side(membership.side, membership.partner_id)
    if membership.can(LEADS_VIEW_ALL) or membership.stands_for(LEADS_VIEW_ALL):
        return seen
    assigned, own = membership.stands_for(LEADS_VIEW_ASSIGNED), membership.stands_for(LEADS_VIEW_OWN)
    return seen & (one_of("representative_id", assigned) | own_of(*own))


def of_side(side: str, partner_id: UUID | None) -> Rule:
    """Which leads anybody of an organisation could see: what the row-level policy lets through.

    A test holds the policy against it: a change here wants `wall_again()` in a migration.
    """
    return IS_SENT if side == VENDOR else Is("partner_id", partner_id)


def own_of(*members: UUID) -> Rule:
    """What one of these members submitted, owns or is in the team of (roles.md)."""
    mine = (Is("submitted_by_id", one) | Is("owner_id", one) | Holds("team", one) for one in members)
    return Some.of(*mine)


def seen_with_lead(membership: Seat) -> Rule:
    """Which records that are made of a lead (`lead`, `partner`) a member may see: those of leads that they see."""
    if not membership.can(LEADS_VIEW):
        return NOTHING
    side = EVERYTHING if membership.side == VENDOR else Is("partner_id", membership.partner_id)
    return side & Linked(Lead, "id", seen_by(membership), here="lead_id")


def listed_by(membership: Seat) -> Rule:
    """The leads of *Submitted leads*, before any filter."""
    return seen_by(membership) & IS_SENT


def is_sides(membership: Seat) -> bool:
    """Whether the member sees all that anybody of the organisation could."""
    return seen_by(membership) == of_side(membership.side, membership.partner_id)


def leads_for(membership: Seat) -> QuerySet[Lead]:
    """Every lead that this member may see; every lookup starts here."""
    return Lead.objects.filter(seen_by(membership).lookup())


def leads_at(member: Membership) -> QuerySet[Lead]:
    """Every lead that this member's organisation could see: what somebody holds there is counted of these."""
    return Lead.objects.filter(of_side(member.side, member.partner_id).lookup())


def listed_leads(membership: Seat) -> QuerySet[Lead]:
    """The leads of *Submitted leads*, nothing else with them."""
    return Lead.objects.filter(listed_by(membership).lookup())


def drafts_of(membership: Seat) -> QuerySet[Lead]:
    """The own side's unsent leads."""
    return leads_for(membership).filter(UNSENT, status=Status.DRAFT)
