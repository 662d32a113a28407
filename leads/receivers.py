"""What leads hears from the rooms below, and what it tells them about itself."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from deals import panels
from leads.models import Lead
from leads.panels import leads_of
from leads.selectors import lead_for
from leads.services.representatives import rename_representative
from leads.services.steps import event_data
from leads.states import ReasonCode, Status, next_words
from notifications.services import register_words
from partnerhub.errors import Reason
from partnerhub.events.models import Event
from partnerhub.events.services import hears
from partnerhub.notes import subjects
from partnerhub.roles import LEADS_COMMENT


def connect() -> None:
    """Called once when the app is ready."""
    subjects.register("lead", find=_find, can_comment=_can_comment, describe=event_data)
    register_words("lead", _words)
    panels.register(leads_of)


def _find(membership: Any, lead_id: UUID) -> Lead | None:
    try:
        return lead_for(membership, lead_id)
    except Lead.DoesNotExist:
        return None


def _can_comment(membership: Any, lead: Lead) -> list[Reason]:
    return [
        Reason("permission", _("Your role lets you write on leads."), ok=membership.can(LEADS_COMMENT)),
        Reason("submitted", _("The lead is submitted."), ok=lead.submitted_at is not None),
    ]


def _words(data: dict[str, Any]) -> dict[str, Any]:
    """What an event of a lead says in words: for mail, in the reader's language."""
    status, code = data["status"], data.get("reason_code")
    return {
        "status_word": Status(status).label,
        "next_words": next_words(data["program_kind"], data["sales_support"], status),
        "reason_word": ReasonCode(code).label if code else "",
    }


@hears("member.renamed")
def member_renamed(event: Event) -> None:
    """The list sorts by the representative's name as it is now."""
    rename_representative(event.subject_id, event.after["name"])
