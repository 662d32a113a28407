"""Triage over the API: its queues as a list. Decisions are the steps of a lead."""

from collections.abc import Sequence
from typing import Any

from leads.api.base import LeadAPI
from leads.selectors import names_on
from leads.serializers import TriageRowSerializer, row_json
from leads.tables import TriageList
from partnerhub.roles import LEADS_TRIAGE
from partnerhub.web.lists.api import ListAPI, serves


@serves(TriageList, TriageRowSerializer, tag="Leads")
class TriageViewSet(ListAPI, LeadAPI):
    permission = {"list": LEADS_TRIAGE, "export": LEADS_TRIAGE}

    def rows_json(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        names, side = names_on(rows), self.membership.side
        return [row_json(row, names, side) for row in rows]
