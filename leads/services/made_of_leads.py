"""Records of other apps that are made of a lead: who sees them, what is locked first, whom their letters reach."""

from typing import Any

from leads.selectors.scope import seen_with_lead
from leads.services.steps import lead_data
from partnerhub.actors import Seat
from partnerhub.records.kept import RecordT
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_VIEW
from partnerhub.web.visibility import Rule


class MadeOfLead(Records[RecordT]):
    """A kind of record with a `lead` and its `partner`: seen by whoever sees the lead, and locked after it."""

    permission = LEADS_VIEW
    beneath = "lead"

    def seen_by(self, by: Seat) -> Rule:
        return seen_with_lead(by)

    def event_data(self, record: RecordT) -> dict[str, Any]:
        return super().event_data(record) | lead_data(record.lead)
