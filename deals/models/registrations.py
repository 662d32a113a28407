"""Which deals hold their customer for a partner, until when (rulings 14; E5), and the tenant's rules for that."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Cast
from django.utils.timezone import now

from deals.models.deals import Deal
from deals.states.deals import IS_CLOSED
from deals.states.registrations import (
    DEAL_REGISTRATION,
    EXTENDED_DAYS,
    PROTECTED_DAYS,
    RegistrationStatus,
)
from partnerhub.partners.models import Partner
from partnerhub.states.lasting import CountsDown, Extension
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses

REGISTRATION_RULES = ("protected_days", "extended_days")


class DealRegistrationRule(TenantModel):
    """One row a tenant: for how many days a registered deal protects its customer, and how many an extension adds."""

    protected_days = models.PositiveSmallIntegerField(default=PROTECTED_DAYS)
    extended_days = models.PositiveSmallIntegerField(default=EXTENDED_DAYS)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="deal_registration_rule_once")]

    def __str__(self) -> str:
        return str(self.protected_days)


class DealRegistration(CountsDown, TenantModel):
    """What a shared deal holds for a partner: its customer, found by `identity_keys`, until a moment.

    One to be decided has the end of the other partner's protection as `until`. `reminded` is the reminder (days before
    the end) that was sent last.
    """

    partner = TenantForeignKey(Partner)
    deal = TenantForeignKey(Deal)
    identity_keys = ArrayField(models.CharField(max_length=300), default=list, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=RegistrationStatus.choices, default=RegistrationStatus.ACTIVE)
    starts_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    extension = models.CharField(max_length=10, choices=Extension.choices, blank=True)
    extension_text = models.TextField(blank=True)
    extension_answer = models.TextField(blank=True)
    reminded = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    RUNS = RegistrationStatus.ACTIVE
    urls = Addresses("deals:dealregistration", "deals:dealregistration-step", DEAL_REGISTRATION.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "deal", "partner"], name="deal_registered_once")]
        indexes = [
            models.Index(fields=["tenant", "until", "id"], name="deal_registration_by_until"),
            models.Index(fields=["tenant", "updated_at", "id"], name="deal_registration_by_updated"),
            models.Index(fields=["tenant", "partner", "until", "id"], name="deal_registration_own_until"),
            models.Index(
                fields=["tenant", "until"],
                condition=models.Q(status=RegistrationStatus.ACTIVE),
                name="deal_registration_due",
            ),
            GinIndex(
                Cast("tenant", models.TextField()),
                models.F("identity_keys"),
                condition=models.Q(status=RegistrationStatus.ACTIVE),
                fastupdate=False,
                name="deal_registration_keys",
            ),
        ]

    def __str__(self) -> str:
        return self.deal.name

    @property
    def deal_is_open(self) -> bool:
        return self.deal.status not in IS_CLOSED
