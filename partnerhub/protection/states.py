"""The words of protection, what earns how many days (rulings 9), and the table of its steps (E5, E32)."""

from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import LEADS_AWARD, LEADS_SUBMIT, PARTNER, VENDOR
from partnerhub.states import Api, Asks, Dialog, Machine, Step, Text, Told, of_outside, of_portal
from partnerhub.states.lasting import Lasts, extension_not_asked, extension_waits, still_runs

BASE_DAYS, MEETING_DAYS, CONTACT_DAYS, ACTIVITY_DAYS, EXTENSION_DAYS, MOST_DAYS = 30, 30, 15, 15, 30, 180
"""Days, where the tenant has set no others (`ProtectionRules`). What was granted stays on the record."""

MONTH = timedelta(days=30)


class Status(models.TextChoices):
    RUNNING = "running", pgettext_lazy("protection", "Running")
    KEPT = "kept", pgettext_lazy("protection", "Kept")
    LAPSED = "lapsed", pgettext_lazy("protection", "Lapsed")
    ENDED = "ended", pgettext_lazy("protection", "Ended")


TONES = {
    Status.RUNNING: ("info", "lock"),
    Status.KEPT: ("good", "check"),
    Status.LAPSED: ("bad", "clock"),
    Status.ENDED: ("mute", "undo"),
}
PROTECTION_NEXT = {
    Status.RUNNING: _("The lead is protected until %(day)s: %(left)s."),
    Status.KEPT: _("The lead was awarded while it was protected."),
    Status.LAPSED: _("The protection ended on %(day)s, before the lead was decided."),
    Status.ENDED: _("The lead was decided, converted or taken back before the protection ended."),
}


RUN_OUT = _("The protection ran out on %(day)s: it is over.")


class JudgedProtection(Lasts, Protocol):
    """A protection, as far as its steps depend on it."""

    @property
    def met_on(self) -> date | None: ...
    @property
    def contact_confirmed_at(self) -> datetime | None: ...


def not_met(protection: JudgedProtection, actor: Actor) -> Reason:
    return Reason.of(
        "meeting",
        protection.met_on is None,
        met=_("No meeting was recorded yet."),
        missing=_("A meeting is recorded already; one counts."),
        final=True,
    )


def not_confirmed(protection: JudgedProtection, actor: Actor) -> Reason:
    return Reason.of(
        "contact",
        protection.contact_confirmed_at is None,
        met=_("The contact has not confirmed yet."),
        missing=_("The contact has confirmed already."),
        final=True,
    )


_WORDS = _("Write a few words: the other side reads them.")
RUNNING = (Status.RUNNING,)


def _text(body: str, about: str) -> Asks:
    return Asks(body, about=about, fields=(Text("text", _("Why?"), missing=_WORDS),))


