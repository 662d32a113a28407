"""How each lead of the demo came to be where it is."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from leads.demo.data import BUSINESSES, LEAD_PROBLEMS, PATHS, QUESTIONS_ASKED, FilledLead
from leads.models import Lead, Program
from leads.selectors import asked_fields
from leads.services import (
    ask_for_information,
    assign_lead,
    award_lead,
    new_lead_id,
    note_vendor_answers,
    refuse_lead,
    start_lead,
    submit_lead,
    withdraw_lead,
)
from leads.states import Status
from partnerhub.accounts.demo import acting
from partnerhub.accounts.models import Membership
from partnerhub.events.services import happened
from partnerhub.roles import PARTNER, VENDOR
from partnerhub.tenancy.models import Tenant


class DemoStory:
    """How one lead came to be where it is. The clock of its events is set back by the days ago it was submitted."""

    def __init__(
        self,
        filled: FilledLead,
        tenant: Tenant,
        seller: Membership,
        manager: Membership,
        representative: Membership,
        index: int,
    ) -> None:
        self.tenant, self.seller, self.manager, self.representative = tenant, seller, manager, representative
        self.index = index
        self.answers = {asked.label: asked.answers[index % len(asked.answers)] for asked in filled.own_fields}
        self.kind, self.support, self.end = PATHS[index % len(PATHS)]

    def tell(self, *, days_ago: int) -> None:
        sent = now() - timedelta(days=days_ago, minutes=17 * self.index % 600)
        with happened(sent), self._as(self.seller):
            program = Program.objects.get(slug=self.kind)
            answers = self._answers(sent) | {"own_fields": self._own(program, PARTNER)}
            lead = submit_lead(new_lead_id(), program=program, answers=answers, by=self.seller)
        last = self._go_on(lead.pk, sent) if self.end != Status.SUBMITTED else sent
        with self._as(self.seller):
            dates = {"created_at": sent, "submitted_at": sent, "status_changed_at": last, "updated_at": last}
            Lead.objects.filter(pk=lead.pk).update(**dates)

    def _go_on(self, lead_id: UUID, sent: datetime) -> datetime:
        """Take the steps of the path; returns when the last one was taken."""
        day = min(timedelta(days=1), (now() - sent) / 5)
        if self.end == Status.WITHDRAWN:
            with happened(sent + day), self._as(self.seller):
                withdraw_lead(lead_id, reason="They closed the shop.", by=self.seller)
            return sent + day
        with happened(sent + day), self._as(self.manager):
            lead = assign_lead(lead_id, to=self.representative.pk, by=self.manager)
            if noted := self._own(lead.program, VENDOR):
                note_vendor_answers(lead_id, answers=noted, by=self.manager)
        with happened(sent + 2 * day), self._as(self.representative):
            start_lead(lead_id, by=self.representative)
        if self.end == Status.IN_PROGRESS:
            return sent + 2 * day
        with happened(sent + 3 * day):
            self._decide(lead_id)
        return sent + 3 * day

    def _decide(self, lead_id: UUID) -> None:
        if self.end == Status.MORE_INFO:
            with self._as(self.representative):
                question = QUESTIONS_ASKED[self.index % len(QUESTIONS_ASKED)]
                ask_for_information(lead_id, question=question, by=self.representative)
            return
        with self._as(self.manager):
            if self.end == Status.AWARDED:
                award_lead(lead_id, by=self.manager)
            else:
                text = "They have used our checkout since March, under the name of the owner."
                refuse_lead(lead_id, code="existing_customer", text=text, by=self.manager)

    def _as(self, member: Membership) -> Any:
        return acting(self.tenant, member)

    def _own(self, program: Program, side: str) -> dict[str, Any]:
        """This lead's answers to the program's own fields that this side fills in."""
        given = {field.key: self.answers[field.label] for field in asked_fields(program, side)}
        return {key: answer for key, answer in given.items() if answer is not None}

    def _answers(self, sent: datetime) -> dict[str, Any]:
        name, host, country, first, last = BUSINESSES[self.index % len(BUSINESSES)]
        turn = self.index // len(BUSINESSES)
        shop = f"{name} {turn + 1}" if turn else name
        common = {
            "company": shop,
            "website": f"https://{host}{turn or ''}.example.org",
            "country": country,
            "first_name": first,
            "last_name": last,
            "email": f"{host}{turn or ''}@example.org",
            "relationship": "acquaintance",
            "how_met": "At the trade fair in Hamburg",
            "sales_support": self.support,
            "notes": LEAD_PROBLEMS[self.index % len(LEAD_PROBLEMS)],
            "consent": True,
            "consent_basis": "spoken",
            "consent_date": (sent - timedelta(days=1)).date(),
            "terms": True,
        }
        if self.kind == "pos":
            return common | {"locations": 1 + self.index % 4, "industry": "food", "card_volume": "under_50k"}
        shop_online = {"online_revenue": "under_1m", "platform": "Own build", "is_b2b": self.index % 3 == 0}
        if self.end != Status.SUBMITTED:
            return common | shop_online
        owner = {"store_owner_email": f"owner@{host}{turn or ''}.example.org", "store_owner_language": "en"}
        store = {"is_merchant": True, "store_url": f"https://shop.{host}{turn or ''}.example.org"}
        return common | shop_online | store | owner
