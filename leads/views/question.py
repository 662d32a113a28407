"""The open question on a lead's page: for the partner the box to answer it, for the vendor whose turn it is."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from leads.forms.steps import AnswerForm
from leads.models import Lead
from leads.states import LEAD, Status
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import names_with
from partnerhub.events.models import Event
from partnerhub.events.timeline import who_did
from partnerhub.notes.thread import AnswerTick
from partnerhub.roles import LEADS_SUBMIT, PARTNER

QUESTION_EVENTS = ("lead.info_asked", "lead.info_corrected")


def question_of(lead: Lead, events: Iterable[Event], membership: Membership) -> dict[str, Any] | None:
    """The open question with who asked and when; the form to answer it, or the names of those who may.

    None where no question is open. `events` is the lead's timeline, newest first. One statement for whoever reads
    along at the partner's and may not answer.
    """
    if lead.status != Status.MORE_INFO:
        return None
    asked = next((event for event in events if event.kind in QUESTION_EVENTS), None)
    may_answer = LEAD.verdict("give_info", lead, membership).is_open
    names = names_with(LEADS_SUBMIT, lead.partner_id) if membership.side == PARTNER and not may_answer else []
    return {
        "text": lead.question,
        "who": who_did(asked, membership) if asked else "",
        "at": asked.occurred_at if asked else lead.status_changed_at,
        "form": AnswerForm(initial={"version": lead.version}, auto_id="answer_%s") if may_answer else None,
        "others": ", ".join(names),
    }


def answer_tick(lead: Lead, membership: Membership) -> AnswerTick | None:
    """Offers a shared message as the answer to the open question, to who may answer."""
    if not LEAD.verdict("give_info", lead, membership).is_open:
        return None
    return AnswerTick(
        "answers",
        str(lead.version),
        _("This answers the question"),
        _("Without the tick your message is shared, and the question stays open."),
    )
