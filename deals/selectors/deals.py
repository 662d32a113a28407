"""Which deals a member may see, whether they can open one, and what they can choose for it."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deals.models import Company, Customer, Deal, DealSide
from deals.selectors.customers import ids_of
from deals.states.deals import DealType
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.errors import Reason
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.roles import (
    DEALS_MANAGE,
    DEALS_VIEW,
    DEALS_VIEW_ALL,
    DEALS_VIEW_OWN,
    MEMBERS_MANAGE,
    PARTNER,
    PROFILE_MANAGE,
    VENDOR,
    roles_with,
)
from partnerhub.solutions.selectors import offered_by
from partnerhub.web.visibility import NOTHING, Holds, Is, Linked, Missing, Rule, Some

DEALS_SHOWN = 20


def deals_seen_by(by: Seat) -> Rule:
    """Those that the own organisation is in; of these all, or what one opened or is in the team of (roles.md)."""
    if not by.can(DEALS_VIEW):
        return NOTHING
    whose = Missing("partner_id") if by.side == VENDOR else Is("partner_id", by.partner_id)
    seen = Linked(DealSide, "deal_id", whose)
    return seen if by.can(DEALS_VIEW_ALL) or by.stands_for(DEALS_VIEW_ALL) else seen & deals_of(by)


def deals_of(by: Seat) -> Rule:
    """*My opportunities*: what the member, or a colleague whom they cover for, opened or is in the team of."""
    people = {by.pk, *by.stands_for(DEALS_VIEW_OWN)}
    return Some.of(*(rule for one in people for rule in (Is("created_by_id", one), Holds("team", one))))


def can_open(by: Seat) -> list[Reason]:
    """Everything that opening a deal needs, met or missing (B4)."""
    able = [str(role.label) for role in roles_with(DEALS_MANAGE, PARTNER)]
    needed = ngettext("You need the role %(roles)s.", "You need one of the roles %(roles)s.", len(able))
    why_not = by.why_read_only or needed % {"roles": ", ".join(able)}
    states = set(offered_by(by.partner_id).order_by().values_list("status", flat=True).distinct())
    ready = SolutionStatus.CO_SELL_READY in states
    return [
        Reason.of(
            "role",
            by.side == PARTNER and by.can(DEALS_MANAGE),
            met=_("You have a role that may open deals."),
            missing=why_not,
            who=_("An administrator can give you the role."),
            by=MEMBERS_MANAGE,
        ),
        Reason.of(
            "published",
            ready or SolutionStatus.PUBLISHED in states,
            met=_("A solution of yours is published."),
            missing=_("No solution of yours is published."),
            who=_("Send one for review in your profile under Solutions; a channel manager publishes it."),
            by=PROFILE_MANAGE,
        ),
        Reason.of(
            "co_sell_ready",
            ready,
            met=_("A published solution is co-sell ready."),
            missing=_("No published solution of yours is co-sell ready."),
            who=_("A channel manager marks a published solution as co-sell ready."),
        ),
    ]


def solutions_named(ids: list[UUID]) -> dict[UUID, str]:
    """The names of solutions, by id."""
    return dict(Solution.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name"))


def deals_with(customer: Customer, by: Seat, *, are_private: bool) -> list[Deal]:
    """The deals with a company or a contact, and with what was merged into it, that this member sees: the latest.

    Those that are their partner's alone, or those that are shared.
    """
    whose = "company__in" if isinstance(customer, Company) else "contact__in"
    rows = Deal.objects.filter(deals_seen_by(by).lookup(), **{whose: ids_of(customer)})
    rows = rows.filter(type=DealType.PRIVATE) if are_private else rows.exclude(type=DealType.PRIVATE)
    return list(rows.order_by("-updated_at", "-id")[:DEALS_SHOWN])


def last_currency(partner_id: UUID | None) -> str:
    """The currency in which a partner's next deal probably is."""
    last = Deal.objects.filter(partner=partner_id).order_by("-updated_at").first()
    return last.currency if last else "EUR"


def team_of(partner_id: UUID | None) -> QuerySet[Membership]:
    """Who can be in the team of a deal: the members of its partner with a role in deals, by name."""
    able = [role.value for role in roles_with(DEALS_VIEW, PARTNER)]
    rows = Membership.objects.filter(partner=partner_id, is_active=True, user__is_active=True, roles__overlap=able)
    return rows.select_related("user").order_by("name_key", "id")
