"""What is counted about leads: their numbers, and how often a partner was told of others' leads."""

from django.db import models

from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel


class LeadCounter(TenantModel):
    """The last lead number of the tenant."""

    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="lead_counter_once")]

    def __str__(self) -> str:
        return str(self.last)


class ConflictCount(TenantModel):
    """How often the conflict check has told a partner of others on a day of the portal's zone."""

    partner = TenantForeignKey(Partner)
    day = models.DateField()
    told = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "partner", "day"], name="conflict_count_once")]

    def __str__(self) -> str:
        return str(self.told)
