"""What the conflict desk puts on a lead's page: the card of its case, for the vendor; and its share of the credit."""

from django.utils.translation import gettext as _

from leads.beside import Beside
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.conflicts.selectors import case_of, shares_of
from partnerhub.conflicts.services import CASES
from partnerhub.records.standing import standing_of
from partnerhub.roles import ACCOUNTS_VIEW, VENDOR


def conflict_beside(lead: Lead, membership: Membership) -> Beside | None:
    """The card of its case; no statement for a lead of which the check found nothing."""
    if not lead.was_reviewed or membership.side != VENDOR or not membership.can(ACCOUNTS_VIEW):
        return None
    case = case_of(lead)
    if case is None:
        return None
    card = standing_of(CASES, case, see=_("See conflict"))
    return Beside(events=[case.pk], template=card.template, context=card.context)


def share_beside(lead: Lead, membership: Membership) -> Beside | None:
    """The lead's share, where the credit is split: the vendor sees all of them, a partner its own. One statement."""
    if lead.credit_percent is None:
        return None
    shares = shares_of(lead)
    return Beside(template="conflicts/shares.html", context={"shares": shares, "own": lead.pk})
