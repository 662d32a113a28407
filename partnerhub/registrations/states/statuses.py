"""The words of registrations: where they stand, why they are rejected, and what a deal tells of them."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.states import Told
from partnerhub.states.asked import Words
from partnerhub.states.steps import Said


class RegisteredStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of a registration", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("of a registration", "In review")
    ACTION_REQUIRED = "action_required", pgettext_lazy("of a registration", "Action required")
    APPROVED = "approved", pgettext_lazy("of a registration", "Approved")
    REJECTED = "rejected", pgettext_lazy("of a registration", "Rejected")
    EXPIRED = "expired", pgettext_lazy("of a registration", "Expired")


class RejectReason(models.TextChoices):
    NOT_ELIGIBLE = "not_eligible", _("The deal does not meet the conditions of the incentive")
    CONTRACT = "contract", _("The contract does not name the customer or the solution")
    ELSEWHERE = "paid_elsewhere", _("The deal was paid for in another way")
    NO_ANSWER = "no_answer", _("What was asked for did not come")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


_S = RegisteredStatus
IS_OVER = (_S.REJECTED, _S.EXPIRED)
"""What keeps nobody from registering the deal for the incentive again."""
IS_WITH_PARTNER = (_S.DRAFT, _S.ACTION_REQUIRED)
"""The only states in which the partner may change it, and in which its time runs."""
REGISTERED_TONES = {
    _S.DRAFT: ("mute", "edit"),
    _S.IN_REVIEW: ("info", "clock"),
    _S.ACTION_REQUIRED: ("warn", "help"),
    _S.APPROVED: ("good", "award"),
    _S.REJECTED: ("bad", "xc"),
    _S.EXPIRED: ("mute", "hourglass"),
}
REGISTERED_NEXT = {
    _S.DRAFT: _("%(partner_name)s describes the contract and sends it for review by %(due)s; after that it expires."),
    _S.IN_REVIEW: _("The vendor approves it, rejects it, or asks for changes."),
    _S.ACTION_REQUIRED: _("%(partner_name)s answers the vendor by %(due)s; after that it expires."),
    _S.APPROVED: _("Nothing: the claim is approved."),
    _S.REJECTED: _("Nothing: the claim is rejected. The deal can be registered again."),
    _S.EXPIRED: _("Nothing: it was not sent in time."),
}


def why_rejected(data: Mapping[str, Any]) -> str:
    """The reason in the reader's language, and what was written."""
    code = data.get("code", "")
    label = str(RejectReason(code).label) if code in RejectReason.values else ""
    return ": ".join(filter(None, (label, str(data.get("reason_text", "")))))


def _deal_tells(name: str, words: Words, title: Words, status: _S, said: Said = "reason_text") -> Told:
    """The line of it in the timeline of the deal."""
    return Told(f"deal.registration_{name}", words, title, *REGISTERED_TONES[status], said=said)


INCENTIVE_TOLD_ON_DEAL = (
    _deal_tells("opened", _("Deal registered"), _("Registered for %(incentive)s"), _S.DRAFT),
    _deal_tells("sent", _("Registration of a deal sent for review"), _("%(incentive)s: sent for review"), _S.IN_REVIEW),
    _deal_tells(
        "asked",
        _("Changes of a deal’s registration asked for"),
        _("%(incentive)s: changes asked for"),
        _S.ACTION_REQUIRED,
    ),
    _deal_tells("answered", _("Registration of a deal sent again"), _("%(incentive)s: sent again"), _S.IN_REVIEW),
    _deal_tells("approved", _("Registration of a deal approved"), _("%(incentive)s: approved"), _S.APPROVED),
    _deal_tells(
        "rejected", _("Registration of a deal rejected"), _("%(incentive)s: rejected"), _S.REJECTED, why_rejected
    ),
    _deal_tells("expired", _("Registration of a deal expired"), _("%(incentive)s: expired"), _S.EXPIRED),
)
