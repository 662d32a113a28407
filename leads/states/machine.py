"""The words of a lead and the table of its steps (spec: states.md, Lead)."""

from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.errors import Reason
from partnerhub.roles import LEADS_AWARD, LEADS_SECOND, LEADS_SUBMIT, LEADS_TRIAGE, LEADS_WORK, PARTNER, VENDOR
from partnerhub.states import Machine, Step, is_person


class Kind(TextChoices):
    """The kind of a program; it selects the rules and the form."""

    POS = "pos", _("POS")
    PLUS = "plus", _("Plus")


class Origin(TextChoices):
    PARTNER = "partner", _("Submitted by a partner")
    VENDOR = "vendor", _("Handed out by the vendor")


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_PROGRESS = "in_progress", _("In progress")
    MORE_INFO = "more_info", _("More information needed")
    AWARDED = "awarded", _("Awarded")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Discarded")


MOST_IN_TEAM = 20

RANK = {status.value: rank for rank, status in enumerate(Status)}
"""The order in which the list sorts by status: as a lead goes through them."""

UNSENT = (Status.DRAFT, Status.DISCARDED)
OPEN = (Status.SUBMITTED, Status.IN_PROGRESS, Status.MORE_INFO)
LISTED = tuple(status for status in Status if status not in UNSENT)
KEPT = tuple(status for status in LISTED if status != Status.WITHDRAWN)

TONES = {
    Status.DRAFT: ("mute", "edit"),
    Status.SUBMITTED: ("info", "send"),
    Status.IN_PROGRESS: ("info", "progress"),
    Status.MORE_INFO: ("warn", "help"),
    Status.AWARDED: ("good", "award"),
    Status.NOT_ELIGIBLE: ("bad", "xc"),
    Status.WITHDRAWN: ("mute", "undo"),
    Status.DISCARDED: ("mute", "x"),
}
"""Tone and icon of a status; the word stands beside them always."""


class ReasonCode(TextChoices):
    """Why a lead is not eligible; shown to the partner with the text (E3)."""

    EXISTING_CUSTOMER = "existing_customer", _("Already a customer")
    DUPLICATE = "duplicate", _("Already referred")
    NOT_A_FIT = "not_a_fit", _("Not a fit for the program")
    NO_CONTACT = "no_contact", _("The contact could not be reached")
    NO_CONSENT = "no_consent", _("The contact did not agree to be referred")
    OUT_OF_REGION = "out_of_region", _("Outside the countries of the program")
    OTHER = "other", _("Another reason")


class Conflict(TextChoices):
    """The verdict of the conflict check; for the vendor's eyes."""

    FREE = "free", _("No other lead found")
    OWN = "own", _("The partner has an open lead for this website")
    HELD = "held", _("Another partner has an open lead for this website")
    CUSTOMER = "customer", _("A lead for this website was awarded before")


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
_PLUS_AWARDED = _("You earn a commission on this lead, by the referral terms.")
_POS_AWARDED = _("It went through our sales cycle. You are paid by the promotion terms.")
_POS_PROGRESS = _("Our sales team is working your lead.")
_PLUS_REFUSED = _("No commission is earned on this lead.")
_POS_REFUSED = _("This referral does not qualify for a payout.")

