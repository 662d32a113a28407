"""The words of appeals, and the table of their steps (E3)."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.states import ReasonCode
from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import LEADS_SECOND, VENDOR
from partnerhub.states import Api, Asks, Choice, Dialog, Machine, Step, Text, Told, is_person, of_portal


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("appeal", "Open")
    UPHELD = "upheld", pgettext_lazy("appeal", "Upheld")
    REJECTED = "rejected", pgettext_lazy("appeal", "Rejected")
    ENDED = "ended", pgettext_lazy("appeal", "Ended")


TONES = {
    Status.OPEN: ("warn", "up"),
    Status.UPHELD: ("good", "check"),
    Status.REJECTED: ("bad", "xc"),
    Status.ENDED: ("mute", "undo"),
}
APPEAL_NEXT = {
    Status.OPEN: _("Somebody else than the one who found the lead not eligible looks at it again, by %(day)s."),
    Status.UPHELD: _("The lead is among the submitted ones again."),
    Status.REJECTED: _("The lead stays not eligible. A lead can be appealed once."),
    Status.ENDED: _("The partner took the lead back, so nothing is decided any more."),
}
PAUSED = _("The partner was asked something. Time for the decision goes on with the answer.")
OVERDUE = _("The decision was due by %(day)s. The vendor’s people are told that it is late.")


class JudgedAppeal(Protocol):
    """An appeal, as far as its steps depend on it. `refused_person`: who found the lead not eligible."""

    @property
    def refused_person(self) -> UUID | None: ...


def another_person(appeal: JudgedAppeal, actor: Actor) -> Reason:
    """Whoever found the lead not eligible does not decide on the appeal, by whatever seat or token."""
    return Reason.of(
        "second-person",
        not is_person(actor, appeal.refused_person),
        met=_("Somebody else has found the lead not eligible, so you can decide."),
        missing=_("You found the lead not eligible yourself, so you cannot decide."),
        who=_("Another channel manager or a programme admin decides."),
        by=LEADS_SECOND,
    )


def rejection_words(data: Mapping[str, Any]) -> str:
    """The reason and its explanation."""
    return f"{data.get('reason_word', '')}. {data.get('reason_text', '')}"


_WORDS = _("Write a few words: the other side reads them.")
UPHELD_TOLD = Told("appeal.upheld", _("Appeal upheld"), _("Appeal upheld"), said="reason_text")
REJECTED_TOLD = Told("appeal.rejected", _("Appeal rejected"), _("Appeal rejected"), said=rejection_words)
REMINDED_TOLD = Told(
    "appeal.reminded", _("Reminded of an appeal"), _("Decision on the appeal is due soon"), "warn", "bell"
)

APPEAL_MACHINE = Machine(
    "appeal",
    (
        Step(
            "uphold",
            _("Uphold"),
            (Status.OPEN,),
            Status.UPHELD,
            LEADS_SECOND,
            VENDOR,
            (another_person,),
            told=UPHELD_TOLD,
            asks=Asks(
                "UpholdBody",
                about="Why the lead is looked at again; the partner reads it.",
                fields=(Text("text", _("A word to the partner"), missing=_WORDS),),
            ),
            dialog=Dialog(
                _("Uphold the appeal for %(company)s?"),
                _("The lead is in triage again, and the refusal stays in its timeline. The partner is told."),
                done=_("The appeal for %(company)s is upheld."),
                quotes="appeals/quote.html",
            ),
            api=Api("Uphold an appeal", "As another person than the one who refused: the lead is in triage again."),
        ),
        Step(
            "reject",
            _("Reject"),
            (Status.OPEN,),
            Status.REJECTED,
            LEADS_SECOND,
            VENDOR,
            (another_person,),
            told=REJECTED_TOLD,
            asks=Asks(
                "RejectAppealBody",
                about="Why the lead stays not eligible. The partner reads both.",
                fields=(
                    Choice(
                        "code",
                        _("Reason"),
                        tuple(ReasonCode.choices),
                        _("Choose a reason"),
                        missing=_("Choose a reason."),
                    ),
                    Text(
                        "text", _("Explanation"), _("The partner reads the reason and the explanation."), missing=_WORDS
                    ),
                ),
            ),
            dialog=Dialog(
                _("Reject the appeal for %(company)s?"),
                _("The lead is not eligible, and can’t be appealed again. The partner is told why."),
                done=_("The appeal for %(company)s is rejected."),
                danger=True,
                quotes="appeals/quote.html",
            ),
            api=Api("Reject an appeal", "As another person than the one who refused: the lead is not eligible."),
        ),
        of_portal("upheld_with_lead", (Status.OPEN,), Status.UPHELD, UPHELD_TOLD),
        of_portal("rejected_with_lead", (Status.OPEN,), Status.REJECTED, REJECTED_TOLD),
        of_portal(
            "end",
            (Status.OPEN,),
            Status.ENDED,
            Told("appeal.ended", _("Appeal ended with its lead"), _("Appeal ended")),
        ),
        of_portal(
            "warn",
            (Status.OPEN,),
            None,
            Told("appeal.late", _("Appeal is late"), _("Decision on the appeal is late"), "warn", "clock"),
        ),
    ),
    states=Status,
    tones=TONES,
    next=APPEAL_NEXT,
    also=(REMINDED_TOLD,),
    keep=_("Keep appeal open"),
)
