"""What the form of a deal begins with, where it is made of a lead; and what is said where it is one already."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from deals.selectors.deals import last_currency, team_of
from deals.services import DEALS
from deals.states.deals import SHARED_TYPES
from leads.models import Lead
from leads.services.converting import boxes_of
from leads.services.steps import LEADS
from leads.states.asks import CONVERT
from partnerhub.actors import Seat
from partnerhub.solutions.selectors import co_sell_ready_of
from partnerhub.web.dialogs import Ask

TOLD_IN = ("problem", "intro_note", "pain", "next_steps")
DAYS = ("close_date", "go_live_date")
LONGEST_NOTES = 4000


def choices_in(lead_id: UUID, membership: Seat) -> dict[str, Any]:
    """What the form takes: solutions and people to choose from, and what has to be confirmed. Raises DoesNotExist."""
    asked = boxes_of(LEADS.find(membership, lead_id))
    return {
        "asked": [name for name, is_asked in asked.items() if is_asked],
        "choices": {name: DEALS.choices(name, membership) for name in CONVERT.offered()},
    }


def deal_to_be(lead: Lead, membership: Seat) -> dict[str, Any]:
    """What the lead says already: name, people, day, and what was written in it; a solution where there is but one."""
    ready = [str(one.pk) for one in co_sell_ready_of(membership.partner_id)]
    able = {one.pk for one in team_of(membership.partner_id)}
    days = [date.fromisoformat(day) for name in DAYS if (day := str(lead.details.get(name) or ""))]
    written = [lead.notes, *(str(lead.details.get(name) or "") for name in TOLD_IN)]
    return {
        "name": lead.company,
        "currency": last_currency(membership.partner_id),
        "close_date": next((day for day in days if day >= localdate()), None),
        "type": SHARED_TYPES[0][0],
        "solutions": ready if len(ready) == 1 else [],
        "team": [str(key) for key in dict.fromkeys((lead.owned_by, *lead.team)) if key in able] or [str(membership.pk)],
        "notes": "\n\n".join(filter(None, written))[:LONGEST_NOTES],
    }


def is_deal_already(lead: Lead, membership: Seat, *, line: str) -> Ask:
    """Says so, with the way to the deal for who sees it."""
    deal = DEALS.rows(membership).filter(pk=lead.deal_id).first() if lead.deal_id else None
    return Ask(
        title=_("%(company)s is a deal already") % {"company": lead.company},
        record=line,
        text=_("It was converted meanwhile. Nothing was done twice."),
        confirm="",
        keep=_("Back to the lead"),
        back=lead.urls.page,
        see=(_("See deal"), deal.urls.page) if deal else None,
    )
