"""What a member may see of the referral history."""

from collections.abc import Sequence

from django.db.models import QuerySet

from leads.models import Lead
from leads.selectors import own_of
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_VIEW_ALL, MEMBERS_MANAGE, REFERRALS_VIEW, VENDOR, can
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Linked, Rule, one_of
from referrals.models import Referral


def seen_by(membership: Membership) -> Rule:
    """Which referrals this member may see: all partners' on the vendor side; the own partner's for its admins; else
    those of the own leads, which one submitted, owns or is in the team of.

    How wide is the roles' matter, also where a token acts: its scopes say what may be read, not whose.
    """
    if not membership.can(REFERRALS_VIEW):
        return NOTHING
    if membership.side == VENDOR:
        return EVERYTHING
    seen = Is("partner_id", membership.partner_id)
    covered = membership.covered
    if all(map(_sees_all, membership.acting_roles)) or any(_sees_all(one.roles) for one in covered):
        return seen
    people = (membership.pk, *(one.id for one in covered if can(one.roles, REFERRALS_VIEW)))
    return seen & (one_of("submitted_by_id", people) | Linked(Lead, "id", own_of(*people), here="lead_id"))


def referrals_for(membership: Membership) -> QuerySet[Referral]:
    """Every referral that this member may see."""
    return Referral.objects.filter(seen_by(membership).lookup())


def _sees_all(roles: Sequence[str]) -> bool:
    return can(roles, LEADS_VIEW_ALL) or can(roles, MEMBERS_MANAGE)


def listed_referrals(membership: Membership) -> QuerySet[Referral]:
    """The rows of the referral history, with what a row shows."""
    return referrals_for(membership).select_related("partner")
