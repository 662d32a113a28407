"""The worker's part: what nobody has heard of."""

from partnerhub.tenancy.tasks import sweeping
from referrals.services import remember_missed_sales

catch_up = sweeping("referrals.catch_up", remember_missed_sales)
