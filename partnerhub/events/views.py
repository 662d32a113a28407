"""The audit log: who did what, when, from where; before and after (quality 14)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.events.models import Event
from partnerhub.events.readers import changes_of, may_read, permission_to_read
from partnerhub.events.selectors import events_for
from partnerhub.events.tables import EventList
from partnerhub.events.words import SUBJECTS, field_words, kind_words, value_words
from partnerhub.roles import AUDIT_VIEW, roles_with
from partnerhub.web.lists.records import RecordPage
from partnerhub.web.requests import SeatRequest


class AuditEventView(RecordPage):
    permission = AUDIT_VIEW
    record_list = EventList

    def get(self, request: SeatRequest, event_id: UUID) -> HttpResponseBase:
        membership = request.membership
        event = events_for(membership).filter(pk=event_id).first()
        if event is None:
            raise Http404
        missing = [] if may_read(event, membership) else roles_with(permission_to_read(event), membership.side)
        context = {
            "event": event,
            "words": kind_words(event.kind),
            "subject_word": SUBJECTS.get(event.subject_type, event.subject_type),
            "changes": [_in_words(event, change) for change in changes_of(event, membership)],
            "missing_roles": ", ".join(str(role.label) for role in missing),
            "crumbs": [(_("Administration"), None), (_("Audit log"), reverse("events:audit")), (_("Event"), None)],
        }
        return self.record_page("events/event.html", event, context)


def _in_words(event: Event, change: dict[str, Any]) -> dict[str, str]:
    """A change as people read it: {name, before, after}."""
    subject, name = event.subject_type, change["name"]
    said = {when: value_words(subject, name, change[when]) for when in ("before", "after")}
    return {"name": field_words(subject, name), **said}
