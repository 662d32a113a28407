"""Which responses a member may see, the tenant's rules for them, and who answers for the vendor."""

from uuid import UUID

from django.db.models import QuerySet

from deals.models import Deal
from deals.selectors.deals import deals_seen_by
from partnerhub.absences.cover import working_for
from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.partners.models import Partner
from partnerhub.responses.models import ResponseRule
from partnerhub.roles import RESPONSES_ANSWER, RESPONSES_VIEW, RESPONSES_VIEW_ALL, VENDOR, roles_with
from partnerhub.web.visibility import EVERYTHING, NOTHING, Among, Is, Linked, Rule


def responses_seen_by(by: Seat) -> Rule:
    """All of the tenant's or of the own partner's; else those that name oneself, and those of deals that one is on."""
    if not by.can(RESPONSES_VIEW):
        return NOTHING
    sees_all = by.can(RESPONSES_VIEW_ALL) or by.stands_for(RESPONSES_VIEW_ALL)
    if by.side == VENDOR:
        named = Among("representative_id", (by.pk, *by.stands_for(RESPONSES_ANSWER)))
        return EVERYTHING if sees_all else named
    own = Is("partner_id", by.partner_id)
    return own if sees_all else own & Linked(Deal, "id", deals_seen_by(by), here="deal_id")


def current_rule() -> ResponseRule:
    """The tenant's rules; as they come with the portal where nobody has changed them."""
    return ResponseRule.objects.select_related("representative__user").first() or ResponseRule()


def sellers() -> QuerySet[Membership]:
    """The vendor's people who may answer, by name."""
    able = [role.value for role in roles_with(RESPONSES_ANSWER, VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=None, roles__overlap=able)
    return rows.select_related("user").order_by("name_key", "id")


def representative_for(partner: Partner, rule: ResponseRule, named: UUID | None = None) -> UUID | None:
    """Who answers: whom the partner `named`, else the first of its channel managers, else whom the rules name; or who
    covers for them.

    None where there is nobody: every channel manager is told then.
    """
    wanted = [one for one in (named, *partner.managers, rule.representative_id) if one]
    able = {row.pk for row in sellers().filter(pk__in=wanted)} if wanted else set()
    return next((there for one in wanted if one in able and (there := working_for(one))), None)
