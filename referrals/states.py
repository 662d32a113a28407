"""The words of referrals."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
