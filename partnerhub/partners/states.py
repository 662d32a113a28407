"""The life of a partner: its words and its table of steps (rulings 28)."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor, hats_of
from partnerhub.errors import Reason
from partnerhub.roles import PARTNERS_ALL, PARTNERS_MANAGE, VENDOR
from partnerhub.states import Api, Asks, Dialog, Machine, Step, Text, Told

REASON_LENGTH = 500


class Status(TextChoices):
    """A suspended partner's members read and change nothing."""

    ACTIVE = "active", pgettext_lazy("of a partner", "Active")
    SUSPENDED = "suspended", pgettext_lazy("of a partner", "Suspended")


class SolutionStatus(TextChoices):
    """How far a solution of a partner has come (rulings 21). Its steps stand in `partnerhub.solutions`."""

    DRAFT = "draft", pgettext_lazy("of a solution", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("of a solution", "In review")
    PUBLISHED = "published", pgettext_lazy("of a solution", "Published")
    CO_SELL_READY = "co_sell_ready", pgettext_lazy("of a solution", "Co-sell ready")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a solution", "Withdrawn")


TONES = {Status.ACTIVE: ("good", "checkc"), Status.SUSPENDED: ("warn", "minus")}
"""How a status looks: tone and icon."""

FIELDS = {
    "name": _("Name"),
    "country": _("Country"),
    "language": _("Language"),
    "timezone": _("Time zone"),
    "website": _("Website"),
    "status": _("Status"),
    "suspension_reason": pgettext_lazy("noun", "Reason"),
    "managers": _("Channel managers"),
    "tier": _("Tier"),
}
"""What people call the columns of a partner."""

SUSPEND = "suspend"
LIFT = "lift"


class LookedAfter(Protocol):
    """A partner, as far as its steps depend on it."""

    @property
    def name(self) -> str: ...
    @property
    def managers(self) -> Sequence[UUID]: ...


def looked_after(partner: LookedAfter, actor: Actor) -> Reason:
    """Whoever changes a partner looks after it: by name, where it names somebody (roles.md)."""
    return Reason.of(
        "not_managed",
        actor.can(PARTNERS_ALL)
        or not partner.managers
        or not set(partner.managers).isdisjoint(hats_of(actor, PARTNERS_MANAGE)),
        met=_("You look after this partner."),
        missing=_now("Other channel managers look after %(partner)s.") % {"partner": partner.name},
        who=_("Ask one of them, or a Programme admin."),
    )


PARTNER_MACHINE = Machine(
    "partner",
    (
        Step(
            SUSPEND,
            _("Suspend"),
            (Status.ACTIVE,),
            Status.SUSPENDED,
            PARTNERS_MANAGE,
            VENDOR,
            (looked_after,),
            told=Told(
                "partner.suspended",
                _("Partner suspended"),
                _("Partner suspended"),
                *TONES[Status.SUSPENDED],
                said="suspension_reason",
            ),
            asks=Asks(
                "SuspendBody",
                about="Why. The partner's members read it on every page.",
                fields=(
                    Text(
                        "reason",
                        pgettext_lazy("noun", "Reason"),
                        _("The partner reads these words on every page."),
                        most=REASON_LENGTH,
                        rows=3,
                        missing=_("Say why: the partner reads it."),
                    ),
                ),
            ),
            dialog=Dialog(
                _("Suspend %(name)s?"),
                _("Its people keep their sign-in and read everything, but change nothing and send nothing new."),
                _("Suspend partner"),
                _("Keep partner active"),
                _("%(name)s is suspended."),
                danger=True,
            ),
            api=Api("Suspend a partner", "From now on its members read only, and nothing new begins for it."),
        ),
        Step(
            LIFT,
            _("Lift the suspension"),
            (Status.SUSPENDED,),
            Status.ACTIVE,
            PARTNERS_MANAGE,
            VENDOR,
            (looked_after,),
            told=Told("partner.lifted", _("Suspension lifted"), _("Suspension lifted"), *TONES[Status.ACTIVE]),
            dialog=Dialog(
                _("Lift the suspension of %(name)s?"),
                _("Its people can work again at once, with the roles they have."),
                _("Lift the suspension"),
                _("Keep partner suspended"),
                _("%(name)s can work again."),
            ),
            api=Api("Lift a partner's suspension", "Its members can work again at once, with the roles they have."),
        ),
    ),
    states=Status,
)
