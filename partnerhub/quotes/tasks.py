"""The clock of quotes: those that expire."""

from partnerhub.quotes.services import sweep_quotes
from partnerhub.tenancy.tasks import swept

sweep = swept("quotes.sweep", sweep_quotes)
