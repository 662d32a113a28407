"""Who may write on a deal, and why not."""

from django.utils.translation import gettext as _

from deals.models import Deal
from deals.states.deals import PHASE_CLOSED
from partnerhub.actors import Seat
from partnerhub.errors import Reason
from partnerhub.roles import DEALS_COMMENT, MEMBERS_MANAGE


def can_note(by: Seat, deal: Deal) -> list[Reason]:
    """Every condition of a note for the own side; a closed deal can still have them."""
    return [
        Reason.of(
            "permission",
            by.can(DEALS_COMMENT),
            met=_("Your role lets you write on deals."),
            missing=by.why_read_only or _("Your role lets you read here, and not write."),
            who=_("An administrator can give you the role."),
            by=MEMBERS_MANAGE,
        )
    ]


def can_comment(by: Seat, deal: Deal) -> list[Reason]:
    """Every condition of a message or a file, which all who are in the deal read."""
    return [
        *can_note(by, deal),
        Reason.of(
            "shared",
            not deal.is_private,
            met=_("The deal is shared."),
            missing=_("The deal is private: your organisation alone sees it, and nobody else could answer."),
            who=_("Whoever may close the deal can convert it to a shared one."),
        ),
        Reason.of(
            "open",
            deal.phase != PHASE_CLOSED,
            met=_("The deal is not closed."),
            missing=_("The deal is closed for good. What was written can still be read."),
            who=_("A clone begins it anew."),
        ),
    ]
