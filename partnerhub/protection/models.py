"""How long a lead holds other partners out, and by what its partner has earned it (E5, E32)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.utils.timezone import now

from leads.models import Lead
from partnerhub.partners.models import Partner
from partnerhub.protection.states import (
    ACTIVITY_DAYS,
    BASE_DAYS,
    CONTACT_DAYS,
    EXTENSION_DAYS,
    MEETING_DAYS,
    MOST_DAYS,
    PROTECTION,
    Status,
)
from partnerhub.states.lasting import CountsDown, Extension
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses

GRANTS = ("base_days", "meeting_days", "contact_days", "activity_days", "extension_days")


RULES = ("base_days", "meeting_days", "contact_days", "activity_days", "extension_days", "most_days")


def end_of(starts_at: datetime, days: Iterable[int], most: int = MOST_DAYS) -> datetime:
    """Until when so many granted days reach: added up, so many at most."""
    return starts_at + timedelta(days=min(most, sum(days)))


class ProtectionRules(TenantModel):
    """What earns how many days in a tenant, one row of it; what was granted before another rule stays granted."""

    base_days = models.PositiveSmallIntegerField(default=BASE_DAYS)
    meeting_days = models.PositiveSmallIntegerField(default=MEETING_DAYS)
    contact_days = models.PositiveSmallIntegerField(default=CONTACT_DAYS)
    activity_days = models.PositiveSmallIntegerField(default=ACTIVITY_DAYS)
    extension_days = models.PositiveSmallIntegerField(default=EXTENSION_DAYS)
    most_days = models.PositiveSmallIntegerField(default=MOST_DAYS)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("protection:rules")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="protection_rules_once")]

    def __str__(self) -> str:
        return str(self.most_days)


class Protection(CountsDown, TenantModel):
    """The protection of one accepted lead. `*_days` is what was granted when it was earned; no later rule takes any of
    it away. `until` is always `end_of` of them. `last_month` is the latest month with activity, counted from the start;
    `reminded` is the reminder (days before the end) that was sent last.
    """

    partner = TenantForeignKey(Partner)
    lead = TenantForeignKey(Lead)
    company = models.CharField(max_length=200)
    company_key = models.CharField(max_length=200, db_collation="C")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.RUNNING)
    version = models.PositiveIntegerField(default=1)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    base_days = models.PositiveSmallIntegerField(default=0)
    meeting_days = models.PositiveSmallIntegerField(default=0)
    contact_days = models.PositiveSmallIntegerField(default=0)
    activity_days = models.PositiveSmallIntegerField(default=0)
    extension_days = models.PositiveSmallIntegerField(default=0)
    last_month = models.PositiveSmallIntegerField(null=True)
    met_on = models.DateField(null=True)
    contact_asked_at = models.DateTimeField(null=True)
    contact_confirmed_at = models.DateTimeField(null=True)
    extension = models.CharField(max_length=10, choices=Extension.choices, blank=True)
    extension_text = models.TextField(blank=True)
    extension_answer = models.TextField(blank=True)
    reminded = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    RUNS = Status.RUNNING
    urls = Addresses("protection:protection", "protection:step", PROTECTION.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "lead"], name="protection_of_lead")]
        indexes = [
            models.Index(fields=["tenant", "until", "id"], name="protection_by_until"),
            models.Index(fields=["tenant", "company_key", "id"], name="protection_by_company"),
            models.Index(fields=["tenant", "starts_at", "id"], name="protection_by_start"),
            models.Index(fields=["tenant", "partner", "until", "id"], name="protection_own_until"),
            models.Index(fields=["tenant", "partner", "status"], name="protection_own_status"),
            models.Index(fields=["tenant", "status", "until"], name="protection_due"),
        ]

    def __str__(self) -> str:
        return self.company

    @property
    def days(self) -> int:
        """The sum of what was granted, as far as it reached: never more than the most that was allowed then."""
        return (self.until - self.starts_at).days
