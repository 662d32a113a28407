"""The clock of appeals: decisions that are late."""

from partnerhub.appeals.services import sweep_appeals
from partnerhub.tenancy.tasks import swept

sweep = swept("appeals.sweep", sweep_appeals)
