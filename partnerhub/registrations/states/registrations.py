"""The table of the steps of a registration, the claim of a won deal for an incentive (B7; states.md, ruling 14)."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.registrations.states.conditions import (
    amount_is_approved,
    amount_is_large,
    amount_is_not_approved,
    by_a_second_person,
    contract_is_described,
    not_sent_by_oneself,
    signed_lately,
)
from partnerhub.registrations.states.statuses import (
    IS_WITH_PARTNER,
    REGISTERED_NEXT,
    REGISTERED_TONES,
    RegisteredStatus,
    RejectReason,
    why_rejected,
)
from partnerhub.roles import PARTNER, REGISTRATIONS_AMOUNT, REGISTRATIONS_REGISTER, REGISTRATIONS_REVIEW, VENDOR
from partnerhub.states import (
    Api,
    AskedDay,
    AskedMember,
    AskedMoney,
    Asks,
    Choice,
    Dialog,
    Machine,
    Step,
    Text,
    Told,
    of_portal,
)
from partnerhub.states.asked import Words
from partnerhub.states.lasting import extension_not_asked, extension_waits

_S = RegisteredStatus
ASKED_OF_CONTRACT = Asks(
    "DescribeContractBody",
    about="The customer's contract, and the solution in it. All of it, as it is from now on.",
    fields=(
        AskedMember(
            *("solution", _("Solution"), _("The one that the contract names."), _("Choose a solution")),
            _("Choose a solution."),
        ),
        AskedMoney("contract", _("Contract value")),
        AskedDay("signed_on", _("Signed on"), _("Enter the day.")),
        AskedDay("contract_start", _("Contract starts on"), _("Enter the day.")),
        AskedDay("contract_end", _("Contract ends on"), _("Enter the day.")),
    ),
    edits=True,
)


def _asks_why(body: str, help_text: Words, label: Words = "", *, about: str) -> Asks:
    return Asks(
        body,
        about=about,
        fields=(
            Text(
                *("text", label or pgettext_lazy("noun", "Reason"), help_text),
                most=1000,
                rows=3,
                missing=_("Write a few words: the other side reads them."),
            ),
        ),
    )


PARTNER_READS = _("The partner reads these words.")
VENDOR_READS = _("The vendor reads these words.")
ANSWER = pgettext_lazy("of a registration", "Answer")
REJECT_REGISTRATION = Asks(
    "RejectRegistrationBody",
    about="Why: the code, and words. The partner reads both.",
    fields=(
        Choice(
            *("code", pgettext_lazy("noun", "Reason"), tuple(RejectReason.choices), _("Choose a reason")),
            _("Choose a reason."),
        ),
        Text(
            *("text", _("In your own words"), PARTNER_READS),
            most=1000,
            rows=3,
            missing=_("Write a few words: the other side reads them."),
        ),
    ),
)
partner_step = partial(Step, permission=REGISTRATIONS_REGISTER, side=PARTNER, api=Api())
of_reviewer = partial(Step, permission=REGISTRATIONS_REVIEW, side=VENDOR, api=Api())
while_in_review = partial(of_reviewer, sources=(_S.IN_REVIEW,))
REGISTRATION = Machine(
    "registration",
    (
        partner_step(
            *("edit", _("Describe contract"), IS_WITH_PARTNER, None),
            told=Told("registration.changed", _("Registration changed"), _("Contract described"), "info", "edit"),
            asks=ASKED_OF_CONTRACT,
            dialog=Dialog(
                _("The contract of %(name)s"),
                _("As it was signed. The vendor reads it once you send it for review."),
                *(_("Save"), _("Cancel"), _("The contract is saved.")),
            ),
        ),
        partner_step(
            *("send_for_review", _("Send for review"), (_S.DRAFT,), _S.IN_REVIEW),
            conditions=(contract_is_described, signed_lately),
            told=Told("registration.sent", _("Registration sent for review"), _("Sent for review")),
            dialog=Dialog(
                _("Send the registration of %(name)s for review?"),
                _("You cannot change it while the vendor reads it."),
                done=_("The registration of %(name)s is sent for review."),
            ),
        ),
        partner_step(
            *("send_again", _("Send again"), (_S.ACTION_REQUIRED,), _S.IN_REVIEW),
            conditions=(contract_is_described, signed_lately),
            told=Told("registration.answered", _("Registration sent again"), _("Sent again")),
            asks=_asks_why("AnswerRegistrationBody", VENDOR_READS, ANSWER, about="What has changed, or the answer."),
            dialog=Dialog(
                _("Send the registration of %(name)s again"),
                _("Say what you have changed, or answer what was asked."),
                done=_("The registration of %(name)s is sent again."),
                quotes="registrations/question.html",
            ),
        ),
        partner_step(
            *("ask_extension", _("Ask for an extension"), IS_WITH_PARTNER, None),
            conditions=(extension_not_asked,),
            told=Told(
                "registration.extension_asked",
                _("Extension of a registration asked for"),
                _("Extension asked for"),
                "info",
                "clock",
            ),
            asks=_asks_why("AskMoreTimeBody", VENDOR_READS, about="Why more time is needed. Once."),
            dialog=Dialog(
                _("Ask for more time for %(name)s"),
                _("You can ask once. The vendor grants it or not; until then the time runs on."),
                done=_("The vendor is asked for more time for %(name)s."),
            ),
        ),
        while_in_review(
            *("approve_amount", _("Approve amount")),
            target=None,
            permission=REGISTRATIONS_AMOUNT,
            conditions=(amount_is_large, amount_is_not_approved, not_sent_by_oneself),
            told=Told(
                *("registration.amount_approved", _("Amount of a registration approved"), _("Amount approved")),
                *("good", "check"),
                audience=VENDOR,
            ),
            dialog=Dialog(
                _("Approve the amount of %(name)s?"),
                _("The first of two approvals. Another person approves the claim."),
                done=_("The amount of %(name)s is approved."),
            ),
        ),
        while_in_review(
            *("approve", _("Approve")),
            target=_S.APPROVED,
            conditions=(not_sent_by_oneself, amount_is_approved, by_a_second_person),
            told=Told("registration.approved", _("Registration approved"), _("Approved")),
            dialog=Dialog(
                _("Approve the registration of %(name)s?"),
                _("%(partner_name)s is told at once. This is for good."),
                done=_("The registration of %(name)s is approved."),
            ),
        ),
        while_in_review(
            *("reject", _("Reject")),
            target=_S.REJECTED,
            conditions=(not_sent_by_oneself,),
            told=Told("registration.rejected", _("Registration rejected"), _("Rejected"), said=why_rejected),
            asks=REJECT_REGISTRATION,
            dialog=Dialog(
                _("Reject the registration of %(name)s"),
                _("%(partner_name)s is told at once, with the reason. The deal can be registered again."),
                done=_("The registration of %(name)s is rejected."),
                danger=True,
            ),
        ),
        while_in_review(
            *("ask_for_changes", _("Ask for changes")),
            target=_S.ACTION_REQUIRED,
            told=Told("registration.asked", _("Changes of a registration asked for"), _("Changes asked for")),
            asks=_asks_why(
                "AskForChangesBody", PARTNER_READS, _("Question"), about="What is to be changed or answered."
            ),
            dialog=Dialog(
                _("Ask for changes of %(name)s"),
                _("%(partner_name)s may change it, answers and sends it again."),
                done=_("%(partner_name)s is asked about %(name)s."),
            ),
        ),
        of_reviewer(
            *("grant_extension", _("Grant extension"), IS_WITH_PARTNER, None),
            conditions=(extension_waits,),
            told=Told(
                "registration.extension_granted",
                _("Extension of a registration granted"),
                _("Extension granted"),
                "good",
                "clock",
            ),
            dialog=Dialog(
                _("Grant more time for %(name)s?"),
                _("%(partner_name)s is told the new day at once."),
                done=_("%(name)s has more time."),
                quotes="registrations/extension.html",
            ),
        ),
        of_reviewer(
            *("refuse_extension", _("Refuse extension"), IS_WITH_PARTNER, None),
            conditions=(extension_waits,),
            told=Told(
                "registration.extension_refused",
                _("Extension of a registration refused"),
                _("Extension refused"),
                "mute",
                "xc",
            ),
            asks=_asks_why("RefuseMoreTimeBody", PARTNER_READS, about="Why there is no more time."),
            dialog=Dialog(
                _("Refuse more time for %(name)s"),
                _("%(partner_name)s is told at once. The day stays as it is."),
                done=_("%(name)s stays due as it was."),
                quotes="registrations/extension.html",
            ),
        ),
        of_portal(
            *("expire", IS_WITH_PARTNER, _S.EXPIRED),
            Told("registration.expired", _("Registration expired"), _("Expired")),
        ),
    ),
    also=(
        Told("registration.opened", _("Registration opened"), _("Opened"), "info", "plus"),
        Told("registration.reminded", _("Registration reminded of"), _("Reminded"), "info", "bell"),
        Told("registration.handed_over", _("Registration handed over"), _("Handed over"), "info", "people"),
    ),
    states=RegisteredStatus,
    tones=REGISTERED_TONES,
    next=REGISTERED_NEXT,
    keep=_("Keep registration"),
)
