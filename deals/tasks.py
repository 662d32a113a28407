"""The worker's look at customers, and the clock of deal registrations."""

from deals.services import look_for_duplicates
from deals.services.registering import sweep_registrations
from partnerhub.tenancy.tasks import sweeping, swept

sweep = sweeping("deals.sweep", look_for_duplicates)
sweep_registered = swept("deals.sweep_registrations", sweep_registrations)
