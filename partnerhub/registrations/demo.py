"""The demo's registrations: of each partner one that waits for the review, one that is a draft."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from deals.models import Deal
from deals.services import open_deal, win_deal
from deals.states.deals import DealType
from partnerhub.accounts.demo import PortalDemo, acting
from partnerhub.registrations.selectors import incentives_offered
from partnerhub.registrations.services import describe_contract, register_for_incentive, send_registration
from partnerhub.roles import Role
from partnerhub.solutions.selectors import co_sell_ready_of

DEMO_REGISTERED = (
    ("Tills for the whole chain", "Markthalle Nord", 4_200_000, True),
    ("Stock for nine shops", "Möbel Brandt", 3_100_000, False),
)
"""Each with whether it is sent for review."""


def fill_registrations(demo: PortalDemo) -> None:
    """The Referrals admin of each partner wins two deals that were opened a while ago, and registers them."""
    today = localdate()
    for seller in {seat.partner_id: seat for seat in demo.seats if Role.REFERRALS_ADMIN in seat.roles}.values():
        with acting(demo.tenant, seller):
            solutions = [row.pk for row in co_sell_ready_of(seller.partner_id)]
            offered = list(incentives_offered())
            for name, company, value, sent in DEMO_REGISTERED if solutions and offered else ():
                money: dict[str, Any] = {"value_minor": value, "currency": "USD", "close_date": today}
                named: dict[str, Any] = {
                    "solutions": solutions,
                    "team": [seller.pk],
                    "type": DealType.PARTNER_LED.value,
                }
                deal = open_deal(by=seller, name=name, company=company, consent=True, **money, **named)
                Deal.objects.filter(pk=deal.pk).update(created_at=now() - timedelta(days=30))
                win_deal(deal.pk, by=seller, **money)
                made = register_for_incentive(deal.pk, incentive=offered[0].pk, by=seller)
                if sent:
                    describe_contract(
                        made.pk,
                        solution=solutions[0],
                        contract_minor=value,
                        currency="USD",
                        signed_on=today - timedelta(days=5),
                        contract_start=today,
                        contract_end=today + timedelta(days=364),
                        by=seller,
                    )
                    send_registration(made.pk, by=seller)
