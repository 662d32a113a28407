"""Leads as records with a machine: what all verbs share, and what readers of a lead's events need to know."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leads.models import Lead
from leads.selectors import lead_for, leads_for
from leads.states import LEAD, Origin
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_VIEW, VENDOR


class Leads(Records[Lead]):
    """What the record machinery knows of leads: model, machine, fields that one side alone sees, words."""

    permission = LEADS_VIEW
    model = Lead
    machine = LEAD
    plural = "leads"
    untold = frozenset(
        {"representative_key", "award_questioned_person", "refused_person", "known_company", "known_contact", "deal"}
    )
    people = frozenset({"team"})
    # Whose lead it is, and what the vendor's people know of it among themselves.
    vendor_only = frozenset(
        {"partner", "conflict", "award_question", "award_questioned_by", "vendor_fields", "is_seen"}
    )
    # What nobody needs outside: the list's own order keys, and where a question leads back to.
    internal = frozenset(
        {"partner_key", "representative_key", "status_changed_at", "resume_to", "is_set_aside", "identity_keys"}
    )
    labels = {
        "status": _("Status"),
        "representative": _("Representative"),
        "owner": _("Owner"),
        "team": _("Team"),
        "sales_support": _("Sales support"),
        "is_seen": _("Seen"),
        "question": _("Question"),
        "reason_code": _("Reason"),
        "reason_text": _("Explanation"),
        "appeal_text": pgettext_lazy("noun", "Appeal"),
        "award_question": _("Asked to take the award back"),
    }

    def joined(self) -> QuerySet[Lead]:
        return Lead.objects.select_related("program", "partner", "submitted_by__user")

    def rows(self, by: Seat) -> QuerySet[Lead]:
        return leads_for(by).select_related("program", "partner", "submitted_by__user")

    def find(self, by: Seat, record_id: UUID) -> Lead:
        return lead_for(by, record_id)

    def read_again(self, record: Lead) -> None:
        if record.representative_id:
            record.representative = Membership.objects.select_related("user").get(pk=record.representative_id)

    def people_at(self, record: Lead, side: str) -> Collection[UUID | None]:
        if side != VENDOR:
            return (record.owned_by, *record.team)
        named = record.partner.managers if record.partner else ()
        return (record.representative_id,) if record.representative_id else named

    def event_data(self, record: Lead) -> dict[str, Any]:
        return event_data(record)

    def words(self, record: Lead) -> dict[str, Any]:
        name = record.representative.name if record.representative else ""
        return {"company": record.company, "representative": name}


def event_data(lead: Lead) -> dict[str, Any]:
    """What readers of a lead's events need to know, so that they need not know leads."""
    representative = lead.representative
    return {
        "version": lead.version,
        "number": lead.reference,
        "company": lead.company,
        "program": lead.program.name,
        "program_kind": lead.program.kind,
        "sales_support": lead.sales_support,
        "status": lead.status,
        "submitter_id": None if lead.origin == Origin.VENDOR else str(lead.submitted_by_id),
        "submitter_name": lead.submitted_by.name,
        "owner_id": str(lead.owner_id) if lead.owner_id else None,
        "team_ids": [str(key) for key in lead.team],
        "partner_name": lead.partner.name if lead.partner else "",
        "representative_id": str(lead.representative_id) if representative else None,
        "representative_name": representative.name if representative else "",
        "representative_email": representative.email if representative and representative.is_here else "",
        "url": f"/leads/{lead.pk}/",
    }


def lead_data(lead: Lead) -> dict[str, Any]:
    """What events of a record that is made of a lead say of the lead: its number, and whom letters reach by it."""
    return {
        "lead_id": str(lead.pk),
        "number": lead.reference,
        "submitter_id": str(lead.submitted_by_id),
        "owner_id": str(lead.owner_id) if lead.owner_id else None,
        "team_ids": [str(key) for key in lead.team],
        "representative_id": str(lead.representative_id) if lead.representative_id else None,
    }


LEADS = Leads()
