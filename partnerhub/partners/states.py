"""The life of a partner: its words and its table of steps (rulings 28)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.roles import PARTNERS_MANAGE, VENDOR
from partnerhub.states import Machine, Step, Told


class Status(TextChoices):
    """A suspended partner's members read and change nothing."""

    ACTIVE = "active", pgettext_lazy("of a partner", "Active")
    SUSPENDED = "suspended", pgettext_lazy("of a partner", "Suspended")


TONES = {Status.ACTIVE: ("good", "checkc"), Status.SUSPENDED: ("warn", "minus")}
"""How a status looks: tone and icon."""

SUSPEND = "suspend"
LIFT = "lift"

PARTNER = Machine(
    "partner",
    (
        Step(
            SUSPEND,
            _("Suspend"),
            (Status.ACTIVE,),
            Status.SUSPENDED,
            PARTNERS_MANAGE,
            VENDOR,
            told=Told(
                "partner.suspended",
                _("Partner suspended"),
                _("Partner suspended"),
                *TONES[Status.SUSPENDED],
                said="suspension_reason",
            ),
        ),
        Step(
            LIFT,
            _("Lift the suspension"),
            (Status.SUSPENDED,),
            Status.ACTIVE,
            PARTNERS_MANAGE,
            VENDOR,
            told=Told("partner.lifted", _("Suspension lifted"), _("Suspension lifted"), *TONES[Status.ACTIVE]),
        ),
    ),
    words=lambda state: Status(state).label,
)
