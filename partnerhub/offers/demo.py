"""The demo's offered deals: of each partner one that waits, and one that it declined."""

from datetime import timedelta

from django.utils.timezone import localdate

from partnerhub.accounts.demo import PortalDemo, acting, with_role
from partnerhub.offers.services import decline_offer, send_offer
from partnerhub.roles import Role

DEMO_OFFERS = (
    ("Scales and tills for a farm shop", "Hofladen Petersen", 450_000, "DE", "24937"),
    ("Tills for a chain of bakeries", "Bäckerei Nissen", 2_700_000, "DE", "24103"),
)


def fill_offers(demo: PortalDemo) -> None:
    """The channel manager offers them to the Referrals admin of each partner."""
    manager = with_role(demo.seats, Role.CHANNEL_MANAGER)
    sellers = {seat.partner_id: seat for seat in demo.seats if seat.partner_id and Role.REFERRALS_ADMIN in seat.roles}
    for partner_id, seller in sellers.items():
        made = []
        with acting(demo.tenant, manager):
            for need, company, value, country, postcode in DEMO_OFFERS:
                offer = send_offer(
                    by=manager,
                    partner=partner_id,
                    need=need,
                    company=company,
                    value_minor=value,
                    currency="EUR",
                    close_date=localdate() + timedelta(days=75),
                    country=country,
                    postcode=postcode,
                    consent=True,
                )
                made.append(offer.pk)
        with acting(demo.tenant, seller):
            decline_offer(made[-1], code="capacity", by=seller)
