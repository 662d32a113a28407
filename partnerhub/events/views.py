"""The audit log: who did what, when, from where; before and after (quality 14)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from partnerhub.events.models import Event
from partnerhub.events.readers import changes_of, may_read, permission_to_read
from partnerhub.events.selectors import events_for
from partnerhub.events.tables import EventList
from partnerhub.events.words import AMOUNTS, SUBJECTS, amount_words, field_words, kind_words, value_words
from partnerhub.roles import AUDIT_VIEW, roles_with
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.showing import Part, ShownRecord, facts_card
from partnerhub.web.requests import SeatRequest


def _what(event: Event) -> str:
    return kind_words(event.kind)


def _subject(event: Event) -> str:
    return f"{SUBJECTS.get(event.subject_type, event.subject_type)}: {event.subject_label}"


def _unseen(page: ShownRecord, event: Event) -> Mapping[str, Any] | None:
    """The roles that see what changed, for who does not."""
    membership = page.request.membership
    if may_read(event, membership):
        return None
    roles = roles_with(permission_to_read(event), membership.side)
    return {"roles": ", ".join(str(role.label) for role in roles)} if roles else None


def _changed(page: ShownRecord, event: Event) -> Mapping[str, Any] | None:
    changes = [_in_words(event, change) for change in changes_of(event, page.request.membership)]
    return {"changes": changes} if changes else None


def _in_words(event: Event, change: dict[str, Any]) -> dict[str, str]:
    """A change as people read it: {name, before, after}."""
    subject, name = event.subject_type, change["name"]
    said = {when: value_words(subject, name, change[when]) for when in ("before", "after")}
    if column := AMOUNTS.get((subject, name)):
        now = event.after.get(column) or event.data.get(column)
        currencies = {"before": event.before.get(column) or now, "after": now}
        said = {when: amount_words(change[when], currency) for when, currency in currencies.items()}
    return {"name": field_words(subject, name), **said}


class AuditEventView(ShownRecord):
    """One event: all that is kept of it, and what it changed, for who may see the record itself."""

    permission, record_list = AUDIT_VIEW, EventList
    line = (Fact("", cell.Text("subject_label")), Fact("", cell.Moment("occurred_at")))
    main = (
        facts_card(
            _("The event"),
            Fact(_("Kind"), cell.Both(cell.Text(_what), cell.Code("kind"))),
            Fact(_("Record"), cell.Text(_subject)),
            Fact(_("Who"), cell.Text("who")),
            Fact(_("When"), cell.Moment("occurred_at")),
            Fact(_("From where"), cell.Text("ip"), always=True),
            Fact(_("Request"), cell.Code("request_id"), always=True),
        ),
        Part("events/_unseen.html", _unseen),
        Part("events/_changed.html", _changed),
    )

    def get(self, request: SeatRequest, event_id: UUID) -> HttpResponseBase:
        return self.shown(get_object_or_404(events_for(request.membership), pk=event_id))

    def title(self, record: Event) -> str:
        return _what(record)
