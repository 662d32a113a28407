"""The words of quotes, and the table of their steps (D5)."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import QUOTES_MANAGE
from partnerhub.states import (
    EITHER_SIDE,
    Api,
    Asks,
    Dialog,
    Machine,
    Step,
    Text,
    Told,
    of_outside,
    of_portal,
)
from partnerhub.states.asked import Words

MOST_LINES = 100
MOST_QUANTITY = 1_000_000
WHOLE_PRICE = 10_000
"""A discount is counted in hundredths of a percent: so many are all of the price."""


class QuoteStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of a quote", "Draft")
    SENT = "sent", pgettext_lazy("of a quote", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("of a quote", "Accepted")
    DECLINED = "declined", pgettext_lazy("of a quote", "Declined")
    EXPIRED = "expired", pgettext_lazy("of a quote", "Expired")
    SUPERSEDED = "superseded", pgettext_lazy("of a quote", "Superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a quote", "Withdrawn")


QUOTE_TONES = {
    QuoteStatus.DRAFT: ("mute", "edit"),
    QuoteStatus.SENT: ("info", "send"),
    QuoteStatus.ACCEPTED: ("good", "check"),
    QuoteStatus.DECLINED: ("bad", "xc"),
    QuoteStatus.EXPIRED: ("mute", "clock"),
    QuoteStatus.SUPERSEDED: ("mute", "copy"),
    QuoteStatus.WITHDRAWN: ("mute", "undo"),
}
QUOTE_NEXT = {
    QuoteStatus.DRAFT: _("Put in what is offered, and send it: the customer has not seen it yet."),
    QuoteStatus.SENT: _("The customer has the link. They accept or decline it until %(valid_day)s."),
    QuoteStatus.ACCEPTED: _("The customer has accepted it."),
    QuoteStatus.DECLINED: _("The customer has declined it. A new version can be made of it."),
    QuoteStatus.EXPIRED: _("It was not answered in time. A new version can be made of it."),
    QuoteStatus.SUPERSEDED: _("A newer version was sent in its place."),
    QuoteStatus.WITHDRAWN: _("The link no longer works. A new version can be made of it."),
}


class Quoted(Protocol):
    """A quote, as far as its machine asks."""

    side: str
    lines: Sequence[object]

    @property
    def deal_is_open(self) -> bool: ...
    @property
    def is_valid_still(self) -> bool: ...
    @property
    def has_new_draft(self) -> bool: ...
    @property
    def is_agreed_before(self) -> bool: ...


def deal_is_still_open(quote: Quoted, actor: Actor) -> Reason:
    """Of a closed deal a quote can be read, and no more."""
    return Reason.of(
        *("deal_open", quote.deal_is_open),
        met=_now("The deal is open."),
        missing=_now("The deal is closed."),
        final=True,
    )


def of_own_side(quote: Quoted, actor: Actor) -> Reason:
    """Each side works on the quotes that it made itself."""
    return Reason.of(
        *("own_side", quote.side == actor.side),
        met=_now("Your side made this quote."),
        missing=_now("The other side made this quote."),
        final=True,
    )


def has_lines(quote: Quoted, actor: Actor) -> Reason:
    """There is something to accept."""
    return Reason.of(
        *("lines", bool(quote.lines)),
        met=_now("The quote has a line."),
        missing=_now("The quote has no line yet."),
        who=_now("Choose Change and put in what is offered."),
    )


def is_valid_still(quote: Quoted, actor: Actor) -> Reason:
    """The customer has time to answer."""
    return Reason.of(
        *("valid_until", quote.is_valid_still),
        met=_now("The day until which it is valid is not over."),
        missing=_now("The day until which it is valid is over."),
        who=_now("Choose Change and name a later day."),
    )


def is_not_agreed(quote: Quoted, actor: Actor) -> Reason:
    """What the customer has accepted is not replaced behind their back."""
    return Reason.of(
        *("not_accepted", not quote.is_agreed_before),
        met=_now("The version before is not accepted."),
        missing=_now("The customer has accepted the version before."),
        final=True,
    )


def has_no_new_draft(quote: Quoted, actor: Actor) -> Reason:
    """Of one quote one version is written at a time."""
    return Reason.of(
        *("no_new_draft", not quote.has_new_draft),
        met=_now("No newer version is being written."),
        missing=_now("A newer version is being written already."),
        final=True,
    )


def on_deal_told(kind: str, words: Words, title: Words, status: QuoteStatus) -> Told:
    """An event of the deal itself: its timeline tells of the quote, to both sides."""
    return Told(f"deal.quote_{kind}", words, title, *QUOTE_TONES[status])


QUOTES_TOLD = (
    on_deal_told("sent", _("Quote sent"), _("Quote %(quote)s sent"), QuoteStatus.SENT),
    on_deal_told("accepted", _("Quote accepted"), _("Quote %(quote)s accepted"), QuoteStatus.ACCEPTED),
    on_deal_told("declined", _("Quote declined"), _("Quote %(quote)s declined"), QuoteStatus.DECLINED),
    on_deal_told("expired", _("Quote expired"), _("Quote %(quote)s expired"), QuoteStatus.EXPIRED),
    on_deal_told("withdrawn", _("Quote withdrawn"), _("Quote %(quote)s withdrawn"), QuoteStatus.WITHDRAWN),
)
QUOTE_DRAFTED = Told("quote.drafted", _("Quote drafted"), _("Drafted"), "mute", "edit")

WITHDRAW_QUOTE = Asks(
    "WithdrawQuoteBody",
    about="Why. The other side reads it, the customer does not.",
    fields=(
        Text(
            *("text", pgettext_lazy("noun", "Reason"), _("The other side reads it, the customer does not.")),
            most=1000,
            missing=_("Write a few words: the other side reads them."),
        ),
    ),
)
QUOTE_OVER = (QuoteStatus.DECLINED, QuoteStatus.EXPIRED, QuoteStatus.WITHDRAWN)
on_quote = partial(Step, permission=QUOTES_MANAGE, side=EITHER_SIDE, api=Api())
ITS_OWN = (deal_is_still_open, of_own_side)
QUOTE = Machine(
    "quote",
    (
        on_quote(
            *("edit", _("Change"), (QuoteStatus.DRAFT,), None),
            conditions=ITS_OWN,
            told=Told("quote.changed", _("Quote changed"), _("Changed"), "info", "edit"),
            dialog=Dialog(
                _("Change quote %(number)s"),
                _("Lines that are left empty are left out. Saved, there is room for more of them."),
                *(_("Save"), _("Cancel"), _("Quote %(number)s is saved.")),
                quotes="quotes/lines_form.html",
            ),
            api=Api(about="What is not sent stays; `lines` are all of them. Only a draft can be changed."),
        ),
        on_quote(
            *("send", _("Send quote"), (QuoteStatus.DRAFT,), QuoteStatus.SENT),
            conditions=(*ITS_OWN, has_lines, is_valid_still, is_not_agreed),
            told=Told("quote.sent", _("Quote sent to the customer"), _("Sent to the customer")),
            dialog=Dialog(
                _("Send quote %(number)s to the customer?"),
                _("Nobody can change it then. Where the customer’s email is not known, you get a link to pass on."),
                done=_("Quote %(number)s is sent."),
            ),
            api=Api(
                about="The contact of the deal gets the link by mail. Where there is no address, it stands in"
                " `customer_link` of this answer, and nowhere else. The version before is superseded."
            ),
        ),
        on_quote(
            *("new_version", _("New version"), (QuoteStatus.SENT, *QUOTE_OVER), None),
            conditions=(*ITS_OWN, has_no_new_draft),
            told=Told("quote.copied", _("New version of a quote begun"), _("New version begun"), "info", "copy"),
            dialog=Dialog(
                _("Make a new version of quote %(number)s?"),
                _("It is a draft with the same lines. This one stays as it is until the new one is sent."),
                done=_("The new version of quote %(number)s is a draft."),
            ),
            api=Api(about="A draft with the next number and the same lines; `previous` names this one."),
        ),
        on_quote(
            *("withdraw", _("Withdraw"), (QuoteStatus.DRAFT, QuoteStatus.SENT), QuoteStatus.WITHDRAWN),
            conditions=ITS_OWN,
            told=Told("quote.withdrawn", _("Quote withdrawn by who made it"), _("Withdrawn")),
            asks=WITHDRAW_QUOTE,
            dialog=Dialog(
                _("Withdraw quote %(number)s"),
                _("The customer can’t accept it any more. Who has the link is told so."),
                done=_("Quote %(number)s is withdrawn."),
                danger=True,
            ),
        ),
        of_outside(
            *("accept", (QuoteStatus.SENT,), QuoteStatus.ACCEPTED),
            Told("quote.accepted", _("Quote accepted by the customer"), _("Accepted by the customer")),
        ),
        of_outside(
            *("decline", (QuoteStatus.SENT,), QuoteStatus.DECLINED),
            Told("quote.declined", _("Quote declined by the customer"), _("Declined by the customer")),
        ),
        of_portal(
            *("expire", (QuoteStatus.SENT,), QuoteStatus.EXPIRED),
            Told("quote.expired", _("Quote not answered in time"), _("Expired")),
        ),
        of_portal(
            *("supersede", (QuoteStatus.SENT,), QuoteStatus.SUPERSEDED),
            Told("quote.superseded", _("Quote superseded by a newer version"), _("A newer version was sent")),
        ),
        of_portal(
            *("lapse", (QuoteStatus.DRAFT, QuoteStatus.SENT), QuoteStatus.WITHDRAWN),
            Told("quote.lapsed", _("Quote over with its deal"), _("Over: the deal was closed")),
        ),
    ),
    also=(QUOTE_DRAFTED,),
    states=QuoteStatus,
    tones=QUOTE_TONES,
    next=QUOTE_NEXT,
    keep=_("Keep quote"),
)
