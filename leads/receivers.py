"""What leads hears from the rooms below, and what it tells them about itself."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from deals import panels
from leads.models import Lead
from leads.panels import leads_of
from leads.selectors import lead_for
from leads.services import handover
from leads.services.partners import rename_partner
from leads.services.representatives import rename_representative
from leads.services.steps import event_data
from leads.states import ReasonCode, Status, next_words, questions_for
from leads.states.own_fields import kept_kind, own_words
from leads.states.questions import answer_words
from notifications.services import register_words
from partnerhub.errors import Reason
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.notes import subjects
from partnerhub.roles import LEADS_COMMENT, MEMBERS_MANAGE


def connect() -> None:
    """Called once when the app is ready."""
    subjects.register("lead", find=_find, can_comment=_can_comment, describe=event_data)
    register_words("lead", _words, answers=_answers)
    panels.register(leads_of)
    handover.register()


def _find(membership: Any, lead_id: UUID) -> Lead | None:
    try:
        return lead_for(membership, lead_id)
    except Lead.DoesNotExist:
        return None


def _can_comment(membership: Any, lead: Lead) -> list[Reason]:
    return [
        Reason.of(
            "permission",
            membership.can(LEADS_COMMENT),
            met=_("Your role lets you write on leads."),
            missing=_("Your role lets you read here, and not write."),
            who=_("An administrator can give you the role."),
            by=MEMBERS_MANAGE,
        ),
        Reason.of(
            "submitted",
            lead.submitted_at is not None,
            met=_("The lead is submitted."),
            missing=_("The lead is not submitted yet."),
            who=_("Submit it first."),
        ),
    ]


def _words(data: dict[str, Any]) -> dict[str, Any]:
    """What an event of a lead says in words: for mail, in the reader's language."""
    status, code = data["status"], data.get("reason_code")
    return {
        "status_word": Status(status).label,
        "next_words": next_words(
            data["program_kind"], data["sales_support"], status, is_assigned=bool(data.get("representative_id"))
        ),
        "reason_word": ReasonCode(code).label if code else "",
    }


def _answers(event: Event) -> list[tuple[str, str]]:
    """What was submitted, label and answer, for its mail: from the names and raw values that the event keeps."""
    answered = [
        (str(question.label), answer_words(question, event.after[question.name]))
        for question in questions_for(event.data["program_kind"])
        if event.after.get(question.name) not in (None, "")
    ]
    own = event.data.get("own_fields")
    if own is None:  # written by the release before, which kept no kinds
        own = [[kept_kind(value), label, value] for label, value in event.after.get("own_fields", {}).items()]
    return answered + [(label, own_words(kind, value)) for kind, label, value in own]


@hears("member.renamed")
def member_renamed(event: Event) -> None:
    """The list sorts by the representative's name as it is now."""
    rename_representative(event.subject_id, event.after["name"])


@hears("partner.changed")
def partner_changed(event: Event) -> None:
    """The vendor's list sorts by the partner's name as it is now."""
    if "name" in event.after:
        rename_partner(event.subject_id, event.after["name"])
