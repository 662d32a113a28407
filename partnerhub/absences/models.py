"""When a member is away, and who covers (E28)."""

from django.db import models
from django.utils.timezone import now

from partnerhub.absences.states import ABSENCE, Status
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses


class Absence(TenantModel):
    """A member is away from `first_day` to `last_day`, both included; the `partner` is theirs, None: the vendor's.

    The days are those of the member's zone: `starts_at` and `ends_at` are the moments at which they begin and are over.
    """

    partner = TenantForeignKey(Partner, null=True, blank=True)
    member = TenantForeignKey(Membership)
    deputy = TenantForeignKey(Membership)
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PLANNED)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("absences:absence", "absences:step", ABSENCE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "first_day", "id"], name="absence_by_first_day"),
            models.Index(fields=["tenant", "updated_at", "id"], name="absence_by_updated"),
            models.Index(fields=["tenant", "member", "status"], name="absence_of_member"),
            models.Index(fields=["tenant", "deputy", "status"], name="absence_of_deputy"),
            models.Index(fields=["tenant", "status", "starts_at"], name="absence_starts"),
            models.Index(fields=["tenant", "status", "ends_at"], name="absence_ends"),
        ]

    def __str__(self) -> str:
        return self.member.name
