"""The words and the table of the steps of deal registrations (rulings 14; E5)."""

from typing import Protocol

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import DEALS_MANAGE, DEALS_PROTECT, PARTNER, VENDOR
from partnerhub.states import Api, Asks, Dialog, Machine, Step, Text, Told, of_portal
from partnerhub.states.lasting import Lasts, extension_not_asked, extension_waits, still_runs

PROTECTED_DAYS, EXTENDED_DAYS = 90, 30
"""Where the tenant has set no others (`DealRegistrationRule`)."""


class RegistrationStatus(models.TextChoices):
    REVIEW = "review", pgettext_lazy("deal registration", "To be decided")
    ACTIVE = "active", pgettext_lazy("deal registration", "Active")
    ENDED = "ended", pgettext_lazy("deal registration", "Ended")
    EXPIRED = "expired", pgettext_lazy("deal registration", "Expired")


REGISTRATION_TONES = {
    RegistrationStatus.REVIEW: ("warn", "shield"),
    RegistrationStatus.ACTIVE: ("info", "lock"),
    RegistrationStatus.ENDED: ("mute", "minus"),
    RegistrationStatus.EXPIRED: ("mute", "hourglass"),
}
REGISTRATION_NEXT = {
    RegistrationStatus.REVIEW: _("The business is protected for another partner until %(day)s. The vendor decides."),
    RegistrationStatus.ACTIVE: _("The customer is protected for %(partner_name)s until %(day)s: %(left)s."),
    RegistrationStatus.ENDED: _("The deal is closed, or the vendor does not register it: nothing is protected by it."),
    RegistrationStatus.EXPIRED: _("The protection ended on %(day)s. The vendor can register the deal again."),
}


class JudgedRegistration(Lasts, Protocol):
    """A registration, as far as its steps depend on it."""

    @property
    def deal_is_open(self) -> bool: ...


def of_open_deal(registration: JudgedRegistration, actor: Actor) -> Reason:
    return Reason.of(
        "open",
        registration.deal_is_open,
        met=_now("The deal is open."),
        missing=_now("The deal is closed."),
        final=True,
    )


def _why(body: str, about: str) -> Asks:
    words = _("Write a few words: the other side reads them.")
    return Asks(body, about=about, fields=(Text("text", _("Why?"), missing=words),))


WHILE_REGISTERED = (RegistrationStatus.ACTIVE,)
REGISTRATION_STARTED = Told(
    "dealregistration.started", _("Deal registered"), _("Registered: the customer is protected"), "info", "lock"
)
REGISTRATION_HELD = Told(
    "dealregistration.held", _("Deal registration to be decided"), _("Registration to be decided"), "warn", "shield"
)
DEAL_REGISTRATION = Machine(
    "dealregistration",
    (
        Step(
            "register",
            _("Register deal"),
            (RegistrationStatus.REVIEW, RegistrationStatus.EXPIRED),
            RegistrationStatus.ACTIVE,
            DEALS_PROTECT,
            VENDOR,
            (of_open_deal,),
            told=REGISTRATION_STARTED,
            dialog=Dialog(
                _("Register %(name)s for %(partner_name)s?"),
                _("The customer is protected for the partner from now on, as the rules say."),
                keep=_("Cancel"),
                done=_("%(name)s is registered."),
            ),
            api=Api("Register the deal", "The customer is protected for the partner, as the rules say."),
        ),
        Step(
            "turn_down",
            _("Do not register"),
            (RegistrationStatus.REVIEW,),
            RegistrationStatus.ENDED,
            DEALS_PROTECT,
            VENDOR,
            told=Told(
                "dealregistration.refused",
                _("Deal not registered"),
                _("Not registered"),
                "bad",
                "xc",
                said="reason_text",
            ),
            asks=_why("TurnDownRegistrationBody", about="Why the deal is not registered; the partner reads it."),
            dialog=Dialog(
                _("Do not register %(name)s?"),
                _("The deal goes on, and nothing is protected by it. The partner reads why."),
                keep=_("Cancel"),
                done=_("%(name)s is not registered."),
                danger=True,
            ),
            api=Api("Do not register the deal", "The deal goes on without protection; the partner reads why."),
        ),
        Step(
            "ask_extension",
            _("Ask for an extension"),
            WHILE_REGISTERED,
            None,
            DEALS_MANAGE,
            PARTNER,
            (still_runs, extension_not_asked),
            told=Told(
                "dealregistration.extension_asked",
                _("Extension of a deal registration asked for"),
                _("Extension asked for"),
                "warn",
                "clock",
                said="reason_text",
            ),
            asks=_why("AskDealExtensionBody", about="Why the customer is to be protected longer; the vendor reads it."),
            dialog=Dialog(
                _("Ask for an extension for %(name)s"),
                _("A channel manager grants more days, or refuses. You can ask once."),
                keep=_("Cancel"),
                done=_("The extension for %(name)s is asked for."),
            ),
            api=Api("Ask for an extension", "Once; the vendor grants more days, as the rules say, or refuses."),
        ),
        Step(
            "grant_extension",
            _("Grant the extension"),
            WHILE_REGISTERED,
            None,
            DEALS_PROTECT,
            VENDOR,
            (extension_waits,),
            told=Told(
                "dealregistration.extension_granted",
                _("Extension of a deal registration granted"),
                _("Extension granted"),
                "good",
                "check",
            ),
            dialog=Dialog(
                _("Grant the extension for %(name)s?"),
                _("The customer is protected for more days, as the rules say. The partner is told."),
                keep=_("Cancel"),
                done=_("The extension for %(name)s is granted."),
                quotes="deals/extension_quote.html",
            ),
            api=Api("Grant the extension", "The customer is protected for more days, as the rules say."),
        ),
        Step(
            "refuse_extension",
            _("Refuse the extension"),
            WHILE_REGISTERED,
            None,
            DEALS_PROTECT,
            VENDOR,
            (extension_waits,),
            told=Told(
                "dealregistration.extension_refused",
                _("Extension of a deal registration refused"),
                _("Extension refused"),
                "bad",
                "xc",
                said="reason_text",
            ),
            asks=_why("RefuseDealExtensionBody", about="Why not; the partner reads it."),
            dialog=Dialog(
                _("Refuse the extension for %(name)s?"),
                _("The protection runs on as it is. The partner reads why."),
                keep=_("Cancel"),
                done=_("The extension for %(name)s is refused."),
                danger=True,
                quotes="deals/extension_quote.html",
            ),
            api=Api("Refuse the extension", "The protection runs on as it is; the partner reads why."),
        ),
        of_portal(
            "remind",
            WHILE_REGISTERED,
            None,
            Told(
                "dealregistration.ends_soon",
                _("Deal registration ends soon"),
                _("Registration ends soon"),
                "warn",
                "clock",
            ),
        ),
        of_portal(
            "expire",
            WHILE_REGISTERED,
            RegistrationStatus.EXPIRED,
            Told("dealregistration.expired", _("Deal registration expired"), _("Registration expired")),
        ),
        of_portal(
            "end",
            (RegistrationStatus.REVIEW, RegistrationStatus.ACTIVE),
            RegistrationStatus.ENDED,
            Told("dealregistration.ended", _("Deal registration ended"), _("Registration ended with the deal")),
        ),
    ),
    also=(REGISTRATION_HELD,),
    states=RegistrationStatus,
    tones=REGISTRATION_TONES,
    next=REGISTRATION_NEXT,
    keep=_("Cancel"),
)
