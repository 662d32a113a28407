"""The words of the conflict desk, and the table of its steps (rulings 13)."""

from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import LEADS_AWARD, VENDOR
from partnerhub.states import Api, Asks, Dialog, Machine, Step, Text, Told, of_portal
from partnerhub.states.asked import Words


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("conflict", "Open")
    STANDS = "stands", pgettext_lazy("conflict", "All stand")
    DECIDED = "decided", pgettext_lazy("conflict", "Decided for one")
    SPLIT = "split", pgettext_lazy("conflict", "Credit split")
    REFUSED = "refused", pgettext_lazy("conflict", "Not eligible")
    ENDED = "ended", pgettext_lazy("conflict", "Ended")


class Flag(models.TextChoices):
    """Why a lead is looked at before it goes on. No partner reads one of these words."""

    OWN_BUSINESS = "own_business", _("The partner’s own business")
    TWO_PARTNERS = "two_partners", _("At two partners")
    BURST = "burst", _("Many leads within an hour")


TONES = {
    Status.OPEN: ("warn", "clock"),
    Status.STANDS: ("good", "check"),
    Status.DECIDED: ("good", "award"),
    Status.SPLIT: ("info", "people"),
    Status.REFUSED: ("bad", "xc"),
    Status.ENDED: ("mute", "undo"),
}
CASE_NEXT = {
    Status.OPEN: _("A channel manager decides: for one lead, for all of them, or by shares of the credit."),
    Status.STANDS: _("The lead goes on as any other, beside those that it collides with."),
    Status.DECIDED: _("One of the leads goes on, and the others are not eligible."),
    Status.SPLIT: _("The leads go on, and the credit for them is split."),
    Status.REFUSED: _("The lead is not eligible."),
    Status.ENDED: _("The lead was awarded or taken back before anything was decided here."),
}


class JudgedCase(Protocol):
    """A case, as far as its steps depend on it: whether its lead collides with leads of others."""

    @property
    def has_rivals(self) -> bool: ...
    @property
    def has_open_flags(self) -> bool: ...


def collides_with_leads(case: JudgedCase, actor: Actor) -> Reason:
    """A customer of the vendor's own has no lead: there is nobody to decide for, or to share with."""
    return Reason.of(
        "rivals",
        case.has_rivals,
        met=_("The lead collides with leads of other partners."),
        missing=_("The lead collides with no lead of another partner."),
        who=_("Let it stand, or find it not eligible on its page."),
        final=True,
    )


def flags_decided(case: JudgedCase, actor: Actor) -> Reason | None:
    """What was flagged is cleared or confirmed first. None for a case without flags."""
    if not case.has_open_flags:
        return None
    return Reason("flags", _("The lead is flagged."), who=_("Clear the flags first, or confirm them."))


def is_flagged(case: JudgedCase, actor: Actor) -> Reason:
    return Reason.of(
        "flagged",
        case.has_open_flags,
        met=_("The lead is flagged."),
        missing=_("No flag waits for a decision."),
        final=True,
    )


NOTE = Text(
    "note",
    _("What you found"),
    _("Read by the vendor’s people alone."),
    missing=_("Write what you found: your colleagues read it."),
)
WHY_BOTH = Text(
    "text",
    _("Reason"),
    _("The partners read these words. Name none of them."),
    missing=_("Write why: the partners read it."),
)


def _told(kind: str, words: Words) -> Told:
    """For the vendor alone: a partner never hears whose the other leads are."""
    return Told(f"conflict.{kind}", words, words, audience=VENDOR)


CASE = Machine(
    "conflictcase",
    (
        Step(
            "stand",
            _("Let all stand"),
            (Status.OPEN,),
            Status.STANDS,
            LEADS_AWARD,
            VENDOR,
            (flags_decided,),
            told=_told("stands", _("All leads of a conflict stand")),
            asks=Asks(
                "StandBody", about="Why the lead stands beside the others; the partners read it.", fields=(WHY_BOTH,)
            ),
            dialog=Dialog(
                _("Let %(company)s stand beside the others?"),
                _("The review is over and the lead goes on as any other. The partners are told why."),
                done=_("%(company)s stands. The partners are told."),
            ),
            api=Api("Let all leads stand", "The review is over; the lead goes on as any other."),
        ),
        Step(
            "decide",
            _("Decide for one"),
            (Status.OPEN,),
            Status.DECIDED,
            LEADS_AWARD,
            VENDOR,
            (flags_decided, collides_with_leads),
            told=_told("decided", _("Conflict decided for one lead")),
            dialog=Dialog(
                _("Which lead for %(company)s goes on?"),
                _("The others are not eligible, as already referred. The partners are told why."),
                done=_("The conflict about %(company)s is decided. The partners are told."),
                danger=True,
            ),
            api=Api("Decide for one lead", "It goes on; the others are not eligible, as already referred."),
        ),
        Step(
            "split",
            _("Split the credit"),
            (Status.OPEN,),
            Status.SPLIT,
            LEADS_AWARD,
            VENDOR,
            (flags_decided, collides_with_leads),
            told=_told("split", _("Credit split")),
            dialog=Dialog(
                _("Split the credit for %(company)s"),
                _("In whole percents, 100 together, for at least two partners. Each is told its own share, and why."),
                done=_("The credit for %(company)s is split. The partners are told."),
            ),
            api=Api("Split the credit", "By whole percents that sum to 100, for the leads of at least two partners."),
        ),
        Step(
            "clear_flags",
            _("Clear the flags"),
            (Status.OPEN,),
            None,
            LEADS_AWARD,
            VENDOR,
            (is_flagged,),
            told=_told("flags_cleared", _("Flags cleared")),
            asks=Asks("ClearFlagsBody", about="What you found; for the vendor alone.", fields=(NOTE,)),
            dialog=Dialog(
                _("Clear the flags of %(company)s?"),
                _("There was nothing in it. The lead stays in review until you let it stand."),
                done=_("The flags of %(company)s are cleared."),
            ),
            api=Api("Clear the flags", "There was nothing in it; the lead can be let stand now."),
        ),
        Step(
            "confirm_flags",
            _("Confirm the flags"),
            (Status.OPEN,),
            Status.REFUSED,
            LEADS_AWARD,
            VENDOR,
            (is_flagged,),
            told=_told("flags_confirmed", _("Flags confirmed")),
            asks=Asks(
                "ConfirmFlagsBody",
                about="What you found, for the vendor alone; and what the partner reads.",
                fields=(NOTE, WHY_BOTH),
            ),
            dialog=Dialog(
                _("Confirm the flags of %(company)s?"),
                _("The lead is not eligible. The partner reads the reason, and nothing of the flags."),
                done=_("%(company)s is not eligible. The partner is told why."),
                danger=True,
            ),
            api=Api(
                "Confirm the flags", "The lead is not eligible; the partner reads `text`, and nothing of the flags."
            ),
        ),
        of_portal("flag", (Status.OPEN,), None, _told("flagged", _("Lead flagged"))),
        of_portal("stand_with_lead", (Status.OPEN,), Status.STANDS, _told("stood", _("Lead stands by itself"))),
        of_portal("refuse_with_lead", (Status.OPEN,), Status.REFUSED, _told("refused", _("Lead refused by itself"))),
        of_portal("end", (Status.OPEN,), Status.ENDED, _told("ended", _("Conflict ended with its lead"))),
    ),
    also=(_told("opened", _("Lead sent to the conflict desk")),),
    states=Status,
    tones=TONES,
    next=CASE_NEXT,
    keep=_("Cancel"),
)
