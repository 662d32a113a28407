"""The steps of a lead that the portal itself takes, while an app above tries something else with it."""

from django.utils.translation import gettext_lazy as _

from leads.states.told import AWARDED, GIVEN, REFUSED, partner_words
from leads.states.words import OPEN, Status
from partnerhub.roles import PARTNER, VENDOR
from partnerhub.states import SYSTEM_SIDE, Step, Told

ENDED_UNAWARDED = (Status.CONVERTED, Status.NOT_ELIGIBLE, Status.WITHDRAWN)
OBJECTED = Told("lead.objected", _("Lead ended: the person objected"), _("Ended: the person objected"), icon="x")
SYSTEM_STEPS = (
    Step("route", "route", OPEN, None, "", SYSTEM_SIDE, told=GIVEN),
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
    Step(
        "hand_out",
        "hand_out",
        (Status.SUBMITTED,),
        Status.IN_PROGRESS,
        "",
        SYSTEM_SIDE,
        told=Told("lead.claimed", _("Lead taken by a partner"), _("Taken"), "info", "check", said=partner_words),
    ),
    Step(
        "take_in",
        "take_in",
        OPEN,
        Status.SUBMITTED,
        "",
        SYSTEM_SIDE,
        told=Told(
            "lead.taken_in",
            _("Lead back from a partner"),
            _("Back from the partner"),
            icon="undo",
            said=partner_words,
            audience=VENDOR,
        ),
    ),
    Step(
        "take_out",
        "take_out",
        (Status.SUBMITTED,),
        Status.WITHDRAWN,
        "",
        SYSTEM_SIDE,
        told=Told("lead.taken_out", _("Lead taken out by the vendor"), _("Taken out by the vendor"), icon="undo"),
    ),
    Step(
        "hold",
        "hold",
        OPEN,
        None,
        "",
        SYSTEM_SIDE,
        told=Told("lead.held", _("Lead held for review"), _("In review"), icon="clock"),
    ),
    Step("award_upgraded", "award_upgraded", OPEN, Status.AWARDED, "", SYSTEM_SIDE, told=AWARDED),
    Step(
        "look_again",
        "look_again",
        OPEN,
        None,
        "",
        SYSTEM_SIDE,
        told=Told(
            "lead.looked_at_again", _("Lead looked at again"), _("In triage again"), icon="reload", audience=VENDOR
        ),
    ),
    Step(
        "object",
        "object",
        OPEN,
        Status.WITHDRAWN,
        "",
        SYSTEM_SIDE,
        told=OBJECTED,
    ),
    Step("object_closed", "object_closed", ENDED_UNAWARDED, None, "", SYSTEM_SIDE, told=OBJECTED),
    Step(
        "object_draft",
        "object_draft",
        (Status.DRAFT,),
        Status.DISCARDED,
        "",
        SYSTEM_SIDE,
        told=Told("lead.draft_objected", _("Draft emptied: the person objected"), audience=PARTNER),
    ),
    Step("refuse_again", "refuse_again", OPEN, Status.NOT_ELIGIBLE, "", SYSTEM_SIDE, told=REFUSED),
)
