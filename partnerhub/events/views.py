"""The audit log: who did what, when, from where; before and after (quality 14)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.events.filters import AuditFilter
from partnerhub.events.readers import changes_of, may_read, permission_to_read
from partnerhub.events.selectors import events_for
from partnerhub.events.tables import COLUMNS, DEFAULT_ORDER
from partnerhub.events.words import GROUPS, SUBJECTS, kind_words
from partnerhub.roles import AUDIT_VIEW, roles_with
from partnerhub.web.formats import days_text
from partnerhub.web.listing import Address, list_context
from partnerhub.web.lists import order_of, page_of, size_of
from partnerhub.web.views import PortalView


class AuditLogView(PortalView):
    """The whole page, or only its list where htmx asks for it."""

    permission = AUDIT_VIEW

    def get(self, request: Any) -> HttpResponseBase:
        found = AuditFilter(request.GET)
        order = order_of(request.GET.get("sort", ""), COLUMNS, DEFAULT_ORDER)
        size = size_of(request.GET.get("size"))
        rows = found.rows(request.membership)
        page = page_of(rows, order, cursor=request.GET.get("cursor", ""), size=size)
        address = Address(request.GET, own=found.fields)
        chosen = found.chosen
        context = list_context(COLUMNS, order, page, size, address) | {
            "rows": [{"event": event, "words": kind_words(event.kind)} for event in page.rows],
            "audit_url": reverse("events:audit"),
            "is_narrowed": bool(chosen),
        }
        if request.htmx and request.htmx.target == "list":
            return self.page("events/_events.html", context)
        kind = chosen.get("kind", "")
        context |= {
            "kinds": [(value, label, value == kind) for value, label in GROUPS.items()],
            "kind_label": GROUPS.get(kind) or (kind_words(kind) if kind else ""),
            "clear_kind": address.without("kind"),
            "clear_days": address.without("since", "until"),
            "person": chosen.get("person", ""),
            "since": chosen.get("since"),
            "until": chosen.get("until"),
            "day_words": days_text(chosen.get("since"), chosen.get("until")),
            "crumbs": [(_("Administration"), None), (_("Audit log"), None)],
        }
        return self.page("events/audit.html", context)


class AuditEventView(PortalView):
    permission = AUDIT_VIEW

    def get(self, request: Any, event_id: UUID) -> HttpResponseBase:
        membership = request.membership
        event = events_for(membership).filter(pk=event_id).first()
        if event is None:
            raise Http404
        missing = [] if may_read(event, membership) else roles_with(permission_to_read(event), membership.side)
        context = {
            "event": event,
            "words": kind_words(event.kind),
            "subject_word": SUBJECTS.get(event.subject_type, event.subject_type),
            "changes": changes_of(event, membership),
            "missing_roles": ", ".join(str(role.label) for role in missing),
            "crumbs": [(_("Administration"), None), (_("Audit log"), reverse("events:audit")), (_("Event"), None)],
        }
        return self.page("events/event.html", context)
