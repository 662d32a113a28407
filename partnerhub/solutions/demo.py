"""The demo's solutions: one of each partner that is co-sell ready, and one that is being reviewed."""

from partnerhub.accounts.demo import PortalDemo, acting, with_role
from partnerhub.roles import Role
from partnerhub.solutions.services import draft_solution, mark_co_sell_ready, publish_solution, send_for_review

SOLD = (("Till in a box", "Till, card reader and receipt printer, set up in a day."), ("Stock by scan", ""))


def fill_solutions(demo: PortalDemo) -> None:
    """Each partner adds both; the channel manager has decided on the first."""
    manager = with_role(demo.seats, Role.CHANNEL_MANAGER)
    sellers = {seat.partner_id: seat for seat in demo.seats if Role.REFERRALS_ADMIN in seat.roles}
    for seller in sellers.values():
        with acting(demo.tenant, seller):
            first, *_rest = [
                send_for_review(draft_solution(name=name, description=text, website="", by=seller).pk, by=seller)
                for name, text in SOLD
            ]
        with acting(demo.tenant, manager):
            publish_solution(first.pk, by=manager)
            mark_co_sell_ready(first.pk, by=manager)
