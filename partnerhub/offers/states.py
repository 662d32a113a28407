"""The words of a deal that is offered to a partner, and the table of its steps (states.md, Deal: new; E31)."""

from datetime import datetime
from functools import partial
from typing import Protocol

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.states.deals import CLOSE_DATE, CUSTOMER, DEAL_VALUE, NAME, asked_why
from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import DEALS_MANAGE, DEALS_SEND, PARTNER, VENDOR
from partnerhub.states import (
    Api,
    AskedMember,
    AskedSeveral,
    AskedTick,
    Asks,
    Dialog,
    Machine,
    Step,
    Text,
    Told,
    of_portal,
)


class OfferStatus(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("of an offered deal", "New")
    ACCEPTED = "accepted", pgettext_lazy("of an offered deal", "Accepted")
    DECLINED = "declined", pgettext_lazy("of an offered deal", "Declined")
    EXPIRED = "expired", pgettext_lazy("of an offered deal", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an offered deal", "Withdrawn")


class NotTaken(models.TextChoices):
    """Why a partner does not take a deal."""

    CAPACITY = "capacity", _("No capacity")
    NOT_A_FIT = "not_a_fit", _("Not a fit")
    REGION = "region", _("Not in our region")
    TOO_SMALL = "too_small", _("Too small")
    KNOWN = "known", _("We work on it already")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


OFFER_TONES = {
    OfferStatus.RECEIVED: ("info", "clock"),
    OfferStatus.ACCEPTED: ("good", "check"),
    OfferStatus.DECLINED: ("mute", "xc"),
    OfferStatus.EXPIRED: ("mute", "hourglass"),
    OfferStatus.WITHDRAWN: ("mute", "undo"),
}
OFFER_NEXT = {
    OfferStatus.RECEIVED: _("%(partner_name)s accepts or declines it by %(due)s; after that it expires."),
    OfferStatus.ACCEPTED: _("It goes on as a deal of both."),
    OfferStatus.DECLINED: _("Nothing: %(partner_name)s does not take it. It can be offered to another partner."),
    OfferStatus.EXPIRED: _("Nothing: it was not answered by %(due)s."),
    OfferStatus.WITHDRAWN: _("Nothing: the vendor has withdrawn it."),
}
OFFER_SENT = Told("dealoffer.sent", _("Deal offered"), _("Offered"), "info", "send")


class Offered(Protocol):
    """An offered deal, as far as its steps depend on it."""

    @property
    def due_at(self) -> datetime: ...


def not_over(offer: Offered, actor: Actor) -> Reason:
    """The clock may not have come by yet."""
    return Reason.of(
        "due",
        offer.due_at > now(),
        met=_now("There is time left to answer."),
        missing=_now("The time to answer is over."),
        final=True,
    )


OFFERED_NEED = Text(
    *("need", _("What it is about"), _("The partner reads it before they accept: do not name the customer.")),
    most=200,
    rows=1,
    missing=_("Say what it is about."),
)
SEND_DEAL = Asks(
    "SendDealBody",
    about="A deal that one partner is offered. Before they accept they get no more than what it is about, its country,"
    " the beginning of its postcode, value and close date.",
    fields=(
        AskedMember("partner", _("Partner"), missing=_("Choose a partner.")),
        OFFERED_NEED,
        DEAL_VALUE,
        CLOSE_DATE,
        *CUSTOMER,
        Text("phone", _("Phone of the contact"), required=False, most=40, rows=1),
        Text("country", _("Country"), _("Two letters, like DE."), required=False, most=2, rows=1),
        Text("postcode", _("Postcode"), required=False, most=20, rows=1),
        Text("notes", _("Notes"), _("The partner reads them once they have accepted."), required=False, rows=3),
        AskedTick(
            "consent",
            _("The customer agreed that we share this with the partner"),
            _("Tick this when the customer has agreed."),
        ),
    ),
)
ACCEPT_OFFER = Asks(
    "AcceptOfferBody",
    about="How your organisation calls the deal, what you expect of it and when. Without a team it is you.",
    fields=(
        NAME,
        DEAL_VALUE,
        CLOSE_DATE,
        AskedSeveral(
            "solutions",
            _("Solutions"),
            required=False,
            about="Ids of co-sell ready solutions of your organisation.",
        ),
        AskedSeveral("team", _("Team"), required=False, about="Ids of members of your organisation."),
    ),
)
by_partner = partial(
    Step,
    sources=(OfferStatus.RECEIVED,),
    permission=DEALS_MANAGE,
    side=PARTNER,
    conditions=(not_over,),
    api=Api(),
)
DEAL_OFFER = Machine(
    "dealoffer",
    (
        by_partner(
            *("accept", _("Accept")),
            target=OfferStatus.ACCEPTED,
            told=Told("dealoffer.accepted", _("Offered deal accepted"), _("Accepted"), "good", "check"),
            asks=ACCEPT_OFFER,
            dialog=Dialog(
                _("Accept “%(name)s”?"),
                _("You get to know the customer, and it is a deal of yours and the vendor's from then on."),
                _("Accept"),
                _("Cancel"),
                _("“%(name)s” is a deal of yours now."),
            ),
            api=Api(about="It goes on as a deal: `deal` of the answer. The customer is told with it."),
        ),
        by_partner(
            *("decline", _("Decline")),
            target=OfferStatus.DECLINED,
            told=Told(
                "dealoffer.declined", _("Offered deal declined"), _("Declined"), "mute", "xc", said="reason_text"
            ),
            asks=asked_why(
                "DeclineOfferBody", about="Why you do not take it; the vendor reads it.", codes=tuple(NotTaken)
            ),
            dialog=Dialog(
                _("Decline “%(name)s”?"),
                _("This is for good: the vendor can offer it to another partner. They read why."),
                _("Decline"),
                _("Cancel"),
                _("“%(name)s” is declined."),
                danger=True,
            ),
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            (OfferStatus.RECEIVED,),
            OfferStatus.WITHDRAWN,
            DEALS_SEND,
            VENDOR,
            told=Told(
                "dealoffer.withdrawn", _("Offered deal withdrawn"), _("Withdrawn"), "mute", "undo", said="reason_text"
            ),
            asks=Asks(
                "WithdrawOfferBody",
                about="Why it is not offered any more; the partner reads it.",
                fields=(Text("text", _("Why?"), missing=_("Write a few words: the other side reads them.")),),
            ),
            dialog=Dialog(
                _("Withdraw “%(name)s”?"),
                _("The partner is told, and reads why. Who the customer is they never learn."),
                _("Withdraw"),
                _("Cancel"),
                _("“%(name)s” is withdrawn."),
                danger=True,
            ),
            api=Api(),
        ),
        of_portal(
            "remind",
            (OfferStatus.RECEIVED,),
            None,
            Told("dealoffer.reminded", _("Offered deal reminded of"), _("Reminded"), "info", "bell"),
        ),
        of_portal(
            "expire",
            (OfferStatus.RECEIVED,),
            OfferStatus.EXPIRED,
            Told("dealoffer.expired", _("Offered deal expired"), _("Expired")),
        ),
    ),
    also=(OFFER_SENT,),
    states=OfferStatus,
    tones=OFFER_TONES,
    next=OFFER_NEXT,
    keep=_("Keep offer"),
)
