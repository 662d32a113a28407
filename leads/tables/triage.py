"""*Triage*: the queues of leads that wait for a decision, whoever waits longest first (E15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.filters import FIRST_QUEUE, TriageFilter
from leads.models import NEVER, Lead
from leads.selectors import UNLISTED, listed_leads, waiting_in, with_people
from leads.states import Status
from leads.tables.leads import WORKING_TIME_LEFT, LeadList, OfLeads
from partnerhub.roles import LEADS_TRIAGE
from partnerhub.web.formats import duration_text
from partnerhub.web.lists import Blank, Column
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.cells import Look
from partnerhub.web.templatetags.portal import icon_markup

CHOSEN = ("partner", "program", "status", "representative", "support")
"""The columns of *Submitted leads* that can be chosen here too."""


@dataclass
class TriageLook(Look):
    """`queue`: whose rows they are; `opens`: the address of the page up to the lead that is read; `current`: which."""

    queue: str = FIRST_QUEUE
    opens: str = ""
    current: UUID | None = None


@dataclass(frozen=True)
class OpensBeside(cell.Text):
    """The company, which opens the lead beside the list; under it where it comes from."""

    def html(self, look: Look) -> cell.Writer:
        if not isinstance(look, TriageLook):
            return super().html(look)
        read, names, before = self.value(look), look.names, escape(look.opens)

        def write(lead: Lead) -> str:
            current = ' aria-current="true"' if lead.pk == look.current else ""
            partner = names[lead.partner_id] if lead.partner_id else ""  # a lead of the vendor's may be no partner's
            line = " · ".join(filter(None, (str(lead.country), names[lead.program_id], partner)))
            return f'<a href="{before}{lead.pk}"{current}>{escape(read(lead))}</a><small>{escape(line)}</small>'

        return write


class Waits(cell.Moment):
    """How long a lead has been waiting since it was submitted; where a clock runs, how much time it leaves."""

    def html(self, look: Look) -> cell.Writer:
        moment, icon, words = look.moments.now, icon_markup("clock"), escape(_now("Waiting"))
        due = WORKING_TIME_LEFT.html(look)

        def write(lead: Lead) -> str:
            waits = escape(duration_text(moment - (lead.submitted_at or moment)))
            waiting = f'<span class="sla" data-tone="mute">{icon}<span class="hide-text">{words} </span>{waits}</span>'
            return waiting if lead.due_at == NEVER else due(lead)

        return write


class Apart(cell.Text):
    """What tells the rows of a queue apart."""

    def html(self, look: Look) -> cell.Writer:
        queue, names = getattr(look, "queue", "all"), look.names
        return lambda lead: escape(told_apart(lead, queue, names))


def told_apart(lead: Lead, queue: str, names: Mapping[UUID, str]) -> str:
    """In few words, what this queue's rows differ in."""
    if queue == "unassigned":
        return _now("Sales support") if lead.sales_support else ""
    if queue in {"mine", "all"}:
        return str(Status(lead.status).label)
    if not lead.representative_id:
        return _now("Unassigned")
    name = names[lead.representative_id]
    return _now("%(name)s, no longer here") % {"name": name} if queue == "unkept" else name


class TriageList(OfLeads):
    """The leads that wait in a queue, the one that waits longest first; without `queue` those of *Unassigned*."""

    name, title, caption = "triage", _("Triage"), _("Leads waiting")
    page_name = "leads:triage"
    permission = LEADS_TRIAGE
    filter_class = TriageFilter
    default_order = "submitted"
    css = "queue"
    columns = (
        Column("company", _("Company"), always=True, cell=OpensBeside("company")),
        Column("submitted", _("Waiting"), "submitted_at", css="state", cell=Waits("submitted_at")),
        Column("note", _("State"), css="note", cell=Apart(lambda lead: Status(lead.status).label)),
        *(replace(column, sort="", shown=False) for column in LeadList.columns if column.key in CHOSEN),
    )
    exported = LeadList.exported
    nothing_found = Blank("checkc", _("No lead matches"), _("No lead in this queue fits the filters."))
    nothing_yet = Blank(
        "checkc", _("Nothing waits"), _("Every lead has a representative. What partners submit next appears here.")
    )

    @property
    def queue(self) -> str:
        return str(self.chosen.get("queue", FIRST_QUEUE))

    @property
    def narrowed_to(self) -> dict[str, object]:
        return {name: value for name, value in self.chosen.items() if name != "queue"}

    def rows(self) -> QuerySet[Any]:
        return listed_leads(self.membership).defer(*UNLISTED)

    def narrowed(self) -> QuerySet[Any]:
        return super().narrowed().filter(waiting_in(self.queue, self.membership))

    def look(self, rows: Sequence[Any]) -> TriageLook:
        return TriageLook(self.membership, self.names(rows), queue=self.queue)

    def export_rows(self) -> QuerySet[Any]:
        return with_people(self.all()).order_by(*self.walk.fields)
