"""Incentives of a tenant: what a won deal can be registered for (B7)."""

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.roles import PROGRAMS_MANAGE, VENDOR
from partnerhub.states import Api, AskedMoney, AskedTick, Asks, Dialog, Machine, Step, Text, Told


class IncentiveStatus(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("of an incentive", "Active")
    RETIRED = "retired", pgettext_lazy("of an incentive", "Retired")


INCENTIVE_TONES = {IncentiveStatus.ACTIVE: ("good", "check"), IncentiveStatus.RETIRED: ("mute", "xc")}
INCENTIVE_NEXT = {
    IncentiveStatus.ACTIVE: _("Partners register won deals for it, if it is one for own solutions (IP)."),
    IncentiveStatus.RETIRED: _("Nothing can be registered for it any more. What was registered goes on."),
}
INCENTIVE_FIELDS = (
    Text("name", _("Name"), most=100, rows=1, missing=_("Enter a name.")),
    Text(
        *("code", _("Code"), _("Short, for files and other systems: ip-co-sell.")),
        most=40,
        rows=1,
        missing=_("Enter a code."),
    ),
    AskedTick("is_ip", _("It is for own solutions (IP): deals can be registered for it"), required=False),
    AskedMoney("threshold", _("A deal is worth at least")),
    Text("conditions", _("Conditions"), _("The partner reads them before it registers a deal."), required=False),
)
NEW_INCENTIVE = Asks("NewIncentiveBody", about="Something that won deals are registered for.", fields=INCENTIVE_FIELDS)
CHANGE_INCENTIVE = Asks(
    "ChangeIncentiveBody", about="All of it, as it is from now on.", fields=INCENTIVE_FIELDS, edits=True
)
INCENTIVE_ADDED = Told("incentive.added", _("Incentive added"), _("Added"), "info", "plus")
of_admin = partial(Step, permission=PROGRAMS_MANAGE, side=VENDOR, api=Api())
INCENTIVE = Machine(
    "incentive",
    (
        of_admin(
            *("edit", _("Change"), (IncentiveStatus.ACTIVE, IncentiveStatus.RETIRED), None),
            told=Told("incentive.changed", _("Incentive changed"), _("Changed"), "info", "edit"),
            asks=CHANGE_INCENTIVE,
            dialog=Dialog(
                _("Change %(name)s"),
                _("It holds for what is registered from now on."),
                *(_("Save"), _("Cancel"), _("%(name)s is saved.")),
            ),
        ),
        of_admin(
            *("retire", _("Retire"), (IncentiveStatus.ACTIVE,), IncentiveStatus.RETIRED),
            told=Told("incentive.retired", _("Incentive retired"), pgettext_lazy("of an incentive", "Retired")),
            dialog=Dialog(
                _("Retire the incentive %(name)s?"),
                _("Nothing can be registered for it any more. What was registered goes on."),
                done=_("The incentive %(name)s is retired."),
                danger=True,
            ),
        ),
        of_admin(
            *("restore", _("Restore"), (IncentiveStatus.RETIRED,), IncentiveStatus.ACTIVE),
            told=Told("incentive.restored", _("Incentive restored"), _("Restored")),
            dialog=Dialog(
                _("Restore %(name)s?"),
                _("Partners can register won deals for it again."),
                done=_("%(name)s is active again."),
            ),
        ),
    ),
    also=(INCENTIVE_ADDED,),
    states=IncentiveStatus,
    tones=INCENTIVE_TONES,
    next=INCENTIVE_NEXT,
    keep=_("Keep incentive"),
)
