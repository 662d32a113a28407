"""The steps of a lead that the portal itself takes, while an app above tries something else with the business."""

from django.utils.translation import gettext_lazy as _

from leads.states.told import AWARDED
from leads.states.words import OPEN, Status
from partnerhub.roles import VENDOR
from partnerhub.states import SYSTEM_SIDE, Step, Told

SYSTEM_STEPS = (
    Step(
        "set_aside",
        "set_aside",
        OPEN,
        None,
        "",
        SYSTEM_SIDE,
        told=Told("lead.set_aside", _("Lead set aside"), _("Out of triage for now"), icon="clock", audience=VENDOR),
    ),
    Step(
        "take_up",
        "take_up",
        OPEN,
        None,
        "",
        SYSTEM_SIDE,
        told=Told("lead.taken_up", _("Lead taken up again"), _("In triage again"), icon="reload", audience=VENDOR),
    ),
    Step("award_upgraded", "award_upgraded", OPEN, Status.AWARDED, "", SYSTEM_SIDE, told=AWARDED),
)
