"""The clock of absences."""

from partnerhub.absences.services import sweep_absences
from partnerhub.tenancy.tasks import swept

sweep = swept("absences.sweep", sweep_absences)
