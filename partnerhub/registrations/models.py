"""Incentives of a tenant, the rules for registering, and registrations (B7, ruling 14)."""

from datetime import datetime

from django.db import models
from django.utils.timezone import localdate, now

from deals.models import Deal
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner, Solution
from partnerhub.registrations.states import (
    INCENTIVE,
    IS_OVER,
    IS_WITH_PARTNER,
    REGISTRATION,
    SIGNED_WITHIN,
    IncentiveStatus,
    RegisteredStatus,
    RejectReason,
)
from partnerhub.states.lasting import Extension
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.money import MoneyPair

REGISTRATION_SETTINGS = ("deadline_days", "answer_days", "extension_days", "two_from_minor", "currency")


class Incentive(TenantModel):
    """What a won deal is registered for, if it `is_ip` and the deal is worth `threshold` or more."""

    name = models.CharField(max_length=100)
    code = models.CharField(max_length=40)
    is_ip = models.BooleanField(default=False)
    threshold_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    conditions = models.TextField(max_length=4000, blank=True)
    status = models.CharField(max_length=10, choices=IncentiveStatus.choices, default=IncentiveStatus.ACTIVE)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    threshold = MoneyPair("threshold_minor")
    urls = Addresses("registrations:incentive", "registrations:incentive-step", INCENTIVE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "code"], name="incentive_code")]
        indexes = [
            models.Index(fields=["tenant", "name", "id"], name="incentive_by_name"),
            models.Index(fields=["tenant", "updated_at", "id"], name="incentive_by_updated"),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationRule(TenantModel):
    """One row a tenant. A claim is sent within `deadline_days` after the deal was won, and answered within
    `answer_days`; an extension gives `extension_days`. From `two_from` on two people approve it.
    """

    deadline_days = models.PositiveSmallIntegerField(default=60)
    answer_days = models.PositiveSmallIntegerField(default=14)
    extension_days = models.PositiveSmallIntegerField(default=30)
    two_from_minor = models.BigIntegerField(default=100_000_000)
    currency = models.CharField(max_length=3, default="USD")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    two_from = MoneyPair("two_from_minor")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="registration_rule_once")]

    def __str__(self) -> str:
        return str(self.deadline_days)


class Registration(TenantModel):
    """The claim of a won deal for an incentive. The `owner` is the partner's.

    What the deal was `worth` in the currency of the incentive is kept as of the day it was registered, with the
    `rate`. `needs_two` is what the tenant's rules said when it was sent; `sent_person` and `amount_person` are who
    sent it and who approved its amount, whatever seat they had. While it is with the partner it expires at `due_at`;
    `remind_at`: when the next reminder is due.
    """

    partner = TenantForeignKey(Partner)
    deal = TenantForeignKey(Deal)
    incentive = TenantForeignKey(Incentive)
    owner = TenantForeignKey(Membership, null=True)
    solution = TenantForeignKey(Solution, null=True)
    status = models.CharField(max_length=16, choices=RegisteredStatus.choices, default=RegisteredStatus.DRAFT)
    contract_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    signed_on = models.DateField(null=True)
    contract_start = models.DateField(null=True)
    contract_end = models.DateField(null=True)
    worth_minor = models.BigIntegerField()
    worth_currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    needs_two = models.BooleanField(default=False)
    sent_person = models.UUIDField(null=True, editable=False)
    amount_approved_by = TenantForeignKey(Membership, null=True)
    amount_person = models.UUIDField(null=True, editable=False)
    question = models.CharField(max_length=1000, blank=True)
    extension = models.CharField(max_length=8, choices=Extension.choices, blank=True)
    extension_text = models.CharField(max_length=1000, blank=True)
    reason_code = models.CharField(max_length=20, blank=True)
    reason_text = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    contract = MoneyPair("contract_minor")
    worth = MoneyPair("worth_minor", "worth_currency")
    urls = Addresses("registrations:registration", "registrations:step", REGISTRATION.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "deal", "incentive"],
                condition=~models.Q(status__in=IS_OVER),
                name="registration_live_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "updated_at", "id"], name="registration_by_updated"),
            models.Index(fields=["tenant", "due_at", "id"], name="registration_by_due"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="registration_own_updated"),
            models.Index(fields=["tenant", "deal", "created_at"], name="registration_of_deal"),
            models.Index(fields=["tenant", "owner", "status"], name="registration_of_member"),
            models.Index(
                fields=["tenant", "due_at"], condition=models.Q(status__in=IS_WITH_PARTNER), name="registration_due"
            ),
            models.Index(
                fields=["tenant", "remind_at"],
                condition=models.Q(status__in=IS_WITH_PARTNER),
                name="registration_remind",
            ),
        ]

    def __str__(self) -> str:
        return self.deal.name

    @property
    def is_described(self) -> bool:
        """Whether all that is asked of the contract is there."""
        return None not in {self.solution_id, self.signed_on, self.contract_start, self.contract_end}

    @property
    def is_signed_lately(self) -> bool:
        return self.signed_on is not None and self.signed_on >= localdate() - SIGNED_WITHIN

    @property
    def expires_at(self) -> datetime | None:
        """Only while it is with the partner."""
        return self.due_at if self.status in IS_WITH_PARTNER else None

    @property
    def owner_name(self) -> str:
        return self.owner.name if self.owner else ""

    @property
    def amount_approver(self) -> str:
        """For the vendor's eyes."""
        return self.amount_approved_by.name if self.amount_approved_by else ""

    @property
    def rejected_because(self) -> str:
        return str(RejectReason(self.reason_code).label) if self.reason_code else ""
