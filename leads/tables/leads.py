"""*Submitted leads* (A6): the list of a seat."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leads.exports import own_columns, with_answers
from leads.filters import LEFT, LeadFilter
from leads.forms.steps import BulkAssignForm
from leads.models import NEVER, Lead, contact_name
from leads.search import LEADS
from leads.selectors import (
    is_sides,
    listed_by,
    listed_leads,
    listed_rows,
    names_on,
    number_in,
    representatives,
)
from leads.services import assign_leads, award_leads, differences_of, refuse_leads, undo_assignments
from leads.states import TONES, Status
from leads.states.asks import REFUSE
from partnerhub.accounts.models import Membership
from partnerhub.accounts.tables.members import organisation_of
from partnerhub.calendars.panels import TimeLeft
from partnerhub.records.forms import bulk_form_of
from partnerhub.roles import (
    LEADS_AWARD,
    LEADS_SUBMIT,
    LEADS_TRIAGE,
    LEADS_VIEW,
    LEADS_VIEW_ALL,
    LEADS_VIEW_ASSIGNED,
    PARTNER,
    VENDOR,
)
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.finding import Findable
from partnerhub.web.folding import readable_host
from partnerhub.web.lists import Blank, Column, ListOf, Page, columns_for_order, page_by
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.bulk import BulkAct
from partnerhub.web.lists.finding import page_found
from partnerhub.web.lists.paging import cursor_at
from partnerhub.web.visibility import Is, Rule

FIELDS = (
    *("pk", "version", "number", "company", "website_host", "first_name", "last_name", "email", "status"),
    *("sales_support", "partner_id", "program_id", "representative_id", "submitted_at", "updated_at", "due_at"),
)


WORKING_TIME_LEFT = TimeLeft(lambda lead: None if lead.due_at == NEVER else lead.due_at)
COMPANY = cell.Link("company", lambda lead: readable_host(lead.website_host), to=Lead.urls)
STATUS = cell.Status("status", Status, TONES)
ASSIGN = BulkAct(
    "assign",
    _("Assign"),
    LEADS_TRIAGE,
    assign_leads,
    _("The representative and the partners are told by email."),
    ngettext_lazy("%(count)s lead is assigned.", "%(count)s leads are assigned.", "count"),
    icon="user",
    form=BulkAssignForm,
    form_arguments=lambda: {"representatives": representatives()},
    undo=undo_assignments,
    undone=ngettext_lazy("%(count)s assignment is undone.", "%(count)s assignments are undone.", "count"),
    differs=differences_of,
)
AWARD = BulkAct(
    "award",
    _("Award"),
    LEADS_AWARD,
    award_leads,
    _("Each becomes a referral of its partner, who is told by email."),
    ngettext_lazy("%(count)s lead is awarded.", "%(count)s leads are awarded.", "count"),
    icon="award",
    differs=differences_of,
)
REFUSE_ALL = BulkAct(
    "refuse",
    _("Not eligible"),
    LEADS_AWARD,
    refuse_leads,
    _("The partners are told by email, with the reason and the explanation."),
    ngettext_lazy("%(count)s lead is not eligible.", "%(count)s leads are not eligible.", "count"),
    icon="xc",
    form=bulk_form_of(REFUSE),
    differs=differences_of,
)

ON_MANY = [ASSIGN, AWARD, REFUSE_ALL]


def register_bulk(act: BulkAct) -> None:
    """An app above does this to many leads, in *Submitted leads* and *Triage*; called when it is ready."""
    ON_MANY.append(act)


def reference(lead: Lead) -> str:
    return f"L-{lead.number}"


def representative_of(lead: Lead) -> str:
    return lead.representative.name if lead.representative else ""


def partner_called(lead: Lead) -> str:
    """Nobody has a lead of the vendor's before a partner takes it."""
    return lead.partner.name if lead.partner else ""


PARTNER_OF = Column(
    "partner",
    _("Partner"),
    "partner_key",
    css="mid",
    wide="partner",
    side=VENDOR,
    cell=cell.Person("partner_id"),
    settled_by="partner",
    filed=cell.Text(partner_called),
)
KEEPER = Column(
    "representative",
    _("Representative"),
    "representative_key",
    css="rep",
    cell=cell.Person("representative_id", _("Not assigned")),
    settled_by="representative",
    filed=cell.Text(representative_of),
)
CONTACT_OF = Column(
    "contact", _("Contact"), "contact_key", css="mid", wide="contact", cell=cell.Text(contact_name, "email")
)
SUPPORT = Column(
    "support",
    _("Sales support"),
    "sales_support",
    css="late",
    wide="support",
    cell=cell.YesNo("sales_support"),
    settled_by="sales_support",
)


class OfLeads(ListOf):
    """What *Submitted leads* and *Triage* share: how they are counted and heard of, whom they name, what is done."""

    membership: Membership
    section = _("Referrals")
    counted = ngettext_lazy("%(number)s lead", "%(number)s leads", "count")
    live = "lead"
    bulk = ON_MANY

    def names(self, rows: Sequence[Any]) -> Mapping[UUID, str]:
        return names_on(rows, "name")


