"""The card on a company's page with the leads that brought it, and the one on a deal's page with its lead."""

from dataclasses import replace

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from deals.hosts import SHARED
from deals.models import Company, Deal
from deals.panels import Panel, PanelRow
from deals.selectors import merged_of
from leads.models import Lead
from leads.selectors import leads_for, submitted_leads
from leads.states import TONES, Status
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_VIEW
from partnerhub.web.formats import day_text

LEADS_SHOWN = 20
HOSTLESS = Q(website_host="") | Q(website_host__regex=SHARED)


def leads_of(membership: Membership, company: Company) -> Panel | None:
    """The card with the company's leads that this member may see, newest first; None without the workspace."""
    if not membership.can(LEADS_VIEW):
        return None
    rows = submitted_leads(membership).filter(partner=company.partner_id).select_related("program")
    found = rows.filter(bringing(company)).order_by("-submitted_at", "-id")[:LEADS_SHOWN]
    empty = _("No lead that you may see has brought this company.")
    return Panel("leads", _("Leads"), empty, "lead", [_row(lead) for lead in found], brings=True)


def bringing(company: Company) -> Q:
    """The leads of this company, and of those that were merged into it.

    Leads of the former release say no company: they are known by its own host, or by its name where it has none.
    """
    companies = [company, *merged_of(company)]
    unsaid = Q(pk__in=[])
    for one in companies:
        unsaid |= Q(website_host=one.host) if one.host else Q(company_key=one.name_key) & HOSTLESS
    return Q(known_company__in=[one.pk for one in companies]) | Q(known_company=None) & unsaid


def lead_of(membership: Membership, deal: Deal) -> Panel | None:
    """The card with the lead that the deal was, for who sees that lead: messages, notes and files stayed with it."""
    if not membership.can(LEADS_VIEW):
        return None
    lead = leads_for(membership).filter(deal=deal.pk).select_related("program").first()
    if lead is None:
        return None
    row = replace(_row(lead), note=_("Its messages, notes and files are there."))
    return Panel("lead", _("Was a lead"), "", "lead", [row])


def _row(lead: Lead) -> PanelRow:
    tone, icon = TONES[Status(lead.status)]
    return PanelRow(
        label=_("%(program)s lead %(number)s") % {"program": lead.program.name, "number": lead.reference},
        url=reverse("leads:lead", args=[lead.pk]),
        note=_("Submitted %(day)s") % {"day": day_text(lead.submitted_at)} if lead.submitted_at else "",
        status=Status(lead.status).label,
        tone=tone,
        icon=icon,
        key=lead.pk,
        person=lead.known_contact_id,
    )
