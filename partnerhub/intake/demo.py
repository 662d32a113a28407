"""The demo's intake links: one of each partner."""

from leads.selectors import programs
from partnerhub.accounts.demo import PortalDemo, acting
from partnerhub.accounts.models import Membership
from partnerhub.intake.services import add_link
from partnerhub.intake.states import ComesIn
from partnerhub.roles import LEADS_SUBMIT, PARTNER

LINK_NAMES = ("Fair in Kiel", "Counter display", "Newsletter", "Website")


def fill_intake(demo: PortalDemo) -> None:
    """An open link of the first seller of each partner, for the first program."""
    sellers: dict[object, Membership] = {}
    for seat in demo.seats:
        if seat.side == PARTNER and seat.can(LEADS_SUBMIT):
            sellers.setdefault(seat.partner_id, seat)
    for number, seller in enumerate(sellers.values()):
        with acting(demo.tenant, seller):
            comes_in = ComesIn.LEAD if number % 2 == 0 else ComesIn.DRAFT
            name = LINK_NAMES[number % len(LINK_NAMES)]
            add_link(program=programs()[0], name=name, comes_in=comes_in.value, by=seller)
