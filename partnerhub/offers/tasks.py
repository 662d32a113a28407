"""The clock of offered deals."""

from partnerhub.offers.services import sweep_offers
from partnerhub.tenancy.tasks import swept

sweep = swept("offers.sweep", sweep_offers)
