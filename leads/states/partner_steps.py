"""The steps of a lead that its partner takes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.states import asks
from leads.states import conditions as needs
from leads.states.told import support_words, team_words
from leads.states.words import KEPT, OPEN, Status
from partnerhub.roles import DEALS_MANAGE, LEADS_SUBMIT, PARTNER
from partnerhub.states import Api, Dialog, Step, Told

CANCEL = _("Cancel")
KEEP = _("Keep lead as it is")

PARTNER_STEPS = (
    Step(
        "submit",
        _("Submit"),
        (Status.DRAFT,),
        Status.SUBMITTED,
        LEADS_SUBMIT,
        PARTNER,
        told=Told("lead.submitted", _("Lead submitted"), _("Submitted"), "info", "send", said=support_words),
        api=Api("Submit a draft", "Submit the draft: every answer is checked, and 422 says what is missing."),
    ),
    Step(
        "discard",
        _("Discard draft"),
        (Status.DRAFT,),
        Status.DISCARDED,
        LEADS_SUBMIT,
        PARTNER,
        told=Told("lead.discarded", _("Draft discarded"), audience=PARTNER),
        api=Api("Discard a draft", "Put the draft away, out of sight."),
    ),
    Step(
        "restore",
        _("Bring the draft back"),
        (Status.DISCARDED,),
        Status.DRAFT,
        LEADS_SUBMIT,
        PARTNER,
        told=Told("lead.restored", _("Draft brought back"), audience=PARTNER),
        api=Api("Bring a discarded draft back", "With its files, if it was discarded within the last day."),
    ),
    Step(
        "give_info",
        pgettext_lazy("verb", "Answer"),
        (Status.MORE_INFO,),
        None,
        LEADS_SUBMIT,
        PARTNER,
        told=Told("lead.info_given", _("Question answered"), _("Question answered"), "info", "message", said="answer"),
        dialog=Dialog(
            _("Answer the question about %(company)s"),
            "",
            _("Send answer"),
            CANCEL,
            _("Your answer about %(company)s is sent."),
            quotes="leads/quote_question.html",
        ),
        api=Api(
            "Answer the vendor's question",
            "The lead goes back to where it was when the question came.",
            word="answer",
        ),
        back_to=(Status.SUBMITTED, Status.IN_PROGRESS),
        in_place=True,
    ),
    Step(
        "withdraw",
        _("Withdraw"),
        (Status.SUBMITTED, Status.MORE_INFO),
        Status.WITHDRAWN,
        LEADS_SUBMIT,
        PARTNER,
        told=Told("lead.withdrawn", _("Lead withdrawn"), _("Withdrawn"), icon="undo"),
        asks=asks.WITHDRAW,
        dialog=Dialog(
            _("Withdraw %(company)s?"),
            _("Nobody works on it any more. It cannot be reopened; you would have to submit it again."),
            _("Withdraw lead"),
            _("Keep lead"),
            _("%(company)s is withdrawn."),
            danger=True,
        ),
        api=Api("Withdraw a lead", "Take the lead back. It cannot be reopened."),
    ),
    Step(
        "name_team",
        _("Change owner and team"),
        KEPT,
        None,
        LEADS_SUBMIT,
        PARTNER,
        told=Told(
            "lead.team_named", _("Owner and team named"), _("Owner and team named"), icon="people", said=team_words
        ),
        dialog=Dialog(
            _("Owner and team of %(company)s"),
            _("They see the lead and hear of it by email. Whoever is named now is told."),
            _("Save"),
            CANCEL,
            _("Owner and team of %(company)s are named."),
        ),
        api=Api(
            "Name owner and team",
            "Who of your organisation looks after the lead. They see it, whatever their role lets them see besides.",
        ),
        in_place=True,
    ),
    Step(
        "ask_support",
        _("Ask for sales support"),
        OPEN,
        None,
        LEADS_SUBMIT,
        PARTNER,
        (needs.no_support_yet,),
        told=Told("lead.support_asked", _("Sales support asked for"), _("Sales support asked for"), icon="people"),
        dialog=Dialog(
            _("Ask for sales support on %(company)s?"),
            _("Our sales team joins in on this lead. What happens next reads accordingly from then on."),
            _("Ask for sales support"),
            KEEP,
            _("Sales support is asked for on %(company)s."),
        ),
        api=Api("Ask for sales support", "On a lead that was submitted without it."),
    ),
    Step(
        "convert",
        _("Convert to deal"),
        (Status.IN_PROGRESS,),
        Status.CONVERTED,
        DEALS_MANAGE,
        PARTNER,
        (needs.not_converted, needs.review_decided),
        told=Told(
            "lead.converted", _("Lead converted to a deal"), _("Converted to a deal"), "info", "deal", said="deal_name"
        ),
        dialog=Dialog(
            _("Convert %(company)s to a deal"),
            _(
                "Company and contact go along. Messages, notes and files stay with the lead, and each page leads to the"
                " other. The lead ends as converted, for good: what comes of it is what comes of the deal."
            ),
            _("Convert to deal"),
            CANCEL,
            _("%(company)s is a deal now."),
        ),
        api=Api(
            "Convert a lead to a deal",
            "A lead in progress, once; it is `converted` then, for good. Its company and contact go along; `deal` of"
            " the answer is the id of the deal, which alone makes the referral, once it is won.",
        ),
    ),
    Step(
        "appeal",
        pgettext_lazy("verb", "Appeal"),
        (Status.NOT_ELIGIBLE,),
        Status.SUBMITTED,
        LEADS_SUBMIT,
        PARTNER,
        (needs.not_appealed, needs.not_objected),
        told=Told("lead.appealed", _("Decision appealed"), _("Appealed"), "warn", "up", said="appeal_text"),
        asks=asks.APPEAL,
        dialog=Dialog(
            _("Appeal the decision on %(company)s"),
            _("A channel manager looks at the lead again. You can appeal once."),
            _("Send appeal"),
            CANCEL,
            _("Your appeal for %(company)s is sent."),
            quotes="leads/quote_reason.html",
        ),
        api=Api("Appeal a refusal", "Ask, once, that the lead be looked at again."),
    ),
)
