"""The clock of protection: those that begin, end soon, or are over."""

from partnerhub.protection.services import sweep_protections
from partnerhub.tenancy.tasks import swept

sweep = swept("protection.sweep", sweep_protections)
