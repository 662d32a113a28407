"""The demo's products, and of each partner a quote that is sent and one that is drafted."""

from deals.services import DEALS
from deals.states.deals import IS_ACTIVE
from partnerhub.accounts.demo import PortalDemo, acting, with_role
from partnerhub.quotes.services import add_product, open_quote, retire_product, send_quote
from partnerhub.roles import Role

CATALOGUE = (
    ("Till", "TILL-1", "Till with a screen and a drawer.", 89_900),
    ("Card reader", "READ-2", "Takes cards and phones.", 14_900),
    ("Setup on site", "SETUP", "A day of a technician.", 72_000),
    ("Receipt printer", "PRINT-1", "Replaced by the till with a printer.", 21_900),
)
DEMO_LINES = (
    {"sku": "TILL-1", "quantity": 12, "discount": 1000},
    {"sku": "READ-2", "quantity": 12},
    {"text": "Training for the staff", "quantity": 2, "unit_minor": 45_000},
)


def fill_quotes(demo: PortalDemo) -> None:
    """The Programme admin keeps the catalogue; the Referrals admin of each partner quotes for two of its deals."""
    admin = with_role(demo.seats, Role.PROGRAMME_ADMIN)
    with acting(demo.tenant, admin):
        for name, sku, text, price in CATALOGUE:
            last = add_product(name=name, sku=sku, description=text, price_minor=price, currency="EUR", by=admin)
        retire_product(last.pk, by=admin)
    for seller in {seat.partner_id: seat for seat in demo.seats if Role.REFERRALS_ADMIN in seat.roles}.values():
        with acting(demo.tenant, seller):
            deals = DEALS.rows(seller).filter(status__in=IS_ACTIVE, currency="EUR").order_by("created_at")[:2]
            drafts = [open_quote(deal.pk, lines=DEMO_LINES, by=seller) for deal in deals]
            for draft in drafts[:1]:
                send_quote(draft.pk, by=seller)
