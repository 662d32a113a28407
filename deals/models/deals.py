"""Deals, and which organisations are in each (rulings 15, 20)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.timezone import now

from deals.models.customers import Company, Contact
from deals.states.deals import IS_ACTIVE, PHASES, DealStage, DealStatus, DealType, Direction
from deals.states.machine import DEAL
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.money import MoneyPair


class Deal(TenantModel):
    """A sale that may be. What all who are in it share; `DealSide` says who that is, and walls ask there.

    `partner` is the one whose deal it is; none: the vendor's. `team` (ids of members) and `created_by` are its people
    on it, `solutions` ids of the partner's. `intro_note`, `pain` and `next_steps` say why it is worth working on; of
    one that was shared later `vendor_contact` owns it at the vendor. `value` is what was expected, and of a won one
    what it came to. Once it is closed the database itself refuses to change it (B5). `search_text` is folded: name, CRM
    id and company as it was called while the deal was open.
    """

    partner = TenantForeignKey(Partner, null=True)
    created_by = TenantForeignKey(Membership)
    company = TenantForeignKey(Company)
    contact = TenantForeignKey(Contact, null=True)
    cloned_from = TenantForeignKey("self", null=True)
    name = models.CharField(max_length=200)
    value_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    close_date = models.DateField()
    stage = models.PositiveSmallIntegerField(choices=DealStage.choices, default=DealStage.QUALIFY)
    type = models.CharField(max_length=12, choices=DealType.choices, default=DealType.PRIVATE)
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.OUTBOUND)
    help_needed = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    solutions = ArrayField(models.UUIDField(), default=list)
    team = ArrayField(models.UUIDField(), default=list)
    campaign = models.CharField(max_length=100, blank=True)
    crm_id = models.CharField(max_length=100, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    intro_note = models.TextField(max_length=4000, blank=True, default="", db_default="")
    pain = models.TextField(max_length=4000, blank=True, default="", db_default="")
    next_steps = models.TextField(max_length=4000, blank=True, default="", db_default="")
    vendor_contact = TenantForeignKey(Membership, null=True)
    consented_at = models.DateTimeField()
    reason_code = models.CharField(max_length=20, blank=True)
    reason_text = models.CharField(max_length=1000, blank=True)
    active_registrations = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    search_text = models.TextField(blank=True, default="", db_default="", editable=False)
    status = models.CharField(max_length=10, choices=DealStatus.choices, default=DealStatus.ACCEPTED)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    value = MoneyPair("value_minor")
    urls = Addresses("deals:deal", "deals:deal-step", DEAL.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=models.Q(value_minor__gt=0), name="deal_value_above_zero")]
        indexes = [
            models.Index(fields=["tenant", "updated_at", "id"], name="deal_by_updated"),
            models.Index(fields=["tenant", "close_date", "id"], name="deal_by_close_date"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="deal_own_updated"),
            models.Index(fields=["tenant", "company", "updated_at"], name="deal_of_company"),
            models.Index(fields=["tenant", "active_registrations", "updated_at", "id"], name="deal_by_registrations"),
            models.Index(
                fields=["tenant", "cloned_from"], condition=models.Q(cloned_from__isnull=False), name="deal_clones"
            ),
            models.Index(
                fields=["tenant", "stage", "close_date", "id"],
                condition=models.Q(status__in=IS_ACTIVE),
                name="deal_board",
            ),
            GinIndex(fields=["tenant", "team"], name="deal_team", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phase(self) -> str:
        """New, active or closed: the status of which `status` is the substatus."""
        return PHASES[DealStatus(self.status)]

    @property
    def is_private(self) -> bool:
        """Whether it is its partner's alone."""
        return self.type == DealType.PRIVATE


class DealSide(TenantModel):
    """An organisation that is in a deal; without a partner it is the vendor."""

    deal = TenantForeignKey(Deal)
    partner = TenantForeignKey(Partner, null=True)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "deal", "partner"], nulls_distinct=False, name="dealside_once")
        ]
        indexes = [models.Index(fields=["tenant", "partner", "deal"], name="dealside_of_partner")]

    def __str__(self) -> str:
        return str(self.deal_id)
