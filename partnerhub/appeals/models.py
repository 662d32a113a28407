"""The appeal of a partner against a refusal (E3)."""

from datetime import datetime

from django.db import models
from django.utils.timezone import now

from leads.models import NEVER, Lead
from leads.states import ReasonCode
from partnerhub.accounts.models import Membership
from partnerhub.appeals.states import APPEAL_MACHINE, Status
from partnerhub.events.models import who_words
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses


class Appeal(TenantModel):
    """One of a lead, once. `refused_*` is the decision that is appealed, with the person behind it; `code` and
    `answer` are what was decided, `decided_*` by whom, and by which token of whose. `due_at` is when its clock ends,
    `NEVER` while that is paused. `is_late`: the vendor's people were told that it is.
    """

    partner = TenantForeignKey(Partner)
    lead = TenantForeignKey(Lead)
    appealed_by = TenantForeignKey(Membership)
    company = models.CharField(max_length=200)
    company_key = models.CharField(max_length=200, db_collation="C")
    text = models.TextField()
    refused_code = models.CharField(max_length=30, choices=ReasonCode.choices, blank=True)
    refused_text = models.TextField(blank=True)
    refused_person = models.UUIDField(null=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)
    code = models.CharField(max_length=30, choices=ReasonCode.choices, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_token = models.CharField(max_length=100, blank=True, default="", db_default="")
    decided_maker = models.CharField(max_length=200, blank=True, default="", db_default="")
    is_late = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("appeals:appeal", "appeals:step", APPEAL_MACHINE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "lead"], name="appeal_once")]
        indexes = [
            models.Index(fields=["tenant", "created_at", "id"], name="appeal_by_sent"),
            models.Index(fields=["tenant", "company_key", "id"], name="appeal_by_company"),
            models.Index(fields=["tenant", "due_at", "id"], name="appeal_by_due"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="appeal_own_sent"),
            models.Index(fields=["tenant", "status", "due_at"], name="appeal_due"),
        ]

    def __str__(self) -> str:
        return self.company

    @property
    def decider(self) -> str:
        """Who decided, in words; empty where nobody has."""
        return who_words(self.decided_by, self.decided_token, self.decided_maker)

    @property
    def due(self) -> datetime | None:
        """By when it is to be decided; None while its clock is paused."""
        return None if self.due_at == NEVER else self.due_at

    @property
    def is_paused(self) -> bool:
        return self.status == Status.OPEN and self.due is None

    @property
    def is_overdue(self) -> bool:
        return self.status == Status.OPEN and self.due_at < now()


class LeadClone(TenantModel):
    """A lead that was begun with the answers of another one, which came to nothing (E11): the link, both ways."""

    partner = TenantForeignKey(Partner)
    source = TenantForeignKey(Lead)
    clone = TenantForeignKey(Lead)
    made_by = TenantForeignKey(Membership)
    made_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "clone"], name="lead_cloned_once")]
        indexes = [models.Index(fields=["tenant", "source"], name="lead_clones")]

    def __str__(self) -> str:
        return str(self.clone_id)
