"""The leads that a partner can take, and the queues of the tenant."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.services import differences_of
from partnerhub.actors import Seat
from partnerhub.calendars.panels import TimeLeft
from partnerhub.claims.forms import BulkQueueForm, queue_choices
from partnerhub.claims.models import Queue, QueuedLead
from partnerhub.claims.selectors import queues_for, waiting_leads_for
from partnerhub.claims.services import queue_leads
from partnerhub.claims.states import Whereabouts
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_VIEW, QUEUES_MANAGE
from partnerhub.web.lists import Blank, Column, ListOf
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.bulk import BulkAct


def postcode_of(row: QueuedLead) -> str:
    return f"{row.postcode}…" if row.postcode else ""


def industry_of(row: QueuedLead) -> str:
    return str(row.get_industry_display()) if row.industry else ""


def is_offered(row: QueuedLead, _member: Seat) -> bool:
    return row.place == Whereabouts.OFFERED


ACTS = (
    cell.Act(_("Decline"), "claims:decline", LEADS_SUBMIT, is_offered, asks=True, key="d"),
    cell.Act(_("Accept"), "claims:accept", LEADS_SUBMIT, css="primary", key="a"),
)

OFFER_ALL = BulkAct(
    "queue",
    _("Offer to a queue"),
    LEADS_TRIAGE,
    queue_leads,
    _("The first partner who takes a lead gets it. Leads that a partner brought, or has, stay where they are."),
    ngettext_lazy("%(count)s lead waits in a queue.", "%(count)s leads wait in queues.", "count"),
    icon="layers",
    form=BulkQueueForm,
    form_arguments=lambda: {"queues": queue_choices()},
    differs=differences_of,
)
"""What is done to many leads of *Submitted leads* and *Triage*."""


class WaitingList(ListOf):
    """The leads that the member's partner can take, the one that waits longest first. Nothing says whose they are."""

    name, title, section = "waiting-leads", _("Leads to take"), _("Referrals")
    about = _("The first who accepts a lead gets it, and sees then whom to contact.")
    counted = ngettext_lazy("%(number)s lead", "%(number)s leads", "count")
    page_name = "claims:waiting"
    permission = LEADS_VIEW
    default_order, changed = "since", ""
    live, greys = "queuedlead", True
    columns = (
        Column("number", _("Number"), "number", always=True, cell=cell.Text(str)),
        Column("program", _("Program"), cell=cell.Text("program.name")),
        Column("country", _("Country"), cell=cell.Text("country.name")),
        Column("postcode", _("Postcode"), css="mid", cell=cell.Text(postcode_of)),
        Column("industry", _("Industry"), css="mid", cell=cell.Text(industry_of)),
        Column("size", _("Size"), css="late", cell=cell.Text("size")),
        Column("need", _("Need"), cell=cell.Text("need")),
        Column("since", _("Waits since"), "since", css="late", cell=cell.Ago("since")),
        Column("due", _("Answer due"), cell=TimeLeft("due_at")),
        Column("acts", _("Action"), css="amount", cell=cell.Acts(str, ACTS)),
    )
    nothing_found = nothing_yet = Blank(
        "lead", _("No leads to take"), _("When a lead waits for a partner, it appears here.")
    )

    def rows(self) -> QuerySet[Any]:
        return waiting_leads_for(self.membership)


class QueueList(ListOf):
    """The queues of the tenant, in their order."""

    name, title, section = "queues", _("Queues"), _("Programme")
    about = _("Leads of yours wait here for the first partner who takes them. The first queue that fits takes a lead.")
    counted = ngettext_lazy("%(number)s queue", "%(number)s queues", "count")
    page_name = "claims:queues"
    permission = QUEUES_MANAGE
    default_order, changed = "order", ""
    columns = (
        Column("queue", _("Queue"), always=True, cell=cell.Link("name", to=Queue.urls)),
        Column("order", _("Order"), "position", cell=cell.Number("position")),
        Column("held", _("Leads held at once"), css="mid", cell=cell.Number("held_at_most")),
        Column("lease", _("Days until warned"), css="mid", cell=cell.Number("lease_days")),
        Column("open", _("Open"), cell=cell.YesNo("is_active")),
    )
    nothing_found = Blank("lead", _("No queue matches"), _("Nothing was found with these filters."))
    nothing_yet = Blank("lead", _("No queues yet"), _("Open one: leads of yours wait there for partners."))

    def rows(self) -> QuerySet[Any]:
        return queues_for(self.membership).order_by()
