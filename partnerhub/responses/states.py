"""The words of the vendor's response to a shared deal, and the table of its steps (B8; states.md, rulings 14, 17)."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import DEALS_EDIT, PARTNER, RESPONSES_ANSWER, VENDOR
from partnerhub.states import Api, AskedMember, Asks, Choice, Dialog, Machine, Step, Text, Told, of_portal
from partnerhub.states.asked import Words
from partnerhub.states.steps import Said


class ResponseStatus(models.TextChoices):
    PENDING = "pending", pgettext_lazy("of a vendor response", "Pending")
    ACCEPTED = "accepted", pgettext_lazy("of a vendor response", "Accepted")
    DECLINED = "declined", pgettext_lazy("of a vendor response", "Declined")
    EXPIRED = "expired", pgettext_lazy("of a vendor response", "Expired")
    WON = "won", pgettext_lazy("of a vendor response", "Won")


class DeclineReason(models.TextChoices):
    NO_RECORD = "no_customer_record", _("No matching customer record")
    NO_SELLER = "no_seller", _("No seller directly manages this customer")
    CAPACITY = "capacity", _("No capacity")
    NOT_A_FIT = "not_a_fit", _("Not a fit")
    DUPLICATE = "duplicate", _("A duplicate")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class Withheld(models.TextChoices):
    """Why a partner is shown no reason (B8)."""

    NOTHING = "", ""
    EXPIRED = "expired", _("No reason is shown: the request ended before it was answered.")
    BELOW = "below_threshold", _("No reason is shown: it is told for deals that are worth %(threshold)s or more.")


SAID_TO_PARTNER = {
    DeclineReason.NO_RECORD: _(
        "The sales team cannot help with this deal: no customer record matches, so there is no relationship with them."
    ),
    DeclineReason.NO_SELLER: _(
        "The sales team cannot help with this deal: no seller there looks after this customer directly."
    ),
    DeclineReason.CAPACITY: _("The sales team has no time for another deal at the moment."),
    DeclineReason.NOT_A_FIT: _("What the customer needs does not fit what the sales team can help with."),
    DeclineReason.DUPLICATE: _("The sales team works on this in another deal already."),
    DeclineReason.OTHER: _("The sales team cannot help with this deal, for another reason."),
}
"""What each code tells the partner, in a sentence of its own."""

SELLER_IS_KNOWN = (ResponseStatus.ACCEPTED, ResponseStatus.WON)
RESPONSE_TONES = {
    ResponseStatus.PENDING: ("info", "clock"),
    ResponseStatus.ACCEPTED: ("good", "check"),
    ResponseStatus.DECLINED: ("mute", "xc"),
    ResponseStatus.EXPIRED: ("mute", "hourglass"),
    ResponseStatus.WON: ("good", "award"),
}
RESPONSE_NEXT = {
    ResponseStatus.PENDING: _("The vendor accepts or declines it by %(due)s; after that it expires."),
    ResponseStatus.ACCEPTED: _("Both sides work on the deal. When it is won, so is this."),
    ResponseStatus.DECLINED: _("Nothing, unless %(partner_name)s asks again."),
    ResponseStatus.EXPIRED: _("Nothing: it ended without an answer."),
    ResponseStatus.WON: _("Nothing: the deal is won."),
}


class Answerable(Protocol):
    """What the conditions ask of a request."""

    @property
    def deal_is_open(self) -> bool: ...

    @property
    def is_last(self) -> bool: ...


def deal_goes_on(response: Answerable, actor: Actor) -> Reason:
    """A deal that is closed needs no answer any more."""
    return Reason.of(
        "deal_open",
        response.deal_is_open,
        met=_("The deal is open."),
        missing=_("The deal is closed."),
        final=True,
    )


def is_the_last(response: Answerable, actor: Actor) -> Reason:
    """Asked again once: whoever comes second looks at what the first one has made."""
    return Reason.of(
        "last_request",
        response.is_last,
        met=_("Nobody has asked again yet."),
        missing=_("It was asked again already."),
        final=True,
    )


def reason_words(data: Mapping[str, Any]) -> str:
    """The reason in the reader's language, and what was written."""
    code = data.get("code", "")
    label = str(DeclineReason(code).label) if code in DeclineReason.values else ""
    return ": ".join(filter(None, (label, str(data.get("reason_text", "")))))


def partner_sentence(data: Mapping[str, Any]) -> str:
    """What the partner reads of a declined request: the sentence of the code, and what was written; else why not."""
    if why := data.get("withheld"):
        return str(str(Withheld(why).label) % data)
    code = data.get("code", "")
    sentence = str(SAID_TO_PARTNER[DeclineReason(code)]) if code in DeclineReason.values else ""
    return " ".join(filter(None, (sentence, str(data.get("reason_text", "")))))


def on_deal(kind: str, words: Words, title: Words, status: ResponseStatus, said: Said = "reason_text") -> Told:
    """An event of the deal itself: its timeline tells of the response, to both sides."""
    return Told(f"deal.{kind}", words, title, *RESPONSE_TONES[status], said=said)


