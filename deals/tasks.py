"""The worker's look at customers."""

from deals.services import look_for_duplicates
from partnerhub.tenancy.tasks import sweeping

sweep = sweeping("deals.sweep", look_for_duplicates)
