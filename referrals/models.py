"""Successful leads, and what they bring."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from leads.models import Lead, Program
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.money import MoneyPair
from referrals.states import Status

UNKNOWN = -1


class Referral(TenantModel):
    """A successful lead in the referral history (A11). Amounts are in minor units, None while nobody reported them.

    `lead` is the key of the whole chain: a deal and an upgrade that came of it make no second one (rulings 6).
    `merchant` and `plan` are kept as they were when the lead was awarded, or its deal won: then the revenue is the
    deal's value. `revenue_order` and `earned_order` are the
    amounts as the list sorts them: what is not reported comes below zero. `status_changed_at` is None where the
    status is the first one, or was set by a release that kept no date.
    """

    partner = TenantForeignKey(Partner)
    lead = TenantForeignKey(Lead)
    program = TenantForeignKey(Program)
    submitted_by = TenantForeignKey(Membership)
    merchant = models.CharField(max_length=200)
    merchant_key = models.CharField(max_length=200, db_collation="C")
    plan = models.CharField(max_length=60, db_collation="C")
    happened_on = models.DateField()
    revenue_minor = models.BigIntegerField(null=True)
    earned_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    revenue_order = models.GeneratedField(
        expression=Coalesce("revenue_minor", Value(UNKNOWN)), output_field=models.BigIntegerField(), db_persist=True
    )
    earned_order = models.GeneratedField(
        expression=Coalesce("earned_minor", Value(UNKNOWN)), output_field=models.BigIntegerField(), db_persist=True
    )
    terms_version = models.CharField(max_length=20)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ACTIVE)
    version = models.PositiveIntegerField(default=1, db_default=1)
    status_changed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    revenue = MoneyPair("revenue_minor")
    earned = MoneyPair("earned_minor")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "lead"], name="referral_lead"),
            models.CheckConstraint(
                condition=(Q(revenue_minor=None) | Q(revenue_minor__gte=0))
                & (Q(earned_minor=None) | Q(earned_minor__gte=0)),
                name="referral_amounts",
            ),
            models.CheckConstraint(
                condition=Q(revenue_minor=None, earned_minor=None) | ~Q(currency=""), name="referral_currency"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "happened_on", "id"], name="referral_by_date"),
            models.Index(fields=["tenant", "merchant_key", "id"], name="referral_by_merchant"),
            models.Index(fields=["tenant", "plan", "id"], name="referral_by_plan"),
            models.Index(fields=["tenant", "program", "happened_on", "id"], name="referral_program_date"),
            models.Index(fields=["tenant", "revenue_order", "id"], name="referral_by_revenue"),
            models.Index(fields=["tenant", "earned_order", "id"], name="referral_by_earned"),
            models.Index(fields=["tenant", "partner", "happened_on", "id"], name="referral_own_date"),
            models.Index(fields=["tenant", "updated_at", "id"], name="referral_by_updated"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="referral_own_updated"),
            models.Index(fields=["tenant", "submitted_by", "happened_on", "id"], name="referral_submitter_date"),
        ]

    def __str__(self) -> str:
        return self.merchant
