"""A form whose draft was saved by another window, or whose id has made a lead already: what differs, and the choice."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Lead, Program
from leads.selectors import own_fields
from leads.states import QUESTIONS
from leads.states.answers import answer_words
from leads.states.own_fields import FIELD_NAME
from partnerhub.accounts.models import Membership
from partnerhub.errors import AlreadySent, Stale
from partnerhub.records.drafts import saved_by
from partnerhub.roles import PARTNER

QUESTION_BY_NAME = {question.name: question for question in QUESTIONS}


def draft_conflict(stale: Stale, membership: Membership) -> dict[str, Any]:
    """For leads/draft_changed.html: who saved what in place of what stands in the form."""
    lead: Lead = stale.current
    return {
        "saved_by": saved_by(lead, membership),
        "saved_at": lead.updated_at,
        "version": lead.version,
        "draft_url": draft_address(lead.program, lead.pk),
        "rows": _rows(stale.difference, lead.program),
    }


def repetition(sent: AlreadySent) -> dict[str, Any]:
    """For leads/already_sent.html: which lead the form has made, and what is other now."""
    lead: Lead = sent.current
    return {"lead": lead, "rows": _rows(sent.difference, lead.program)}


def conflict_notice(conflict: Mapping[str, Any]) -> str:
    """The notice by itself, for js/autosave.js."""
    return render_to_string("leads/draft_changed.html", {"conflict": conflict, "is_autosave": True})


def draft_address(program: Program, lead_id: UUID) -> str:
    return f"{reverse('leads:new', args=[program.slug])}?draft={lead_id}"


def _rows(difference: Mapping[str, tuple[Any, Any]], program: Program) -> list[dict[str, Any]]:
    """One row per field that differs: {label, mine, theirs}."""
    labels = {field.name: field.label for field in own_fields(program, PARTNER)}
    labels |= {"program": _("Program"), "attachments": _("Attachments")}
    return [
        {"label": _label(name, labels), "mine": _answer_words(name, mine), "theirs": _answer_words(name, theirs)}
        for name, (mine, theirs) in difference.items()
    ]


def _label(name: str, labels: Mapping[str, str]) -> str:
    """The question's words; the receipt of a submission names own fields by their labels already."""
    if name in QUESTION_BY_NAME:
        return str(QUESTION_BY_NAME[name].label)
    return labels.get(name) or (_("Answer") if FIELD_NAME.fullmatch(name) else name)


def _answer_words(name: str, value: Any) -> Any:
    if value in (None, "", {}):
        return "–"
    if name not in QUESTION_BY_NAME:
        return _("Yes") if value is True or value == "on" else _("No") if value is False else value
    try:
        return answer_words(QUESTION_BY_NAME[name], value)
    except (ValueError, KeyError, TypeError):
        return value  # as it was typed, right or wrong
