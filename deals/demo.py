"""The demo's deals: of each partner some that are open, one that is won, one that is lost."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from deals.services.deals import lose_deal, move_deal, win_deal
from deals.services.opening import open_deal
from deals.states.deals import DealType
from partnerhub.accounts.demo import PortalDemo, acting
from partnerhub.roles import Role
from partnerhub.solutions.selectors import co_sell_ready_of

DEMO_DEALS = (
    ("Tills for twelve shops", "Kruse Feinkost", 1_840_000, DealType.CO_SELL, "40"),
    ("Stock by scan", "Holm & Sohn", 620_000, DealType.PARTNER_LED, "60"),
    ("Web shop and tills", "Café Sonntag", 975_000, DealType.PRIVATE, ""),
    ("Till for the new branch", "Blumen Ahrens", 210_000, DealType.CO_SELL, "won"),
    ("Card readers", "Kiosk am Markt", 90_000, DealType.PARTNER_LED, "lost"),
)


def fill_deals(demo: PortalDemo) -> None:
    """The Referrals admin of each partner opens them."""
    today = localdate()
    for seller in {seat.partner_id: seat for seat in demo.seats if Role.REFERRALS_ADMIN in seat.roles}.values():
        with acting(demo.tenant, seller):
            solutions = [row.pk for row in co_sell_ready_of(seller.partner_id)]
            for number, (name, company, value, kind, then) in enumerate(DEMO_DEALS if solutions else ()):
                money: dict[str, Any] = {"value_minor": value, "currency": "EUR"}
                sold: dict[str, Any] = {"solutions": solutions, "team": [seller.pk]}
                closes = today + timedelta(days=20 + 9 * number)
                deal = open_deal(
                    by=seller,
                    name=name,
                    company=company,
                    close_date=closes,
                    type=kind.value,
                    consent=True,
                    **money,
                    **sold,
                )
                if then == "won":
                    win_deal(deal.pk, by=seller, close_date=today, **money)
                elif then == "lost":
                    lose_deal(deal.pk, by=seller, code="price")
                elif then:
                    move_deal(deal.pk, by=seller, stage=then)
