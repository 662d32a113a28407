"""Leads in review beside those that they collide with, and how credit is split between partners (rulings 13)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from leads.models import Lead
from leads.states import Conflict
from partnerhub.conflicts.states import CASE, Flag, Status
from partnerhub.events.models import who_words
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses


class ConflictCase(TenantModel):
    """One of a lead in review. For the vendor's side alone: the database itself keeps the table from partners.

    `rivals` are the leads of others for the same business when it was opened, `verdict` the word of the conflict check.
    `flags` are why the portal itself held the lead, `flags_note` what was found of it: neither is ever a partner's.
    `reason` is what the partners read of the decision, `winner` the lead for which it was decided; `decided_*` say by
    whom, and by which token of whose.
    """

    lead = TenantForeignKey(Lead)
    company = models.CharField(max_length=200)
    company_key = models.CharField(max_length=200, db_collation="C")
    verdict = models.CharField(max_length=10, choices=Conflict.choices, blank=True)
    rivals = ArrayField(models.UUIDField(), default=list, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)
    flags = ArrayField(models.CharField(max_length=20, choices=Flag.choices), default=list, db_default=[], blank=True)
    flags_note = models.TextField(blank=True, default="", db_default="")
    has_open_flags = models.BooleanField(default=False, db_default=False)
    reason = models.TextField(blank=True)
    winner = TenantForeignKey(Lead, null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_token = models.CharField(max_length=100, blank=True)
    decided_maker = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("conflicts:case", "conflicts:step", CASE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "lead"], condition=Q(status=Status.OPEN), name="conflict_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "created_at", "id"], name="conflict_by_opened"),
            models.Index(fields=["tenant", "company_key", "id"], name="conflict_by_company"),
            models.Index(fields=["tenant", "lead"], name="conflict_of_lead"),
        ]

    def __str__(self) -> str:
        return self.company

    @property
    def flag_words(self) -> list[str]:
        return [str(Flag(flag).label) for flag in self.flags]

    @property
    def has_rivals(self) -> bool:
        return bool(self.rivals)

    @property
    def winner_reference(self) -> str:
        """The number of the lead for which it was decided; empty where it was not."""
        return self.winner.reference if self.winner else ""

    @property
    def decider(self) -> str:
        """Who decided, in words; empty where nobody has."""
        return who_words(self.decided_by, self.decided_token, self.decided_maker)


class CreditShare(TenantModel):
    """How much of the credit is one lead's, in whole percents. The shares of a case are 100 together, as the database
    itself checks at the end of the transaction, and never change."""

    partner = TenantForeignKey(Partner)
    lead = TenantForeignKey(Lead)
    case = TenantForeignKey(ConflictCase)
    percent = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "lead"], name="credit_share_once"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=99), name="credit_share_percent"),
        ]
        indexes = [models.Index(fields=["tenant", "case"], name="credit_shares_of_case")]

    def __str__(self) -> str:
        return f"{self.percent} %"


class FlagWatch(TenantModel):
    """Up to which submission the leads of the tenant were looked at for flags."""

    looked_until = models.DateTimeField()
    looked_id = models.UUIDField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="flag_watch_once")]

    def __str__(self) -> str:
        return str(self.looked_until)
