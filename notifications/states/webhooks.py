"""The words of webhooks: why an endpoint is off."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Off(TextChoices):
    """Why nothing is sent to an endpoint."""

    ASKED = "asked", _("Somebody has switched it off.")
    GONE = "gone", _("It has answered that it is gone for good (410).")
    FAILING = "failing", _("It has taken nothing for days.")