WHEN = (
    Column("updated", _("Updated"), "updated_at", css="late", wide="updated", cell=cell.Ago("updated_at")),
    Column("due", _("Due"), "due_at", css="late", shown=False, cell=WORKING_TIME_LEFT),
)


class LeadList(OfLeads):
    """The leads that you may see, newest first unless sorted otherwise; drafts are not among them.

    A page is found by key, so that it costs the same wherever it lies; rows that come in between are neither doubled
    nor left out.
    """

    name, title, caption = "leads", _("Leads"), _("Submitted leads")
    about = {
        VENDOR: _("Businesses the partners have referred, and where each one stands."),
        PARTNER: _("Businesses %(partner)s has referred to %(name)s, and where each one stands."),
    }
    said = {"partner": organisation_of, "name": lambda _member: current_tenant().name}
    page_name, permission = "leads:list", LEADS_VIEW
    filter_class, searched, default_order, css = LeadFilter, LEADS, "-submitted", "lead-rows"
    columns = (
        Column("number", _("Number"), "number", css="num", shown=False, cell=cell.Text(reference)),
        Column("company", _("Company"), "company_key", always=True, cell=COMPANY),
        PARTNER_OF,
        CONTACT_OF,
        Column("program", _("Program"), "program_id", css="program", cell=cell.Tag("program_id"), settled_by="program"),
        Column("status", _("Status"), "status_rank", css="state", cell=STATUS, settled_by="status"),
        KEEPER,
        SUPPORT,
        Column("submitted", _("Submitted"), "submitted_at", css="sent", cell=cell.Day("submitted_at")),
        *WHEN,
    )
    exported = (
        *("number", "company"),
        Column("website", _("Website"), cell=cell.Text("website")),
        Column("country", _("Country"), cell=cell.Text(lambda lead: str(lead.country))),
        Column("postcode", _("Postcode"), cell=cell.Text("postcode")),
        Column("first", _("First name"), cell=cell.Text("first_name")),
        Column("last", _("Last name"), cell=cell.Text("last_name")),
        Column("email", _("Email"), cell=cell.Text("email")),
        Column("phone", _("Phone"), cell=cell.Phone("phone")),
        *("program", "status", "representative", "support", "submitted", "updated", "partner"),
    )
    nothing_found = Blank(
        "search",
        _("No lead matches"),
        _("Nothing was found with this search and these filters. Part of a word is enough, and accents do not matter."),
    )
    nothing_yet = Blank(
        "lead",
        _("No leads yet"),
        {
            LEADS_VIEW_ASSIGNED: _("When a lead is assigned to you, it appears here."),
            VENDOR: _("When a partner submits a lead, it appears here."),
            LEADS_SUBMIT: _(
                "When you submit a business that could use %(name)s, it appears here with its status and the person"
                " working on it."
            ),
            PARTNER: _(
                "Your role shows the leads that are yours: those that you submitted, own or are in the team of."
                " There are none yet. A Referrals admin can name you for a lead."
            ),
        },
    )

    def rows(self) -> QuerySet[Any]:
        return listed_leads(self.membership)

    def rule(self) -> Rule:
        filters: Any = self.filters
        return listed_by(self.membership) & filters.rule if self.is_asked else listed_by(self.membership)

    def otherwise(self) -> Rule | None:
        number = number_in(self.text)
        return None if number is None else Is("number", number)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.since) or not is_sides(self.membership) or super().is_narrowed

    def is_settled(self, column: Column) -> bool:
        if column.settled_by == "representative":
            is_assigned = self.membership.can(LEADS_VIEW_ASSIGNED) and not self.membership.can(LEADS_VIEW_ALL)
            return is_assigned or self.chosen.get("representative", LEFT) != LEFT
        return super().is_settled(column)

    def page(self, *, count: bool = False, fields: Sequence[str] = FIELDS) -> Page:
        """One page of the leads found: these columns of theirs. Who is on it is asked for by `names`."""
        columns, cursor = columns_for_order(fields, self.walk), self.query.get("cursor", "")
        search = self.search()
        if search is None:
            return self._walked(columns, cursor, count=count)
        rows: QuerySet[Any] = self.narrowed().values_list(*columns, named=True)
        return page_found(rows, self.walk, search, cursor=cursor, size=self.size, count=count)

    def _walked(self, columns: Sequence[str], cursor: str, *, count: bool) -> Page:
        at = cursor_at(self.rows(), self.walk, cursor) if cursor else None
        find = partial(listed_rows, self.membership, tuple(columns), self.walk, at, count=count and not at)
        return page_by(find, self.walk, at, self.size)

    def export_columns(self) -> Sequence[Column]:
        return [*super().export_columns(), *own_columns(self.chosen.get("program"), self.membership.side)]

    def export_rows(self) -> QuerySet[Any]:
        return with_answers(self.all(), self.export_columns()).order_by(*self.walk.fields)


def note_of(lead: Lead) -> str:
    return f"{reference(lead)}, {Status(lead.status).label}"


FINDABLE = Findable("lead", LeadList, "leads:list", Lead.urls, "company", note_of, number_in)
