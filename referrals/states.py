"""The words of referrals, and the table of their steps: the portal itself takes them all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerhub.states import SYSTEM_SIDE, Machine, Step, Told


class Status(models.TextChoices):
    """Active until the merchant leaves (ended), or until two people took the award back."""

    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    TAKEN_BACK = "taken_back", _("Taken back")


TONES = {
    Status.ACTIVE: "good",
    Status.ENDED: "mute",
    Status.TAKEN_BACK: "bad",
}

RECORDED = Told("referral.recorded", _("Referral recorded"), _("Recorded"), "good", "coins")

REFERRAL = Machine(
    "referral",
    (
        Step(
            "record_again",
            "record_again",
            (Status.TAKEN_BACK,),
            Status.ACTIVE,
            "",
            SYSTEM_SIDE,
            told=RECORDED,
        ),
        Step(
            "take_back",
            "take_back",
            (Status.ACTIVE, Status.ENDED),
            Status.TAKEN_BACK,
            "",
            SYSTEM_SIDE,
            told=Told("referral.taken_back", _("Referral taken back"), _("Taken back"), "bad", "undo"),
        ),
    ),
    states=Status,
)
"""It begins with the award of its lead or the win of its deal, is taken back with the award, and comes to life again
with a new one."""
