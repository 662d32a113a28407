"""The words of intake links, and the table of their steps (E13)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.roles import LEADS_SUBMIT, PARTNER
from partnerhub.states import Api, Dialog, Machine, Step, Told, of_portal


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("intake link", "Open")
    PAUSED = "paused", pgettext_lazy("intake link", "Paused")
    CLOSED = "closed", pgettext_lazy("intake link", "Closed")


class ComesIn(models.TextChoices):
    """What is made of what people send."""

    DRAFT = "draft", _("As a draft, which you look at and submit")
    LEAD = "lead", _("As a lead, submitted at once")


TONES = {Status.OPEN: ("good", "check"), Status.PAUSED: ("warn", "clock"), Status.CLOSED: ("mute", "x")}
NEXT = {
    Status.OPEN: _("Whoever has the link or the code can send the form."),
    Status.PAUSED: _("The form says that nothing is taken now. The link works again once it is opened."),
    Status.CLOSED: _("The link has stopped working for good."),
}

INTAKE_LINK = Machine(
    "intakelink",
    (
        Step(
            "pause",
            _("Pause link"),
            (Status.OPEN,),
            Status.PAUSED,
            LEADS_SUBMIT,
            PARTNER,
            told=Told("intakelink.paused", _("Intake link paused"), _("Paused")),
            dialog=Dialog(
                _("Pause the link %(name)s?"),
                _("The form says that nothing is taken now. You can open it again."),
                done=_("The link %(name)s is paused."),
            ),
            api=Api("Pause an intake link"),
        ),
        Step(
            "resume",
            _("Open link again"),
            (Status.PAUSED,),
            Status.OPEN,
            LEADS_SUBMIT,
            PARTNER,
            told=Told("intakelink.resumed", _("Intake link opened again"), _("Open again")),
            dialog=Dialog(
                _("Open the link %(name)s again?"),
                _("Whoever has the link or the code can send the form."),
                done=_("The link %(name)s is open again."),
            ),
            api=Api("Open an intake link again"),
        ),
        Step(
            "change",
            _("Change link"),
            (Status.OPEN, Status.PAUSED),
            None,
            LEADS_SUBMIT,
            PARTNER,
            told=Told("intakelink.changed", _("Intake link changed"), _("Changed"), "info", "edit"),
            dialog=Dialog(
                _("Change the link %(name)s"),
                _("Its address and its code stay the same."),
                *(_("Save"), _("Cancel"), _("The link %(name)s is saved.")),
            ),
            api=Api("Change an intake link", _("What is not sent stays.")),
        ),
        Step(
            "close",
            _("Close link"),
            (Status.OPEN, Status.PAUSED),
            Status.CLOSED,
            LEADS_SUBMIT,
            PARTNER,
            told=Told("intakelink.closed", _("Intake link closed"), _("Closed")),
            dialog=Dialog(
                _("Close the link %(name)s?"),
                _("It stops working for good, printed codes too. What came in stays."),
                done=_("The link %(name)s is closed."),
                danger=True,
            ),
            api=Api("Close an intake link"),
        ),
        of_portal(
            "expire",
            (Status.OPEN, Status.PAUSED),
            Status.CLOSED,
            Told("intakelink.expired", _("Intake link expired"), _("Expired"), icon="clock"),
        ),
    ),
    also=(Told("intakelink.opened", _("Intake link made"), _("Link made"), "info", "link"),),
    states=Status,
    tones=TONES,
    next=NEXT,
    keep=_("Keep as it is"),
)
