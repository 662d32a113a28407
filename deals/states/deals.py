"""The words of deals, and what they ask for (spec: states.md, Deal; rulings 15, 16, 20)."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.states import (
    OF_MAIL,
    OF_WEBSITE,
    AskedDay,
    AskedField,
    AskedMember,
    AskedMoney,
    AskedPage,
    AskedSeveral,
    AskedTick,
    Asks,
    Choice,
    Text,
    Told,
)


class DealStatus(models.TextChoices):
    """The substatus; `PHASES` says which status it is one of."""

    PENDING = "pending", pgettext_lazy("of a deal", "New, on its way")
    RECEIVED = "received", pgettext_lazy("of a deal", "New")
    ACCEPTED = "accepted", pgettext_lazy("of a deal", "Active")
    ENGAGED = "engaged", pgettext_lazy("of a deal", "Active, both at work")
    DECLINED = "declined", pgettext_lazy("of a deal", "Declined")
    EXPIRED = "expired", pgettext_lazy("of a deal", "Expired")
    WON = "won", pgettext_lazy("of a deal", "Won")
    LOST = "lost", pgettext_lazy("of a deal", "Lost")
    ERROR = "error", pgettext_lazy("of a deal", "Entered in error")


PHASE_NEW, PHASE_ACTIVE, PHASE_CLOSED = "new", "active", "closed"
IS_ACTIVE = (DealStatus.ACCEPTED, DealStatus.ENGAGED)
IS_CLOSED = (DealStatus.DECLINED, DealStatus.EXPIRED, DealStatus.WON, DealStatus.LOST, DealStatus.ERROR)
PHASES = (
    {DealStatus.PENDING: PHASE_NEW, DealStatus.RECEIVED: PHASE_NEW}
    | dict.fromkeys(IS_ACTIVE, PHASE_ACTIVE)
    | dict.fromkeys(IS_CLOSED, PHASE_CLOSED)
)
DEAL_TONES = {
    DealStatus.PENDING: ("info", "clock"),
    DealStatus.RECEIVED: ("info", "clock"),
    DealStatus.ACCEPTED: ("info", "progress"),
    DealStatus.ENGAGED: ("info", "people"),
    DealStatus.DECLINED: ("mute", "xc"),
    DealStatus.EXPIRED: ("mute", "hourglass"),
    DealStatus.WON: ("good", "award"),
    DealStatus.LOST: ("mute", "xc"),
    DealStatus.ERROR: ("mute", "minus"),
}
CLOSED_FOR_GOOD = _("Closed for good. A clone begins it anew.")
DEAL_NEXT = dict.fromkeys(IS_ACTIVE, _("Keep stage, value and date up to date, and close it as won or lost.")) | (
    dict.fromkeys(IS_CLOSED, CLOSED_FOR_GOOD)
)


class DealType(models.TextChoices):
    """It only moves up, in this order. A private one is its partner's alone."""

    PRIVATE = "private", pgettext_lazy("deal", "Private")
    PARTNER_LED = "partner_led", pgettext_lazy("deal", "Partner-led")
    CO_SELL = "co_sell", pgettext_lazy("deal", "Co-sell")


SHARED_TYPES = tuple(one for one in DealType.choices if one[0] != DealType.PRIVATE)


class Direction(models.TextChoices):
    OUTBOUND = "outbound", pgettext_lazy("deal", "Outbound")
    INBOUND = "inbound", pgettext_lazy("deal", "Inbound")


class DealStage(models.IntegerChoices):
    QUALIFY = 10, _("10 % · Qualify")
    QUALIFIED = 20, _("20 % · Qualified")
    DEVELOPED = 40, _("40 % · Developed")
    PROPOSED = 60, _("60 % · Proposed")
    NEGOTIATED = 80, _("80 % · Negotiated")
    WON = 100, _("100 % · Won")


STAGES = tuple((str(one.value), one.label) for one in DealStage if one != DealStage.WON)
"""Those that a person sets; the last one comes with the end."""


class Help(models.TextChoices):
    TECHNICAL = "technical", _("Technical help")
    PROPOSAL = "proposal", _("Help with the proposal")
    PRICING = "pricing", _("Prices and licences")
    INTRODUCTION = "introduction", _("A word with the customer")
    OTHER = "other", pgettext_lazy("help", "Other")


class CloseReason(models.TextChoices):
    PRICE = "price", _("The price")
    COMPETITOR = "competitor", _("A competitor won")
    BUDGET = "budget", _("No budget")
    TIMING = "timing", _("Not now")
    OTHER = "other", pgettext_lazy("reason", "Another reason")
    TEST = "test_record", _("A test record")
    DUPLICATE = "duplicate", _("A duplicate")
    MISTAKE = "by_mistake", _("Entered by mistake")


WRONG = (CloseReason.TEST, CloseReason.DUPLICATE, CloseReason.MISTAKE)
LOSING = tuple(one for one in CloseReason if one not in WRONG)
FINAL = _("This is for good: nobody can change the deal then. Notes and files can still be read.")
DEAL_OPENED = Told("deal.opened", _("Deal opened"), _("Opened"), "info", "deal")
OFFER_TAKEN = Told("deal.accepted", _("Offered deal accepted"), _("Accepted"), "good", "check")
DEAL_CLONED = Told("deal.cloned", _("Deal cloned"), _("Cloned"), "info", "copy")


