"""The worker's part at the conflict desk."""

from partnerhub.conflicts.services import look_for_flags, open_missing_cases
from partnerhub.tenancy.tasks import sweeping

sweep = sweeping("conflicts.sweep", look_for_flags)
catch_up = sweeping("conflicts.catch_up", open_missing_cases)
