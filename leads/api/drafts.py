"""Drafts of leads: those of one's organisation. One of them is read, changed and sent below `leads/`."""

from typing import Any

from leads.models import Lead
from leads.serializers.drafts import DraftRowSerializer, draft_json
from leads.tables import DraftList
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.web.lists.api import ListAPI, serves


@serves(DraftList, DraftRowSerializer, tag="Leads")
class DraftViewSet(ListAPI):
    permission = LEADS_SUBMIT

    def row_json(self, row: Lead) -> dict[str, Any]:
        return draft_json(row)
