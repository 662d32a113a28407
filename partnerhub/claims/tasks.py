"""The clock of claims: holders who are warned, leads that go back, offers that end."""

from partnerhub.claims.services import sweep_claims
from partnerhub.tenancy.tasks import swept

sweep = swept("claims.sweep", sweep_claims)
