"""What a member may see of the referral history."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from leads.selectors import leads_of
from partnerhub.roles import LEADS_VIEW_ALL, MEMBERS_MANAGE, REFERRALS_VIEW, VENDOR, can
from referrals.models import Referral


def referrals_for(membership: Any) -> QuerySet[Referral]:
    """All partners' referrals on the vendor side; the own partner's for its admins; else those of the own leads:
    what one submitted, owns or is in the team of.

    How wide is the roles' matter, also where a token acts: its scopes say what may be read, not whose.
    """
    rows = Referral.objects.all()
    if not membership.can(REFERRALS_VIEW):
        return rows.none()
    if membership.side == VENDOR:
        return rows
    rows = rows.filter(partner=membership.partner_id)
    mine = Q(submitted_by=membership.pk) | Q(lead__in=leads_of(membership.pk))
    return rows if all(map(_sees_all, membership.acting_roles)) else rows.filter(mine)


def _sees_all(roles: Sequence[str]) -> bool:
    return can(roles, LEADS_VIEW_ALL) or can(roles, MEMBERS_MANAGE)


def listed_referrals(membership: Any) -> QuerySet[Referral]:
    """The rows of the referral history, with what a row shows."""
    return referrals_for(membership).select_related("partner")
