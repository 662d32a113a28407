"""The words of a lead: its states, and what each of them means next (spec: states.md, Lead)."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The kind of a program; it selects the rules and the form."""

    POS = "pos", _("POS")
    PLUS = "plus", _("Plus")


class Origin(TextChoices):
    PARTNER = "partner", _("Submitted by a partner")
    VENDOR = "vendor", _("Handed out by the vendor")
    INTAKE = "intake", _("Intake link")


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_PROGRESS = "in_progress", _("In progress")
    MORE_INFO = "more_info", _("More information needed")
    CONVERTED = "converted", _("Converted")
    AWARDED = "awarded", _("Awarded")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Discarded")


MOST_IN_TEAM = 20

RANK = {one.value: rank for rank, one in enumerate(sorted(Status, key=lambda status: status == Status.CONVERTED))}
"""The order in which the list sorts by status: as a lead goes through them. What came last to them stands last: the
ranks that rows have stay as they are (migration 0046 writes them once more)."""

UNSENT_STATUSES = (Status.DRAFT, Status.DISCARDED)
STARTED = (Status.IN_PROGRESS, Status.MORE_INFO)
OPEN = (Status.SUBMITTED, *STARTED)
LISTED = tuple(status for status in Status if status not in UNSENT_STATUSES)
KEPT = tuple(status for status in LISTED if status != Status.WITHDRAWN)

TONES = {
    Status.DRAFT: ("mute", "edit"),
    Status.SUBMITTED: ("info", "send"),
    Status.IN_PROGRESS: ("info", "progress"),
    Status.MORE_INFO: ("warn", "help"),
    Status.CONVERTED: ("info", "deal"),
    Status.AWARDED: ("good", "award"),
    Status.NOT_ELIGIBLE: ("bad", "xc"),
    Status.WITHDRAWN: ("mute", "undo"),
    Status.DISCARDED: ("mute", "x"),
}
"""Tone and icon of a status; the word stands beside them always."""


class ReasonCode(TextChoices):
    """Why a lead is not eligible; shown to the partner with the text (E3). What is a TEST is in no figure, and
    earns nothing (rulings 13)."""

    EXISTING_CUSTOMER = "existing_customer", _("Already a customer")
    DUPLICATE = "duplicate", _("Already referred")
    NOT_A_FIT = "not_a_fit", _("Not a fit for the program")
    NO_CONTACT = "no_contact", _("The contact could not be reached")
    NO_CONSENT = "no_consent", _("The contact did not agree to be referred")
    OUT_OF_REGION = "out_of_region", _("Outside the countries of the program")
    TEST = "test", _("A test, not a real lead")
    OTHER = "other", _("Another reason")


class Conflict(TextChoices):
    """The verdict of the conflict check; for the vendor's eyes."""

    FREE = "free", _("No other lead found")
    OWN = "own", _("The partner has a lead for this business already")
    HELD = "held", _("Another partner’s lead for this business is protected")
    CUSTOMER = "customer", _("Already a customer, or a business that you know")


class ConsentBasis(TextChoices):
    """On what ground the contact's data is passed on."""

    SPOKEN = "spoken", _("They agreed when we talked")
    WRITTEN = "written", _("They agreed in writing")
    CONTRACT = "contract", _("Our contract with them covers it")


_SALES_REVIEW = _("Our sales team will review your lead.")
_POS_SUPPORT_SUBMITTED = _("Your lead is in. Our sales team will review it.")
_POS_ALONE_SUBMITTED = _(
    "Your lead is in. If it meets the POS terms you are paid by those terms. The status stays Submitted, also after a"
    " payout or if the lead does not qualify; see Payout beside it."
)
_PLUS_ALONE_SUBMITTED = _("You still need to contact your representative to draw up the contract and close the sale.")
_PLUS_CONVERTED = _("It goes on as a deal. You earn a commission by the referral terms once the deal is won.")
_POS_CONVERTED = _("It goes on as a deal. You are paid by the promotion terms once the deal is won.")
_PLUS_AWARDED = _("You earn a commission on this lead, by the referral terms.")
_POS_AWARDED = _("It went through our sales cycle. You are paid by the promotion terms.")
_POS_PROGRESS = _("Our sales team is working your lead.")
_PLUS_REFUSED = _("No commission is earned on this lead.")
_POS_REFUSED = _("This referral does not qualify for a payout.")

NEXT: dict[tuple[str, bool], dict[str, str | Promise]] = {
    (Kind.PLUS, True): {
        Status.SUBMITTED: _SALES_REVIEW,
        Status.IN_PROGRESS: _("We are in contact with your lead and selling with you."),
        Status.CONVERTED: _PLUS_CONVERTED,
        Status.AWARDED: _PLUS_AWARDED,
        Status.NOT_ELIGIBLE: _PLUS_REFUSED,
    },
    (Kind.PLUS, False): {
        Status.SUBMITTED: _PLUS_ALONE_SUBMITTED,
        Status.IN_PROGRESS: _("We are in contact with your lead."),
        Status.CONVERTED: _PLUS_CONVERTED,
        Status.AWARDED: _PLUS_AWARDED,
        Status.NOT_ELIGIBLE: _PLUS_REFUSED,
    },
    (Kind.POS, True): {
        Status.SUBMITTED: _POS_SUPPORT_SUBMITTED,
        Status.IN_PROGRESS: _POS_PROGRESS,
        Status.CONVERTED: _POS_CONVERTED,
        Status.AWARDED: _POS_AWARDED,
        Status.NOT_ELIGIBLE: _POS_REFUSED,
    },
    (Kind.POS, False): {
        Status.SUBMITTED: _POS_ALONE_SUBMITTED,
        Status.IN_PROGRESS: _POS_PROGRESS,
        Status.CONVERTED: _POS_CONVERTED,
        Status.AWARDED: _POS_AWARDED,
        Status.NOT_ELIGIBLE: _POS_REFUSED,
    },
}
_ANY: dict[str, str | Promise] = {
    Status.DRAFT: _("Only your own organisation sees this draft. Submit it when it is complete."),
    Status.MORE_INFO: _("We need an answer to our question before we can go on."),
    Status.WITHDRAWN: _("You withdrew this lead. Nobody works on it any more."),
    Status.DISCARDED: _("This draft was discarded."),
}


_PLUS_ALONE_UNASSIGNED = _(
    "Nobody is assigned yet. As soon as you have a representative, contact them to draw up the contract and close the"
    " sale."
)


def next_words(kind: str, sales_support: bool, status: str, *, is_assigned: bool = True) -> str | Promise:
    """*What happens next*, in the words of the status by kind of program and sales support (A8–A10).

    Nobody is told to contact a representative who does not exist.
    """
    if (kind, sales_support, status, is_assigned) == (Kind.PLUS, False, Status.SUBMITTED, False):
        return _PLUS_ALONE_UNASSIGNED
    return NEXT[kind, sales_support].get(status) or _ANY[status]
