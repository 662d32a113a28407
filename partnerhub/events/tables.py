"""The audit log."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerhub.events.filters import AuditFilter
from partnerhub.events.models import Event
from partnerhub.events.selectors import events_for
from partnerhub.events.words import kind_words
from partnerhub.roles import AUDIT_VIEW
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists.cells import Link, Moment, Text


class EventList(ListOf):
    """Who did what, when and from where, newest first unless sorted otherwise."""

    name, title, section, caption = "events", _("Audit log"), _("Administration"), _("Events")
    about = _("Who did what, when and from where. Nothing here can be changed or removed.")
    counted = ngettext_lazy("%(number)s event", "%(number)s events", "count")
    page_name = "events:audit"
    permission = AUDIT_VIEW
    filter_class = AuditFilter
    default_order, changed = "-when", "when"
    columns = (
        Column("what", _("What happened"), always=True, cell=Link(lambda event: kind_words(event.kind), to=Event.urls)),
        Column("record", _("Record"), cell=Text("subject_label")),
        Column("who", _("Who"), cell=Text("who")),
        Column("when", _("When"), "occurred_at", cell=Moment("occurred_at")),
        Column("from", _("From where"), css="late", shown=False, cell=Text("ip")),
    )
    nothing_found = Blank("history", _("No event matches"), _("Nothing like this has happened."))
    nothing_yet = Blank("history", _("Nothing has happened yet"), _("Every change that anybody makes will stand here."))

    def rows(self) -> QuerySet[Any]:
        return events_for(self.membership)