PROTECTION = Machine(
    "protection",
    (
        Step(
            "ask_extension",
            _("Ask for an extension"),
            RUNNING,
            None,
            LEADS_SUBMIT,
            PARTNER,
            (still_runs, extension_not_asked),
            told=Told(
                "protection.extension_asked",
                _("Extension asked for"),
                _("Extension of the protection asked for"),
                "warn",
                "clock",
                said="reason_text",
            ),
            asks=_text("AskExtensionBody", about="Why the lead needs to be protected longer; the vendor reads it."),
            dialog=Dialog(
                _("Ask for an extension for %(company)s"),
                _("A channel manager grants more days, or refuses. You can ask once."),
                keep=_("Cancel"),
                done=_("The extension for %(company)s is asked for."),
            ),
            api=Api("Ask for an extension", "Once; a channel manager grants more days, as the rules say, or refuses."),
        ),
        Step(
            "grant_extension",
            _("Grant the extension"),
            RUNNING,
            None,
            LEADS_AWARD,
            VENDOR,
            (extension_waits,),
            told=Told(
                "protection.extension_granted",
                _("Extension granted"),
                _("Extension of the protection granted"),
                "good",
                "check",
            ),
            dialog=Dialog(
                _("Grant the extension for %(company)s?"),
                _("The lead is protected for more days, as the rules of protection say. The partner is told."),
                keep=_("Cancel"),
                done=_("The extension for %(company)s is granted."),
                quotes="protection/quote.html",
            ),
            api=Api("Grant an extension", "The lead is protected for more days, as `protection-rules/` say."),
        ),
        Step(
            "refuse_extension",
            _("Refuse the extension"),
            RUNNING,
            None,
            LEADS_AWARD,
            VENDOR,
            (extension_waits,),
            told=Told(
                "protection.extension_refused",
                _("Extension refused"),
                _("Extension of the protection refused"),
                "bad",
                "xc",
                said="reason_text",
            ),
            asks=_text("RefuseExtensionBody", about="Why not; the partner reads it."),
            dialog=Dialog(
                _("Refuse the extension for %(company)s?"),
                _("The protection runs on as it is. The partner reads why."),
                keep=_("Cancel"),
                done=_("The extension for %(company)s is refused."),
                danger=True,
                quotes="protection/quote.html",
            ),
            api=Api("Refuse an extension", "The protection runs on as it is; the partner reads why."),
        ),
        Step(
            "record_meeting",
            _("Record a meeting"),
            RUNNING,
            None,
            LEADS_SUBMIT,
            PARTNER,
            (still_runs, not_met),
            told=Told("protection.meeting", _("Meeting recorded"), _("Meeting recorded"), "good", "people"),
            dialog=Dialog(
                _("Record a meeting with %(company)s"),
                _("With a document about it the lead is protected longer. The vendor reads both."),
                keep=_("Cancel"),
                done=_("The meeting with %(company)s is recorded."),
            ),
            api=Api("Record a meeting", "With a document that is attached to the lead: it is protected longer."),
        ),
        Step(
            "ask_contact",
            _("Ask the contact to confirm"),
            RUNNING,
            None,
            LEADS_SUBMIT,
            PARTNER,
            (still_runs, not_confirmed),
            told=Told(
                "protection.contact_asked",
                _("Contact asked"),
                _("Contact asked to confirm"),
                icon="send",
            ),
            dialog=Dialog(
                _("Ask the contact at %(company)s to confirm?"),
                _("They get a mail with a link. One click on its page protects the lead longer."),
                keep=_("Cancel"),
                done=_("The contact at %(company)s gets a mail."),
            ),
            api=Api("Ask the contact to confirm", "By a mail with a link; confirmed, the lead is protected longer."),
        ),
        of_outside(
            "confirm_contact",
            RUNNING,
            None,
            Told(
                "protection.contact_confirmed",
                _("Contact confirmed"),
                _("Contact confirmed"),
                "good",
                "check",
            ),
            conditions=(still_runs,),
        ),
        of_portal(
            "count_activity",
            RUNNING,
            None,
            Told("protection.activity", _("A month with activity"), _("Activity this month"), icon="message"),
        ),
        of_portal(
            "remind",
            RUNNING,
            None,
            Told("protection.ends_soon", _("Protection ends soon"), _("Protection ends soon"), "warn", "clock"),
        ),
        of_portal(
            "lapse",
            RUNNING,
            Status.LAPSED,
            Told("protection.lapsed", _("Protection lapsed"), _("Protection lapsed")),
        ),
        of_portal("keep", RUNNING, Status.KEPT, Told("protection.kept", _("Protection kept"), _("Protection kept"))),
        of_portal("end", RUNNING, Status.ENDED, Told("protection.ended", _("Protection ended"), _("Protection ended"))),
        of_portal(
            "resume",
            (Status.KEPT, Status.ENDED),
            Status.RUNNING,
            Told("protection.resumed", _("Protection goes on"), _("Protection goes on")),
        ),
    ),
    also=(Told("protection.started", _("Protection started"), _("Protected"), "info", "lock"),),
    states=Status,
    tones=TONES,
    next=PROTECTION_NEXT,
    keep=_("Cancel"),
)
