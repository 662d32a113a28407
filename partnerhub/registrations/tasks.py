"""The clock of registrations."""

from partnerhub.registrations.services import sweep_incentive_registrations
from partnerhub.tenancy.tasks import swept

sweep = swept("registrations.sweep", sweep_incentive_registrations)
