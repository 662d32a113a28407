"""Owner and team of a lead, as its page and triage show them."""

from typing import Any

from leads.models import Lead
from leads.states import LEAD
from partnerhub.accounts.models import Membership


def people_of(lead: Lead, membership: Membership) -> dict[str, Any]:
    """{owner, team (names), deputy (of the owner), may_change}. No statement once `lead_for` has read the lead."""
    names = lead.partners_people
    team = sorted(names[str(key)] for key in lead.team if str(key) in names)
    return {
        "owner": names.get(str(lead.owned_by), ""),
        "deputy": lead.owner_deputy,
        "team": ", ".join(team),
        "may_change": LEAD.verdict("name_team", lead, membership).is_open,
    }
