"""The clock of absences."""

from partnerhub.absences.services import sweep_absences
from partnerhub.tenancy.tasks import sweeping

sweep = sweeping("absences.sweep", sweep_absences)