NEXT: dict[tuple[str, bool], dict[str, str | Promise]] = {
    (Kind.PLUS, True): {
        Status.SUBMITTED: _SALES_REVIEW,
        Status.IN_PROGRESS: _("We are in contact with your lead and selling with you."),
        Status.AWARDED: _PLUS_AWARDED,
        Status.NOT_ELIGIBLE: _PLUS_REFUSED,
    },
    (Kind.PLUS, False): {
        Status.SUBMITTED: _PLUS_ALONE_SUBMITTED,
        Status.IN_PROGRESS: _("We are in contact with your lead."),
        Status.AWARDED: _PLUS_AWARDED,
        Status.NOT_ELIGIBLE: _PLUS_REFUSED,
    },
    (Kind.POS, True): {
        Status.SUBMITTED: _POS_SUPPORT_SUBMITTED,
        Status.IN_PROGRESS: _POS_PROGRESS,
        Status.AWARDED: _POS_AWARDED,
        Status.NOT_ELIGIBLE: _POS_REFUSED,
    },
    (Kind.POS, False): {
        Status.SUBMITTED: _POS_ALONE_SUBMITTED,
        Status.IN_PROGRESS: _POS_PROGRESS,
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


def _representative(lead: Any, actor: Any) -> Reason:
    assigns = actor.can(LEADS_TRIAGE)
    return Reason.of(
        "representative",
        lead.representative_id is not None,
        met=_("A representative is assigned."),
        missing=_("Nobody is assigned yet."),
        who=_("Assign a representative first.") if assigns else _("A channel manager assigns one."),
        by="" if assigns else LEADS_TRIAGE,
    )


def _terms(lead: Any, actor: Any) -> Reason | None:
    """Awarding a Plus lead needs the terms that apply (they were accepted with the submission)."""
    if lead.program.kind != Kind.PLUS:
        return None
    return Reason.of(
        "terms",
        bool(lead.terms_version),
        met=_("Referral terms apply to the lead."),
        missing=_("No referral terms were accepted with this lead."),
        who=_("The partner accepts them by submitting the lead again."),
    )


def _not_appealed(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "appeal",
        not lead.appeal_text,
        met=_("The lead has not been appealed before."),
        missing=_("The lead was appealed before; that is possible once."),
        who=_("A channel manager can reopen it."),
        final=True,
    )


def _no_support_yet(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "support",
        not lead.sales_support,
        met=_("Sales support has not been asked for yet."),
        missing=_("Sales support is asked for already."),
        final=True,
    )


def _needs_nobody(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "needs-nobody",
        lead.program.kind == Kind.POS and not lead.sales_support,
        met=_("The lead needs no representative: POS, without sales support."),
        missing=_("The lead needs a representative."),
        who=_("Assign one."),
        final=True,
    )


def _not_seen(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "seen",
        not lead.is_seen,
        met=_("Nobody has marked the lead as seen yet."),
        missing=_("The lead is marked as seen already."),
        final=True,
    )


def _seen(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "seen",
        lead.is_seen,
        met=_("The lead is marked as seen."),
        missing=_("The lead is not marked as seen."),
        final=True,
    )


def _not_questioned(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "question",
        lead.award_questioned_by_id is None,
        met=_("Nobody has asked to take the award back yet."),
        missing=_("Somebody has asked to take the award back already."),
        who=_("A second person decides on that first."),
        by=LEADS_SECOND,
    )


def _questioned(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "question",
        lead.award_questioned_by_id is not None,
        met=_("A channel manager has asked to take the award back."),
        missing=_("Nobody has asked to take the award back."),
        who=_("A channel manager asks, and a second person decides."),
        by=LEADS_AWARD,
    )


def _second_person(lead: Any, actor: Any) -> Reason:
    return Reason.of(
        "second-person",
        actor.id != lead.award_questioned_by_id and not is_person(actor, lead.award_questioner_id),
        met=_("Somebody else has asked, so you can decide."),
        missing=_("You asked yourself, so you cannot decide."),
        who=_("Another channel manager or a programme admin decides."),
        by=LEADS_SECOND,
    )


LEAD = Machine(
    "lead",
    (
        Step("submit", _("Submit"), (Status.DRAFT,), Status.SUBMITTED, LEADS_SUBMIT, PARTNER),
        Step("discard", _("Discard draft"), (Status.DRAFT,), Status.DISCARDED, LEADS_SUBMIT, PARTNER),
        Step("restore", _("Bring the draft back"), (Status.DISCARDED,), Status.DRAFT, LEADS_SUBMIT, PARTNER),
        Step("assign", _("Assign"), OPEN, None, LEADS_TRIAGE, VENDOR),
        Step(
            "mark_seen",
            _("Mark as seen"),
            (Status.SUBMITTED,),
            None,
            LEADS_TRIAGE,
            VENDOR,
            (_needs_nobody, _not_seen),
        ),
        Step("unmark_seen", _("Put back into triage"), (Status.SUBMITTED,), None, LEADS_TRIAGE, VENDOR, (_seen,)),
        Step(
            "start",
            _("Put in progress"),
            (Status.SUBMITTED,),
            Status.IN_PROGRESS,
            LEADS_WORK,
            VENDOR,
            (_representative,),
        ),
        Step(
            "ask_info",
            _("Ask for more information"),
            (Status.SUBMITTED, Status.IN_PROGRESS),
            Status.MORE_INFO,
            LEADS_WORK,
            VENDOR,
        ),
        Step("give_info", pgettext_lazy("verb", "Answer"), (Status.MORE_INFO,), None, LEADS_SUBMIT, PARTNER),
        Step("correct_question", _("Correct the question"), (Status.MORE_INFO,), None, LEADS_WORK, VENDOR),
        Step("take_back_question", _("Take the question back"), (Status.MORE_INFO,), None, LEADS_WORK, VENDOR),
        Step(
            "award",
            _("Award"),
            (Status.SUBMITTED, Status.IN_PROGRESS),
            Status.AWARDED,
            LEADS_AWARD,
            VENDOR,
            (_terms,),
            confirm=True,
        ),
        Step("refuse", _("Not eligible"), OPEN, Status.NOT_ELIGIBLE, LEADS_AWARD, VENDOR, confirm=True),
        Step(
            "withdraw",
            _("Withdraw"),
            (Status.SUBMITTED, Status.MORE_INFO),
            Status.WITHDRAWN,
            LEADS_SUBMIT,
            PARTNER,
            confirm=True,
        ),
        Step("name_team", _("Change owner and team"), KEPT, None, LEADS_SUBMIT, PARTNER),
        Step("ask_support", _("Ask for sales support"), OPEN, None, LEADS_SUBMIT, PARTNER, (_no_support_yet,)),
        Step(
            "appeal",
            pgettext_lazy("verb", "Appeal"),
            (Status.NOT_ELIGIBLE,),
            Status.SUBMITTED,
            LEADS_SUBMIT,
            PARTNER,
            (_not_appealed,),
        ),
        Step("reopen", _("Reopen"), (Status.NOT_ELIGIBLE,), Status.SUBMITTED, LEADS_AWARD, VENDOR),
        Step(
            "question_award",
            _("Ask to take the award back"),
            (Status.AWARDED,),
            None,
            LEADS_AWARD,
            VENDOR,
            (_not_questioned,),
            confirm=True,
        ),
        Step(
            "take_back_award",
            _("Take the award back"),
            (Status.AWARDED,),
            Status.IN_PROGRESS,
            LEADS_SECOND,
            VENDOR,
            (_questioned, _second_person),
            confirm=True,
        ),
        Step(
            "keep_award",
            _("Keep the award"),
            (Status.AWARDED,),
            None,
            LEADS_SECOND,
            VENDOR,
            (_questioned, _second_person),
        ),
    ),
    words=lambda state: Status(state).label,
)
