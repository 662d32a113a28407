"""The reading pane: one lead, what is known of it, and what can be done with it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.models import Lead
from leads.selectors import what_happens_next
from leads.states import OPEN, TONES, Conflict, Status
from leads.views.actions import decisions_of
from leads.views.answers import shown_answers
from leads.views.people import people_of
from leads.views.question import question_of
from leads.views.triage.queue import TriageQueue, waits
from leads.views.vendor_fields import vendor_fields_of
from partnerhub.accounts.models import Membership
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.notes.thread import thread_of
from partnerhub.web.folding import readable_host

SHOWN_FIRST = {"company", "website", "first_name", "last_name", "job_title", "email", "phone"}


@dataclass(frozen=True)
class Near:
    """Whether there is a lead before and after the one that is read, and whether it stands in the queue itself."""

    has_previous: bool
    has_next: bool
    is_in: bool


def reader_of(lead: Lead, membership: Membership, queue: TriageQueue, near: Near) -> dict[str, Any]:
    """All that the pane shows. Two statements."""
    tone, icon = TONES[Status(lead.status)]
    host = readable_host(lead.website_host)
    back = urlencode({"next": queue.url_of(lead=lead.pk)})
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
        "groups": shown_answers(lead, without=SHOWN_FIRST),
        "question": question_of(lead, events, membership),
        "people": people_of(lead, membership),
        "vendor": vendor_fields_of(lead, membership),
        "vendor_next": queue.url_of(lead=lead.pk),
        "next": what_happens_next(lead),
        "entries": entries_of(events, membership),
        "thread": thread_of(lead, membership, action=f"{reverse('leads:message', args=[lead.pk])}?{back}"),
        "actions": decisions_of(lead, membership, queue.url_of(after=lead.pk)),
        "near": near,
        "away": "" if near.is_in else not_in_queue(lead),
        "next_url": queue.url_of(after=lead.pk),
        "previous_url": queue.url_of(before=lead.pk),
        "back_url": f"{queue.url_of()}#row-{lead.pk}",
    }


def not_in_queue(lead: Lead) -> str:
    """Why a lead that is read is not in the list beside it."""
    words = {"status": str(Status(lead.status).label)}
    if lead.representative is None:
        return _("This lead is not in this list. It is: %(status)s.") % words
    words |= {"name": lead.representative.name}
    return _("This lead is not in this list. It is: %(status)s, with %(name)s.") % words
