"""The timeline of a lead: its events in words, for whoever reads them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.states import TONES, ReasonCode, Status
from partnerhub.events.models import Event
from partnerhub.tenancy.scope import current_tenant

MUTE = "mute"

ICONS = {
    "lead.submitted": TONES[Status.SUBMITTED],
    "lead.assigned": (MUTE, "user"),
    "lead.assignment_undone": (MUTE, "undo"),
    "lead.handed_over": (MUTE, "user"),
    "lead.draft_handed_over": (MUTE, "user"),
    "lead.seen": (MUTE, "check"),
    "lead.unseen": (MUTE, "undo"),
    "lead.started": TONES[Status.IN_PROGRESS],
    "lead.info_asked": TONES[Status.MORE_INFO],
    "lead.info_corrected": (MUTE, "edit"),
    "lead.info_taken_back": (MUTE, "undo"),
    "lead.info_given": ("info", "message"),
    "lead.awarded": TONES[Status.AWARDED],
    "lead.refused": TONES[Status.NOT_ELIGIBLE],
    "lead.withdrawn": TONES[Status.WITHDRAWN],
    "lead.support_asked": (MUTE, "people"),
    "lead.team_named": (MUTE, "people"),
    "lead.appealed": ("warn", "up"),
    "lead.reopened": ("info", "reload"),
    "lead.award_questioned": ("warn", "help"),
    "lead.award_taken_back": ("warn", "undo"),
    "lead.award_kept": (MUTE, "check"),
    "lead.vendor_noted": (MUTE, "edit"),
    "note.shared": (MUTE, "mail"),
    "file.attached": (MUTE, "clip"),
    "file.deleted": (MUTE, "trash"),
}


TITLES = {
    "lead.submitted": gettext_lazy("Submitted"),
    "lead.assigned": gettext_lazy("Assigned to %(assigned_to)s"),
    "lead.assignment_undone": gettext_lazy("Assignment undone"),
    "lead.handed_over": gettext_lazy("Handed over"),
    "lead.draft_handed_over": gettext_lazy("Draft handed over"),
    "lead.seen": gettext_lazy("Marked as seen"),
    "lead.unseen": gettext_lazy("Lead put back into triage"),
    "lead.started": gettext_lazy("In progress"),
    "lead.info_asked": gettext_lazy("More information needed"),
    "lead.info_corrected": gettext_lazy("Question corrected"),
    "lead.info_taken_back": gettext_lazy("Question taken back"),
    "lead.info_given": gettext_lazy("Question answered"),
    "lead.awarded": gettext_lazy("Awarded"),
    "lead.refused": gettext_lazy("Not eligible"),
    "lead.withdrawn": gettext_lazy("Withdrawn"),
    "lead.support_asked": gettext_lazy("Sales support asked for"),
    "lead.team_named": gettext_lazy("Owner and team named"),
    "lead.appealed": gettext_lazy("Appealed"),
    "lead.reopened": gettext_lazy("Reopened"),
    "lead.award_questioned": gettext_lazy("Asked to take the award back"),
    "lead.award_taken_back": gettext_lazy("Award taken back"),
    "lead.award_kept": gettext_lazy("Award kept"),
    "lead.vendor_noted": gettext_lazy("Noted, for your side only"),
    "note.shared": gettext_lazy("Message"),
    "file.attached": gettext_lazy("File attached"),
    "file.deleted": gettext_lazy("File deleted"),
}

# Which of an event's words stand beside who did it.
SAID = {
    "lead.info_asked": "question",
    "lead.info_corrected": "question",
    "lead.info_given": "answer",
    "lead.appealed": "appeal_text",
    "file.attached": "name",
    "file.deleted": "name",
}


def _words(event: Event) -> str:
    """What was said with it."""
    data = event.data
    if event.kind == "lead.submitted":
        return _("with sales support") if data.get("sales_support") else _("without sales support")
    if event.kind == "lead.refused":
        code = data.get("reason_code", "")
        reason = ReasonCode(code).label if code in ReasonCode.values else ""
        return f"{reason}. {data.get('reason_text', '')}"
    if event.kind == "lead.assignment_undone":
        again = _("%(representative_name)s looks after the lead again") if data["representative_name"] else ""
        return again % data or _("nobody looks after the lead again")
    if event.kind == "lead.team_named":
        return ", ".join([data["owner_name"], *data["team_names"]])
    if "handed_over_from" in data:
        return _handed_over(data)
    labels = ", ".join(data["labels"]) if event.kind == "lead.vendor_noted" else ""
    return labels or str(data.get(SAID.get(event.kind, "reason_text"), ""))


def _handed_over(data: dict[str, Any]) -> str:
    """From whom the lead, or the draft, went to whom."""
    names = {"former": data["handed_over_from"], "name": data["assigned_to"]}
    if names["name"]:
        return _("from %(former)s to %(name)s") % names
    return _("%(former)s no longer looks after the lead, and nobody else does yet") % names


def who_did(event: Event, membership: Any) -> str:
    """Who it was, as this member knows them."""
    if event.actor_id == membership.pk and not event.token_id:
        return _("You")
    if event.actor_side == "vendor":
        return _("%(name)s, %(organisation)s") % {"name": event.who, "organisation": current_tenant().name}
    return event.who


def entries_of(events: Iterable[Event], membership: Any) -> list[dict[str, Any]]:
    """The entries of a lead's timeline, newest first: {tone, icon, title, text, at}."""
    entries = []
    for event in events:
        if event.kind not in TITLES:
            continue
        title = TITLES[event.kind] % {"assigned_to": event.data.get("assigned_to", "")}
        tone, icon = ICONS.get(event.kind, (MUTE, "info"))
        words = _words(event)
        text = who_did(event, membership) + (f": {words}" if words else "")
        entries.append({"tone": tone, "icon": icon, "title": title, "text": text, "at": event.occurred_at})
    return entries
