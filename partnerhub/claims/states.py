"""The words of queues and claims, and the table of a claim's steps (spec: states.md, Lead; rulings 5 and 7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.states.told import partner_words
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, PARTNER, VENDOR
from partnerhub.states import SYSTEM_SIDE, Machine, Step, Told


class Whereabouts(models.TextChoices):
    """Where a lead that the vendor brought is."""

    QUEUE = "queue", _("Waits in a queue")
    OFFERED = "offered", _("Offered to a partner")
    CLAIMED = "claimed", _("With a partner")
    KEPT = "kept", _("Kept by the vendor")


WAITING = (Whereabouts.QUEUE, Whereabouts.OFFERED)


class Status(models.TextChoices):
    OFFERED = "offered", pgettext_lazy("claim", "Offered")
    DECLINED = "declined", pgettext_lazy("claim", "Declined")
    EXPIRED = "expired", pgettext_lazy("claim", "Expired")
    HELD = "held", pgettext_lazy("claim", "Held")
    KEPT = "kept", pgettext_lazy("claim", "In work")
    LAPSED = "lapsed", pgettext_lazy("claim", "Lapsed")
    RETURNED = "returned", pgettext_lazy("claim", "Returned")
    ENDED = "ended", pgettext_lazy("claim", "Ended")


HOLDING = (Status.HELD, Status.KEPT)
OPEN_CLAIMS = (Status.OFFERED, *HOLDING)
DECLINED_OR_RETURNED = (Status.DECLINED, Status.RETURNED)
"""What a partner does not want again: it is not offered to it any more."""


class Progress(models.TextChoices):
    """How far the holder is with the business."""

    NEW = "new", pgettext_lazy("progress", "New")
    CONTACTED = "contacted", pgettext_lazy("progress", "Contacted")
    MEETING = "meeting", pgettext_lazy("progress", "Meeting")
    QUALIFIED = "qualified", pgettext_lazy("progress", "Qualified")
    STALLED = "stalled", pgettext_lazy("progress", "Stalled")


CLAIM = Machine(
    "claim",
    (
        Step(
            "decline",
            "decline",
            (Status.OFFERED,),
            Status.DECLINED,
            LEADS_SUBMIT,
            PARTNER,
            told=Told("claim.declined", _("Offer of a lead declined"), _("Declined"), "bad", "xc"),
        ),
        Step(
            "expire",
            "expire",
            (Status.OFFERED,),
            Status.EXPIRED,
            "",
            SYSTEM_SIDE,
            told=Told("claim.expired", _("Offer of a lead expired"), _("The offer has expired"), icon="clock"),
        ),
        Step(
            "withdraw",
            "withdraw",
            (Status.OFFERED,),
            Status.EXPIRED,
            LEADS_TRIAGE,
            VENDOR,
            told=Told("claim.withdrawn", _("Offer of a lead withdrawn"), _("The offer is withdrawn"), icon="undo"),
        ),
        Step(
            "progress",
            "progress",
            HOLDING,
            Status.KEPT,
            LEADS_SUBMIT,
            PARTNER,
            told=Told(
                "claim.progress",
                _("Progress of a lead said"),
                _("Progress: %(progress_word)s"),
                "info",
                "progress",
                said="note",
            ),
        ),
        Step(
            "report_dead",
            "report_dead",
            HOLDING,
            Status.KEPT,
            LEADS_SUBMIT,
            PARTNER,
            told=Told("claim.reported_dead", _("Lead reported dead"), _("Reported dead"), "warn", "xc"),
        ),
        Step(
            "find_alive",
            "find_alive",
            HOLDING,
            None,
            LEADS_TRIAGE,
            VENDOR,
            told=Told(
                "claim.found_alive", _("Lead not found dead"), _("Not dead: stays with its holder"), "info", "undo"
            ),
        ),
        Step(
            "keep",
            "keep",
            (Status.HELD,),
            Status.KEPT,
            "",
            SYSTEM_SIDE,
            told=Told("claim.kept", _("Lead taken up by its holder"), "", "info", "progress"),
        ),
        Step(
            "warn",
            "warn",
            HOLDING,
            None,
            "",
            SYSTEM_SIDE,
            told=Told("claim.warned", _("Holder of a lead warned"), _("Nothing was done for a while"), "warn", "bell"),
        ),
        Step(
            "lapse",
            "lapse",
            HOLDING,
            Status.LAPSED,
            "",
            SYSTEM_SIDE,
            told=Told(
                "claim.lapsed", _("Claim of a lead lapsed"), _("Back in the queue: its time is over"), icon="clock"
            ),
        ),
        Step(
            "return",
            "return",
            HOLDING,
            Status.RETURNED,
            LEADS_SUBMIT,
            PARTNER,
            told=Told("claim.returned", _("Lead returned to the queue"), _("Returned to the queue"), icon="undo"),
        ),
        Step(
            "take_back",
            "take_back",
            HOLDING,
            Status.RETURNED,
            LEADS_TRIAGE,
            VENDOR,
            told=Told(
                "claim.taken_back",
                _("Lead taken back from a partner"),
                _("Taken back from the partner"),
                icon="undo",
            ),
        ),
        Step(
            "end",
            "end",
            (*HOLDING, Status.OFFERED),
            Status.ENDED,
            "",
            SYSTEM_SIDE,
            told=Told("claim.ended", _("Claim ended with the decision on its lead"), "", icon="check"),
        ),
    ),
    words=lambda state: Status(state).label,
    also=(
        Told("claim.offered", _("Lead offered to a partner"), _("Offered"), "info", "send", said=partner_words),
        Told("claim.reminded", _("Partner reminded of an offer"), _("Reminded of the offer"), "warn", "bell"),
    ),
)
