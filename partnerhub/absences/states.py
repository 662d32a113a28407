"""The words of absences, and the table of their steps (E28)."""

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.accounts.covering import came_back_words
from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import MEMBERS_MANAGE, OWN_MANAGE
from partnerhub.states import EITHER_SIDE, Api, AskedDay, AskedMember, Asks, Dialog, Machine, Text
from partnerhub.states.steps import Step, Told, of_portal


class Status(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("absence", "Planned")
    ACTIVE = "active", pgettext_lazy("absence", "Away")
    ENDED = "ended", pgettext_lazy("absence", "Back")
    CANCELLED = "cancelled", pgettext_lazy("absence", "Cancelled")


TONES = {
    Status.PLANNED: ("info", "clock"),
    Status.ACTIVE: ("warn", "user"),
    Status.ENDED: ("good", "check"),
    Status.CANCELLED: ("mute", "xc"),
}
ABSENCE_NEXT = {
    Status.PLANNED: _("From %(first_day)s on %(deputy)s covers for %(name)s."),
    Status.ACTIVE: _("%(name)s is away until %(last_day)s; %(deputy)s covers."),
    Status.ENDED: _("%(name)s is back."),
    Status.CANCELLED: _("Nothing: %(name)s stays."),
}
TAKES_PLACE = (Status.PLANNED, Status.ACTIVE)


def is_theirs(absence: object, actor: Actor) -> Reason:
    """It is changed by the one who is away, or by whoever manages the people of the organisation; not by the deputy."""
    return Reason.of(
        "theirs",
        actor.id == getattr(absence, "member_id", None) or actor.can(MEMBERS_MANAGE),
        met=_("It is your own absence, or you manage users and roles."),
        missing=_("Only the one who is away can change it, or who manages users and roles."),
        final=True,
    )


ABSENCE_FIELDS = (
    AskedDay("first_day", _("First day away"), _("Enter the first day.")),
    AskedDay("last_day", _("Last day away"), _("Enter the last day.")),
    AskedMember(
        "deputy",
        _("Deputy"),
        _("Meanwhile new work goes to them, and they see what you see. They get no right that they lack."),
        _("Choose a colleague"),
        _("Choose who covers."),
    ),
    Text("note", _("Note to the deputy"), required=False, most=500, rows=2),
)
PLAN_ABSENCE = Asks(
    "PlanAbsenceBody",
    about="The days, both included, in the zone of the one who is away; of oneself, where `member` is left out.",
    fields=(AskedMember("member", _("Who is away"), required=False), *ABSENCE_FIELDS),
)
CHANGE_ABSENCE = Asks(
    "ChangeAbsenceBody", about="The days, both included, and who covers.", fields=ABSENCE_FIELDS, edits=True
)
ABSENCE_STARTED = Told("absence.started", _("Absence began"), _("Absence began"))
ABSENCE_ENDED = Told("absence.ended", _("Absence ended"), _("Back"), said=came_back_words)
ABSENCE_PLANNED = Told("absence.planned", _("Absence planned"), _("Absence planned"), "info", "clock")

of_the_absent = partial(Step, permission=OWN_MANAGE, side=EITHER_SIDE, conditions=(is_theirs,), api=Api())
CHANGE_STEP = of_the_absent(
    *("change", _("Change"), TAKES_PLACE, None),
    told=Told("absence.changed", _("Absence changed"), _("Days or deputy changed"), "info", "edit"),
    asks=CHANGE_ABSENCE,
    dialog=Dialog(
        _("Change the absence of %(name)s"),
        _("The deputy is told. Once it has begun, its first day stays."),
        *(_("Save"), _("Cancel"), _("The absence of %(name)s is saved.")),
    ),
)
CANCEL_STEP = of_the_absent(
    *("cancel", _("Cancel absence"), (Status.PLANNED,), Status.CANCELLED),
    told=Told("absence.cancelled", _("Absence cancelled"), _("Cancelled")),
    dialog=Dialog(
        _("Cancel the absence of %(name)s?"),
        _("The deputy is told that there is nothing to cover."),
        done=_("The absence of %(name)s is cancelled."),
        danger=True,
    ),
)
RETURN_STEP = of_the_absent(
    *("return", _("Back today"), (Status.ACTIVE,), Status.ENDED),
    told=ABSENCE_ENDED,
    dialog=Dialog(
        _("Is %(name)s back?"),
        _("New work goes to %(name)s again. Both are told what is open."),
        done=_("%(name)s is back."),
    ),
)
BY_CLOCK = (
    of_portal("start", (Status.PLANNED,), Status.ACTIVE, ABSENCE_STARTED),
    of_portal("end", (Status.ACTIVE,), Status.ENDED, ABSENCE_ENDED),
)
ALL_STEPS = (CHANGE_STEP, CANCEL_STEP, RETURN_STEP, *BY_CLOCK)
ABSENCE = Machine(
    "absence", ALL_STEPS, also=(ABSENCE_PLANNED,), states=Status, tones=TONES, next=ABSENCE_NEXT, keep=_("Keep absence")
)
