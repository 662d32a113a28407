"""The timeline of a lead: its events in words, for whoever reads them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from leads.states import TONES, Status
from partnerhub.events.models import Event
from partnerhub.events.selectors import timeline_of

MUTE = "mute"

ICONS = {
    "lead.submitted": TONES[Status.SUBMITTED],
    "lead.assigned": (MUTE, "user"),
    "lead.started": TONES[Status.IN_PROGRESS],
    "lead.info_asked": TONES[Status.MORE_INFO],
    "lead.info_given": ("info", "message"),
    "lead.awarded": TONES[Status.AWARDED],
    "lead.refused": TONES[Status.NOT_ELIGIBLE],
    "lead.withdrawn": TONES[Status.WITHDRAWN],
    "lead.support_asked": (MUTE, "people"),
    "lead.appealed": ("warn", "up"),
    "lead.reopened": ("info", "reload"),
    "lead.award_questioned": ("warn", "help"),
    "lead.award_taken_back": ("warn", "undo"),
    "lead.award_kept": (MUTE, "check"),
    "note.shared": (MUTE, "mail"),
    "file.attached": (MUTE, "clip"),
    "file.deleted": (MUTE, "trash"),
}


def _title(event: Event) -> str:
    data = event.data
    match event.kind:
        case "lead.submitted":
            return _("Submitted")
        case "lead.assigned":
            return _("Assigned to %(name)s") % {"name": data.get("assigned_to", "")}
        case "lead.started":
            return _("In progress")
        case "lead.info_asked":
            return _("More information needed")
        case "lead.info_given":
            return _("Question answered")
        case "lead.awarded":
            return _("Awarded")
        case "lead.refused":
            return _("Not eligible")
        case "lead.withdrawn":
            return _("Withdrawn")
        case "lead.support_asked":
            return _("Sales support asked for")
        case "lead.appealed":
            return _("Appealed")
        case "lead.reopened":
            return _("Reopened")
        case "lead.award_questioned":
            return _("Asked to take the award back")
        case "lead.award_taken_back":
            return _("Award taken back")
        case "lead.award_kept":
            return _("Award kept")
        case "note.shared":
            return _("Message")
        case "file.attached":
            return _("File attached")
        case "file.deleted":
            return _("File deleted")
    return ""


def _words(event: Event) -> str:
    """What was said with it."""
    data = event.data
    match event.kind:
        case "lead.submitted":
            return _("with sales support") if data.get("sales_support") else _("without sales support")
        case "lead.info_asked":
            return str(data.get("question", ""))
        case "lead.info_given":
            return str(data.get("answer", ""))
        case "lead.refused":
            return f"{data.get('reason_word', '')}. {data.get('reason_text', '')}"
        case "lead.appealed":
            return str(data.get("appeal_text", ""))
        case "file.attached" | "file.deleted":
            return str(data.get("name", "")) or ", ".join(data.get("files", []))
    return str(data.get("reason_text", ""))


def _who(event: Event, membership: Any) -> str:
    if event.actor_id == membership.pk:
        return _("You")
    if event.actor_side == "vendor":
        return _("%(name)s, %(organisation)s") % {"name": event.actor_name, "organisation": membership.tenant.name}
    return event.actor_name


def entries_of(lead_id: UUID, membership: Any) -> list[dict[str, Any]]:
    """The timeline's entries, newest first: {tone, icon, title, text, at}."""
    entries = []
    for event in timeline_of(lead_id, membership):
        title = _title(event)
        if not title:
            continue
        tone, icon = ICONS.get(event.kind, (MUTE, "info"))
        words = _words(event)
        text = _who(event, membership) + (f": {words}" if words else "")
        entries.append({"tone": tone, "icon": icon, "title": title, "text": text, "at": event.occurred_at})
    return entries
