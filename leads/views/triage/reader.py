"""The reading pane: one lead, what is known of it, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.selectors import explained, verdicts_of, what_happens_next
from leads.states import LEAD, OPEN, TONES, Conflict, Status
from leads.views.answers import answers_of
from leads.views.history import entries_of
from leads.views.people import people_of
from leads.views.question import question_of
from leads.views.triage.queue import Place, waits
from leads.views.vendor_fields import vendor_fields_of
from leads.views.verbs import ACTS, step_url
from partnerhub.events.selectors import timeline_of
from partnerhub.notes.thread import thread_of
from partnerhub.states import Verdict
from partnerhub.web.folding import readable_host

DECISIONS = ("assign", "start", "ask_info", "award", "refuse")
WHILE_ASKED = ("assign", "correct_question", "take_back_question", "award", "refuse")
SEEN = ("mark_seen", "unmark_seen")
AT_ONCE = {"start", "keep_award", *SEEN}
SHOWN_FIRST = {"company", "website", "first_name", "last_name", "job_title", "email", "phone"}
KEYS = {"assign": "a", "award": "e", "refuse": "r"}
ICONS = {"assign": "user", "start": "progress", "ask_info": "help", "award": "award", "refuse": "xc"}


@dataclass(frozen=True)
class Near:
    """Whether there is a lead before and after the one that is read, and whether it stands in the queue itself."""

    has_previous: bool
    has_next: bool
    is_in: bool


def reader_of(lead: Lead, membership: Any, place: Place, near: Near) -> dict[str, Any]:
    """All that the pane shows. Two statements."""
    tone, icon = TONES[Status(lead.status)]
    host = readable_host(lead.website_host)
    back = urlencode({"next": place.url(lead=lead.pk)})
    events = timeline_of(lead.pk, membership)
    return {
        "lead": lead,
        "tone": tone,
        "icon": icon,
        "status_word": Status(lead.status).label,
        "is_open": lead.status in OPEN,
        "waits": waits(lead),
        "is_conflict": lead.conflict not in {"", Conflict.FREE},
        "same_website_url": f"{reverse('leads:list')}?{urlencode({'q': host})}",
        "contact": ", ".join(filter(None, (lead.contact_name, lead.job_title))),
        "website_host": host,
        "website_url": lead.website if lead.website.startswith(("http://", "https://")) else "",
        "groups": answers_of(lead, without=SHOWN_FIRST),
        "question": question_of(lead, events, membership),
        "people": people_of(lead, membership),
        "vendor": vendor_fields_of(lead, membership),
        "vendor_next": place.url(lead=lead.pk),
        "next": what_happens_next(lead),
        "entries": entries_of(events, membership),
        "thread": thread_of(lead, membership, action=f"{reverse('leads:message', args=[lead.pk])}?{back}"),
        "actions": actions_of(lead, membership, place),
        "near": near,
        "away": "" if near.is_in else not_in_queue(lead),
        "next_url": place.url(after=lead.pk),
        "previous_url": place.url(before=lead.pk),
        "back_url": f"{place.url()}#row-{lead.pk}",
    }


def actions_of(lead: Lead, membership: Any, place: Place) -> list[dict[str, Any]]:
    """The decisions on an open lead, the impossible ones with their reasons; on another lead, what leads on from it."""
    if lead.status in OPEN:
        decisions = WHILE_ASKED if lead.status == Status.MORE_INFO else DECISIONS
        marks = [one for name in SEEN if (one := LEAD.verdict(name, lead, membership)).is_open]
        verdicts = marks + explained([LEAD.verdict(name, lead, membership) for name in decisions], membership)
    else:
        verdicts = [verdict for verdict in verdicts_of(lead, membership) if verdict.step.name in ACTS]
    first = _first(verdicts, lead)
    return [_action(verdict, lead, place, is_first=verdict.step.name == first) for verdict in verdicts]


def _first(verdicts: Sequence[Verdict], lead: Lead) -> str:
    """The step that is most likely the next: its button is the primary one."""
    is_open = {verdict.step.name for verdict in verdicts if verdict.is_open}
    wanted = ("start", "award") if lead.representative and lead.representative.is_here else ("assign",)
    return next((name for name in wanted if name in is_open), "")


def _action(verdict: Verdict, lead: Lead, place: Place, *, is_first: bool) -> dict[str, Any]:
    name = verdict.step.name
    act = ACTS[name]
    after = place.url(after=lead.pk)
    step = reverse("leads:step", args=[lead.pk, name.replace("_", "-")])
    is_menu = name == "assign"
    return {
        "name": name,
        "act": act,
        "label": verdict.step.label,
        "icon": ICONS.get(name, ""),
        "key": KEYS.get(name, ""),
        "is_open": verdict.is_open,
        "is_first": is_first,
        "is_menu": is_menu,
        "is_at_once": name in AT_ONCE,
        "reasons": verdict.reasons,
        "step_url": step,
        "next": after,
        "url": step_url(lead, name, next=after),
        "people_url": people_url(lead, after) if is_menu else "",
    }


def people_url(lead: Lead, after: str) -> str:
    """Where the menu of representatives for one lead comes from."""
    return f"{reverse('leads:bulk-assign')}?{urlencode({'lead': f'{lead.pk}:{lead.version}', 'next': after})}"


def not_in_queue(lead: Lead) -> str:
    """Why a lead that is read is not in the list beside it."""
    words = {"status": str(Status(lead.status).label)}
    if lead.representative is None:
        return _("This lead is not in this list. It is: %(status)s.") % words
    words |= {"name": lead.representative.name}
    return _("This lead is not in this list. It is: %(status)s, with %(name)s.") % words
