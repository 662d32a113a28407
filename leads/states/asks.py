"""What the steps of a lead ask for: the fields of their forms, and of their bodies over the API."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deals.states.deals import CLOSE_DATE, CUSTOMER_AGREED, DEAL_VALUE, NAME, REST, SHARED_TYPES, TYPE
from leads.states.words import ReasonCode
from partnerhub.states import AskedTick, Asks, Choice, Text

_EMPTY = _("Write a few words: the other side reads them.")


def _text(name: str, label: str | Promise, help: str | Promise) -> Text:
    return Text(name, label, help, missing=_EMPTY)


QUESTION = Asks(
    "QuestionBody",
    about="What the vendor wants to know.",
    fields=(_text("question", _("Question"), _("The partner gets it by email and answers on the lead.")),),
)
TAKE_BACK = Asks(
    "ReasonBody",
    about="Why; it stays in the timeline.",
    fields=(
        _text(
            "text",
            _("A word to the partner"),
            _("The partner gets it by email, with the question that is taken back."),
        ),
    ),
)
REASON = Asks(
    "ReasonBody",
    about="Why; it stays in the timeline.",
    fields=(_text("text", _("Reason"), _("It stays in the timeline.")),),
)
APPEAL = Asks(
    "AppealBody",
    about="Why the lead should be looked at again.",
    fields=(_text("text", _("Why should we look again?"), _("A lead can be appealed once.")),),
)
WITHDRAW = Asks(
    "WithdrawBody",
    about="Why, if you want to say.",
    fields=(Text("reason", _("Reason"), required=False, most=1000, rows=3),),
)
REFUSE = Asks(
    "RefuseBody",
    about="Why the lead is not eligible. The partner reads both.",
    fields=(
        Choice("code", _("Reason"), tuple(ReasonCode.choices), _("Choose a reason"), missing=_("Choose a reason.")),
        _text("text", _("Explanation"), _("The partner reads the reason and the explanation.")),
    ),
)
CONVERT = Asks(
    "ConvertBody",
    about="A deal with the company and the contact of the lead.",
    fields=(
        *(NAME, DEAL_VALUE, CLOSE_DATE),
        replace(TYPE, choices=SHARED_TYPES, help=_("The vendor sees the deal, as it sees the lead.")),
        *REST,
        AskedTick(
            "agreed",
            _("Your representative has agreed that you go on with it"),
            _("Tick this when your representative has agreed."),
        ),
        CUSTOMER_AGREED,
    ),
)
