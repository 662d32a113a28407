"""Leads: list, submit or keep as a draft, read, change a draft, assign many."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from leads.api.base import LeadAPI, check_asked, checked, checked_answers, own_typed, program_called, review_in
from leads.forms.correction import CorrectionForm
from leads.models import Lead
from leads.selectors import lead_fields, names_on
from leads.selectors.corrections import answers_now, may_correct
from leads.serializers import (
    ROW_COLUMNS,
    BulkAssignBody,
    DraftBody,
    LeadBody,
    LeadRowSerializer,
    LeadSerializer,
    row_json,
)
from leads.services import assign_leads, new_lead_id, save_draft, submit_lead
from leads.services.corrections import correct_lead
from leads.services.steps import LEADS
from leads.tables import LeadList
from partnerhub.errors import NotPermitted
from partnerhub.partners.external_api import OfExternalSystems, described_with_external, external_action
from partnerhub.records.api import timeline_action
from partnerhub.records.drafts import Seen
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_VIEW
from partnerhub.web.editing import Fields
from partnerhub.web.lists import ListOf, Page
from partnerhub.web.lists.api import ListAPI, serves
from partnerhub.web.lists.bulk_api import BulkResultsSerializer, result_json
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION

LEAD_READ = described_with_external("LeadReadSerializer", LeadSerializer)
NEW_LEAD = {
    "program": "pos",
    "company": "Wollkontor Elbufer GmbH",
    "website": "wollkontor-elbufer.example",
    "country": "DE",
    "locations": 2,
    "first_name": "Friederike",
    "last_name": "Osterkamp",
    "email": "f.osterkamp@wollkontor-elbufer.example",
    "consent": True,
    "consent_basis": "spoken",
    "consent_date": "2026-01-15",
    "terms": True,
}
"""What the description shows, and a test sends."""


@serves(LeadList, LeadRowSerializer, tag="Leads")
class LeadViewSet(OfExternalSystems, ListAPI, LeadAPI):
    permission = {
        "list": LEADS_VIEW,
        "export": LEADS_VIEW,
        "create": LEADS_SUBMIT,
        "retrieve": LEADS_VIEW,
        "partial_update": LEADS_VIEW,
        "bulk_assign": LEADS_TRIAGE,
        "timeline": LEADS_VIEW,
    }
    tells_each = frozenset({"bulk_assign"})

    external = external_action("leads", "Leads")
    timeline = timeline_action("leads", "a lead", "Leads")

    def fields_now(self) -> Fields:
        return lead_fields(self.subject, self.membership)

    def external_subject(self) -> Lead:
        lead: Lead = self.get_object()
        return lead

    def read_page(self, listing: ListOf) -> Page:
        return listing.page(fields=ROW_COLUMNS) if isinstance(listing, LeadList) else listing.page()

    def rows_json(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        names, side = names_on(rows), self.membership.side
        return [row_json(row, names, side) for row in rows]

    @extend_schema(
        operation_id="leads_create",
        summary="Submit a lead, or keep a draft",
        tags=["Leads"],
        parameters=[ETAG, LOCATION],
        request=LeadBody,
        responses={201: LeadSerializer},
        examples=[OpenApiExample("A POS lead", NEW_LEAD, request_only=True)],
    )
    def create(self, request: Request) -> Response:
        """Submit a lead at once, or keep what is known so far with `"draft": true`.

        The answers are checked by the same form as the page's. A draft keeps them right or wrong.
        """
        sent = LeadBody.read(request.data)
        program, typed = program_called(sent["program"]), sent["answers"]
        check_asked(typed, program)
        typed |= own_typed(sent["own_fields"], program)
        with self.in_own_words():
            if sent["draft"]:
                lead = save_draft(new_lead_id(), program=program, typed=typed, by=self.membership)
            else:
                answers = checked_answers(program, typed, sent.get("terms_version", ""))
                review = review_in(request, sent)
                lead = submit_lead(new_lead_id(), program=program, answers=answers, by=self.membership, review=review)
        self.note_sent(lead, sent)
        response = self.answer(lead, 201)
        response["Location"] = reverse("api-lead", args=[lead.pk])
        return response

    @extend_schema(
        operation_id="leads_read", summary="Read a lead", tags=["Leads"], parameters=[ETAG], responses=LEAD_READ
    )
    def retrieve(self, request: Request, lead_id: UUID) -> Response:
        """One lead, with what happens next and the steps that you may take now."""
        return self.answer(self.subject)

    @extend_schema(
        operation_id="leads_update",
        summary="Change a draft, or correct a lead",
        tags=["Leads"],
        parameters=[IF_MATCH, ETAG],
        request=DraftBody,
        responses=LeadSerializer,
    )
    def partial_update(self, request: Request, lead_id: UUID) -> Response:
        """Change some answers; those that are not sent stay.

        A draft keeps them right or wrong. What was submitted its partner corrects until a decision, a channel manager
        at any time; the other side is told.
        """
        if not may_correct(self.membership):
            raise NotPermitted(LEADS_SUBMIT)
        lead = self.subject
        if lead.submitted_at is not None:
            return self.corrected(lead, DraftBody.read(request.data))
        self.record_to_change("submit")
        seen = self.seen_version()
        sent = DraftBody.read(request.data)
        with self.in_own_words():
            lead = LEADS.locked(lead_id, by=self.membership, seen=None)
            if lead.submitted_at is not None:
                LEADS.locked(lead_id, by=self.membership, seen=seen)
            program = program_called(sent["program"]) if "program" in sent else lead.program
            check_asked(sent["answers"], program)
            typed = lead.draft | sent["answers"] | own_typed(sent["own_fields"], program)
            version = None if seen is None else Seen(seen)
            lead = save_draft(lead_id, program=program, typed=typed, by=self.membership, seen=version)
        return self.answer(lead)

    def corrected(self, lead: Lead, sent: dict[str, Any]) -> Response:
        """Raises ValidationError for what is not corrected, by field."""
        seen, now = self.seen_version(), answers_now(lead)
        asked = {**sent["answers"], **{name: sent[name] for name in ("program", "own_fields") if sent.get(name)}}
        if wrong := [name for name in asked if name not in now]:
            raise ValidationError({name: [_("This is not corrected once the lead is sent.")] for name in wrong})
        form = checked(CorrectionForm(lead, now | sent["answers"]))
        answers = {name: value for name, value in form.answers().items() if name in sent["answers"]}
        with self.in_own_words():
            return self.answer(correct_lead(lead.pk, answers=answers, by=self.membership, seen=seen))

    @extend_schema(
        operation_id="leads_bulk_assign_now",
        deprecated=True,
        summary="Assign many leads",
        tags=["Steps"],
        request=BulkAssignBody,
        responses=BulkResultsSerializer,
    )
    def bulk_assign(self, request: Request) -> Response:
        """Give up to 100 leads to a representative. Each has its own result; one does not hold up another."""
        sent = BulkAssignBody.read(request.data)
        chosen = {lead["id"]: lead.get("version") for lead in sent["leads"]}
        with self.in_own_words():
            results = assign_leads(chosen, to=sent["to"], by=self.membership)
        return Response({"results": [result_json(key, results[key]) for key in chosen]})
