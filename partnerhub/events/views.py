"""The audit log: who did what, when, from where; before and after (quality 14)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.events.models import Event
from partnerhub.events.selectors import audit_log, events_for
from partnerhub.events.tables import COLUMNS, DEFAULT_ORDER
from partnerhub.events.words import GROUPS, SUBJECTS, kind_words
from partnerhub.roles import AUDIT_VIEW
from partnerhub.web.listing import Address, list_context
from partnerhub.web.lists import order_of, page_of, size_of
from partnerhub.web.views import PortalView

LONGEST = 100


class AuditLogView(PortalView):
    permission = AUDIT_VIEW

    def get(self, request: Any) -> HttpResponseBase:
        kind = request.GET.get("kind", "")[:LONGEST]
        person = request.GET.get("person", "").strip()[:LONGEST]
        order = order_of(request.GET.get("sort", ""), COLUMNS, DEFAULT_ORDER)
        size = size_of(request.GET.get("size"))
        rows = audit_log(request.membership, kind=kind, person=person)
        page = page_of(rows, order, cursor=request.GET.get("cursor", ""), size=size)
        address = Address(request.GET, own=("kind", "person"))
        context = list_context(COLUMNS, order, page, size, address) | {
            "rows": [{"event": event, "words": kind_words(event.kind)} for event in page.rows],
            "kinds": [(value, label, value == kind) for value, label in GROUPS.items()],
            "kind_label": GROUPS.get(kind, ""),
            "person": person,
            "audit_url": reverse("events:audit"),
            "crumbs": [(_("Administration"), None), (_("Audit log"), None)],
        }
        return self.page("events/audit.html", context)


class AuditEventView(PortalView):
    permission = AUDIT_VIEW

    def get(self, request: Any, event_id: UUID) -> HttpResponseBase:
        event = events_for(request.membership).filter(pk=event_id).first()
        if event is None:
            raise Http404
        context = {
            "event": event,
            "words": kind_words(event.kind),
            "subject_word": SUBJECTS.get(event.subject_type, event.subject_type),
            "changes": changes_of(event),
            "crumbs": [(_("Administration"), None), (_("Audit log"), reverse("events:audit")), (_("Event"), None)],
        }
        return self.page("events/event.html", context)


def changes_of(event: Event) -> list[dict[str, Any]]:
    """One row per field: {name, before, after}."""
    names = [*event.before, *(name for name in event.after if name not in event.before)]
    return [{"name": name, "before": event.before.get(name), "after": event.after.get(name)} for name in names]
