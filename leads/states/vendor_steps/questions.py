"""The steps by which the vendor asks the partner for more information."""

from django.utils.translation import gettext_lazy as _

from leads.states import asks
from leads.states import conditions as needs
from leads.states.partner_steps import CANCEL
from leads.states.words import Status
from partnerhub.roles import LEADS_WORK, VENDOR
from partnerhub.states import Api, Dialog, Step, Told

QUESTION_STEPS = (
    Step(
        "ask_info",
        _("Ask for more information"),
        (Status.SUBMITTED, Status.IN_PROGRESS),
        Status.MORE_INFO,
        LEADS_WORK,
        VENDOR,
        (needs.decided_on_the_lead, needs.partner),
        told=Told(
            "lead.info_asked",
            _("More information asked for"),
            _("More information needed"),
            "warn",
            "help",
            said="question",
        ),
        asks=asks.QUESTION,
        dialog=Dialog(
            _("Ask for more information about %(company)s"),
            _("The lead waits for the partner's answer and then goes on where it is now."),
            _("Ask for more information"),
            CANCEL,
            _("Your question about %(company)s is on its way to the partner."),
        ),
        api=Api("Ask for more information", "The lead waits for the partner's answer, then goes on where it was."),
    ),
    Step(
        "correct_question",
        _("Correct the question"),
        (Status.MORE_INFO,),
        None,
        LEADS_WORK,
        VENDOR,
        told=Told(
            "lead.info_corrected", _("Question corrected"), _("Question corrected"), icon="edit", said="question"
        ),
        asks=asks.QUESTION,
        dialog=Dialog(
            _("Correct the question about %(company)s"),
            _("The partner is told, and answers the question as it reads then."),
            _("Save question"),
            CANCEL,
            _("The question about %(company)s is corrected."),
        ),
        api=Api("Correct the open question", "The partner is told, and answers the question as it reads then."),
    ),
    Step(
        "take_back_question",
        _("Take the question back"),
        (Status.MORE_INFO,),
        None,
        LEADS_WORK,
        VENDOR,
        told=Told("lead.info_taken_back", _("Question taken back"), _("Question taken back"), icon="undo"),
        asks=asks.TAKE_BACK,
        dialog=Dialog(
            _("Take back the question about %(company)s?"),
            _("The lead goes on where it was, and the partner need not answer any more."),
            _("Take the question back"),
            _("Keep the question"),
            _("The question about %(company)s is taken back. The partner is told."),
        ),
        api=Api(
            "Take the open question back",
            "The lead goes back to where it was; the partner reads the text and need not answer.",
        ),
        back_to=(Status.SUBMITTED, Status.IN_PROGRESS),
    ),
)