DEAL_ASKED = on_deal(
    "response_asked", _("Vendor response asked for"), _("The vendor is asked to respond"), ResponseStatus.PENDING
)
DEAL_ACCEPTED = on_deal(
    "response_accepted", _("Deal accepted by the vendor"), _("The vendor accepts"), ResponseStatus.ACCEPTED
)
DEAL_DECLINED = on_deal(
    *("response_declined", _("Deal declined by the vendor"), _("The vendor declines")),
    *(ResponseStatus.DECLINED, partner_sentence),
)
DEAL_EXPIRED = on_deal(
    "response_expired", _("Vendor response expired"), _("The vendor did not respond in time"), ResponseStatus.EXPIRED
)
TOLD_ON_DEAL = (DEAL_ASKED, DEAL_ACCEPTED, DEAL_DECLINED, DEAL_EXPIRED)
RESPONSE_ASKED = Told(
    "response.asked", _("Vendor response asked for"), _("Asked for"), "info", "clock", audience=VENDOR
)
RESPONSE_REMINDED = Told(
    "response.reminded", _("Vendor response reminded of"), _("Reminded"), "info", "bell", audience=VENDOR
)
HANDED_OVER = Told(
    "response.handed_over", _("Vendor response handed over"), _("Handed over"), "info", "people", audience=VENDOR
)

ACCEPT_RESPONSE = Asks(
    "AcceptResponseBody",
    about="The seller whom the partner works with: who is named already, where `seller` is left out.",
    fields=(
        AskedMember(
            *("seller", _("Seller"), _("The partner gets their name, address and phone."), _("Whoever is named now")),
            required=False,
        ),
    ),
)
DECLINE_RESPONSE = Asks(
    "DeclineResponseBody",
    about="Why: the code, and words if one likes; with `other` they have to be there.",
    fields=(
        Choice(
            *("code", pgettext_lazy("noun", "Reason"), tuple(DeclineReason.choices), _("Choose a reason")),
            _("Choose a reason."),
            help=_("The partner reads a sentence about it, unless the deal is worth too little for a reason."),
        ),
        Text(
            *("text", _("In your own words"), _("The partner reads them with the reason.")),
            required=False,
            most=1000,
            rows=3,
        ),
    ),
)
by_vendor = partial(
    Step,
    sources=(ResponseStatus.PENDING,),
    permission=RESPONSES_ANSWER,
    side=VENDOR,
    conditions=(deal_goes_on,),
    api=Api(),
)
VENDOR_RESPONSE = Machine(
    "vendorresponse",
    (
        by_vendor(
            *("accept", _("Accept")),
            target=ResponseStatus.ACCEPTED,
            told=Told("response.accepted", _("Vendor response: accepted"), _("Accepted"), audience=VENDOR),
            asks=ACCEPT_RESPONSE,
            dialog=Dialog(
                _("Accept %(name)s?"),
                _("%(partner_name)s is told at once, and gets the seller's name, address and phone."),
                done=_("%(name)s is accepted."),
            ),
        ),
        by_vendor(
            *("decline", _("Decline")),
            target=ResponseStatus.DECLINED,
            told=Told(
                *("response.declined", _("Vendor response: declined"), _("Declined")),
                said=reason_words,
                audience=VENDOR,
            ),
            asks=DECLINE_RESPONSE,
            dialog=Dialog(
                _("Decline %(name)s"),
                _("%(partner_name)s is told at once. Your name and the seller's stay hidden from them."),
                done=_("%(name)s is declined."),
                danger=True,
            ),
        ),
        Step(
            *("create_again", _("Create again"), (ResponseStatus.DECLINED,), None, DEALS_EDIT, PARTNER),
            (deal_goes_on, is_the_last),
            told=Told("response.asked_again", _("Vendor response asked for again"), _("Asked again"), "info", "undo"),
            dialog=Dialog(
                _("Ask again for a response to %(name)s?"),
                _("If it was declined by mistake, the vendor gets a new request; this one stays as it is."),
                done=_("The vendor is asked again about %(name)s."),
            ),
            api=Api(about="A new request with the next number, linked to this one. Once."),
        ),
        of_portal(
            *("expire", (ResponseStatus.PENDING,), ResponseStatus.EXPIRED),
            Told("response.expired", _("Vendor response: expired"), _("Expired"), audience=VENDOR),
        ),
        of_portal(
            *("lapse", (ResponseStatus.PENDING,), ResponseStatus.EXPIRED),
            Told(
                *("response.lapsed", _("Vendor response: over with its deal"), _("Over: the deal was closed")),
                audience=VENDOR,
            ),
        ),
        of_portal(
            *("win", (ResponseStatus.ACCEPTED,), ResponseStatus.WON),
            Told("response.won", _("Vendor response: won"), _("Won with the deal"), audience=VENDOR),
        ),
    ),
    also=(RESPONSE_ASKED, RESPONSE_REMINDED, HANDED_OVER),
    states=ResponseStatus,
    tones=RESPONSE_TONES,
    next=RESPONSE_NEXT,
    keep=_("Keep request"),
)
