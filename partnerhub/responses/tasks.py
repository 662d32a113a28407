"""The clock of the vendor's responses."""

from partnerhub.responses.services import sweep_responses
from partnerhub.tenancy.tasks import swept

sweep = swept("responses.sweep", sweep_responses)
