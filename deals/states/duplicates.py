"""The words of customers that may be one, and the table of their steps (E1)."""

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.roles import CUSTOMERS_MANAGE
from partnerhub.states import EITHER_SIDE, Api, Dialog, Machine, Step, Told, of_portal


class Likeness(models.TextChoices):
    """Why two may be one."""

    NEARLY = "nearly", _("Nearly the same name")
    DOMAIN = "domain", _("The same domain")
    EMAIL = "email", _("The same email address")
    NAME = "name", _("The same name")


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("possible duplicate", "Open")
    MERGED = "merged", pgettext_lazy("possible duplicate", "Merged")
    NOT_SAME = "not_same", pgettext_lazy("possible duplicate", "Not the same")
    ENDED = "ended", pgettext_lazy("possible duplicate", "Ended")


TONES = {
    Status.OPEN: ("warn", "clock"),
    Status.MERGED: ("good", "check"),
    Status.NOT_SAME: ("mute", "people"),
    Status.ENDED: ("mute", "xc"),
}
DUPLICATE_NEXT = {
    Status.OPEN: _("Merge them, or say that they are not the same."),
    Status.MERGED: _("They are one. Whoever takes one out again finds both here."),
    Status.NOT_SAME: _("They stay two, and are not proposed again."),
    Status.ENDED: _("One of them was merged into another one."),
}
of_both_sides = partial(Step, permission=CUSTOMERS_MANAGE, side=EITHER_SIDE, api=Api())
DUPLICATE = Machine(
    "duplicate",
    (
        of_both_sides(
            *("not_same", _("Not the same"), (Status.OPEN,), Status.NOT_SAME),
            told=Told("duplicate.not_same", _("Said to be not the same"), _("Not the same")),
            dialog=Dialog(
                _("Are %(one)s and %(twin)s two?"),
                _("They stay as they are and are not proposed again. You can change your mind later."),
                done=_("%(one)s and %(twin)s are not the same."),
            ),
        ),
        of_both_sides(
            *("ask_again", _("Propose again"), (Status.NOT_SAME,), Status.OPEN),
            told=Told("duplicate.asked_again", _("Proposed as a duplicate again"), _("Proposed again")),
            dialog=Dialog(
                _("Propose %(one)s and %(twin)s again?"),
                _("They stand among the possible duplicates again."),
                done=_("%(one)s and %(twin)s are proposed again."),
            ),
        ),
        of_portal(
            *("merged", (Status.OPEN, Status.NOT_SAME, Status.ENDED), Status.MERGED),
            Told("duplicate.merged", _("Possible duplicate merged"), _("Merged")),
        ),
        of_portal(
            *("end", (Status.OPEN,), Status.ENDED),
            Told("duplicate.ended", _("Possible duplicate ended"), _("One of them was merged into another one")),
        ),
        of_portal(
            *("found_again", (Status.MERGED, Status.ENDED), Status.OPEN),
            Told("duplicate.found_again", _("Possible duplicate found again"), _("Found again")),
        ),
    ),
    also=(Told("duplicate.found", _("Possible duplicate found"), _("Found")),),
    states=Status,
    tones=TONES,
    next=DUPLICATE_NEXT,
    keep=_("Cancel"),
)