def asked_why(body: str, about: str, codes: Sequence[models.TextChoices]) -> Asks:
    """A reason out of a list, and words if one likes."""
    choices = tuple((code.value, code.label) for code in codes)
    return Asks(
        body,
        about=about,
        fields=(
            Choice("code", pgettext_lazy("noun", "Reason"), choices, _("Choose a reason"), _("Choose a reason.")),
            Text("text", _("In your own words"), required=False, most=1000, rows=3),
        ),
    )


INTRO_NOTE = Text(
    "intro_note", _("Intro note"), _("Whoever sees the deal reads it."), most=4000, missing=_("Write a note.")
)
QUALIFYING = (
    Text("pain", _("Specific pain / opportunity defined"), required=False, rows=3),
    Text("next_steps", _("Next steps"), required=False, rows=3),
)
ONE_AT_LEAST = _("Choose at least one.")
DEAL_VALUE = AskedMoney("value", _("Value"))
NAME = Text("name", _("Name"), most=200, rows=1, missing=_("Enter a name."))
CLOSE_DATE = AskedDay("close_date", _("Close date"), _("Enter the day."))
TYPE = Choice(
    *("type", pgettext_lazy("of a deal", "Type"), tuple(DealType.choices), _("Choose a type"), _("Choose a type.")),
    help=_("A private deal is seen by your organisation alone. The type only moves up."),
)
REST = (
    AskedSeveral("help_needed", _("Which help"), tuple(Help.choices), required=False),
    AskedSeveral(
        *("solutions", _("Solutions")),
        missing=ONE_AT_LEAST,
        about="Ids of co-sell ready solutions of your organisation.",
    ),
    AskedSeveral("team", _("Team"), missing=ONE_AT_LEAST, about="Ids of members of your organisation."),
    Text("campaign", _("Campaign"), required=False, most=100, rows=1),
    Text("crm_id", _("CRM id"), required=False, most=100, rows=1),
    Text("notes", _("Notes"), _("Whoever sees the deal reads them."), required=False, rows=3),
)
CUSTOMER_AGREED = AskedTick(
    "consent",
    _("The customer agreed that we share this with those who are in the deal"),
    _("Tick this when the customer has agreed."),
)
CUSTOMER = (
    Text(
        *("company", _("Company"), _("One of yours, by its name, or a new one.")),
        most=200,
        rows=1,
        missing=_("Enter the company."),
    ),
    Text("website", _("Website"), required=False, most=200, rows=1, reads=OF_WEBSITE),
    Text("first_name", _("First name of the contact"), required=False, most=80, rows=1),
    Text("last_name", _("Last name of the contact"), required=False, most=80, rows=1),
    Text("email", _("Email of the contact"), required=False, most=254, rows=1, reads=OF_MAIL),
)
EDIT_DEAL = Asks(
    "ChangeDealBody",
    about="What is not sent stays. The customer is written once; the type only moves up.",
    fields=(NAME, DEAL_VALUE, CLOSE_DATE, TYPE, *QUALIFYING, *REST),
    edits=True,
)
NEW_DEAL = Asks(
    "NewDealBody",
    about="A deal of your organisation's, active at once. The company is found by website or name, or made.",
    fields=(NAME, *CUSTOMER, DEAL_VALUE, CLOSE_DATE, TYPE, *REST, CUSTOMER_AGREED),
)
WIN_DEAL = Asks(
    "WinDealBody",
    about="What it came to, and the day on which it was won. For good.",
    fields=(DEAL_VALUE, AskedDay("close_date", _("Won on"), _("Enter the day."))),
)
CLONE_DEAL = Asks("CloneDealBody", about="When the new deal is expected to be closed.", fields=(CLOSE_DATE,))
SHARE_DEAL = Asks(
    "ShareDealBody",
    about="Who owns the deal at the vendor, and what they should know first.",
    fields=(
        AskedMember(
            "contact", _("Contact"), _("Who owns the deal there."), _("Choose a person"), _("Choose a person.")
        ),
        INTRO_NOTE,
        AskedTick(
            "reached_out",
            _("You have reached out to this partner to confirm availability to work the deal"),
            _("Tick this when you have reached out to them."),
        ),
    ),
    pages=(
        AskedPage(_("Whom you share it with"), ("contact", "intro_note")),
        AskedPage(_("Review"), ("reached_out",), review=True),
    ),
)


def _shared_with(body: str, *more: AskedMember, about: str) -> Asks:
    """A new deal that is shared at once: its details on one page, what qualifies it on the next (D1)."""
    details: tuple[AskedField, ...] = (NAME, *more, DEAL_VALUE, CLOSE_DATE, *REST, CUSTOMER_AGREED)
    names = tuple(field.name for field in details)
    return Asks(
        body,
        about=about,
        fields=(*details, INTRO_NOTE, *QUALIFYING),
        pages=(
            AskedPage(_("Deal details"), (*names, DEAL_VALUE.currency)),
            AskedPage(_("What qualifies it"), (INTRO_NOTE.name, *(field.name for field in QUALIFYING))),
        ),
    )


SHARED_WITH_COMPANY = _shared_with(
    "CompanySharedDealBody",
    AskedMember("contact", _("Contact"), first=_("Nobody yet"), required=False),
    about="A new deal with the company. Without a contact it is with the company’s only one, if it has just one.",
)
SHARED_WITH_CONTACT = _shared_with("ContactSharedDealBody", about="A new deal with the contact and their company.")
