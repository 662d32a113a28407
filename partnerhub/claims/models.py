"""Queues, the leads that wait in them, and who holds which lead (C5, E7, E31; rulings 5, 7 and 8)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django_countries.fields import CountryField

from leads.models import Lead, Program
from leads.states.choices import Industry
from partnerhub.accounts.models import Membership
from partnerhub.claims.states import HOLDING, OPEN_CLAIMS, Progress, Status, Whereabouts
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses

QUEUE_SETTINGS = (
    "name",
    "programs",
    "countries",
    "tiers",
    "position",
    "lease_days",
    "recall_days",
    "offer_hours",
    "held_at_most",
    "per_day",
    "per_week",
    "is_active",
)


class Queue(TenantModel):
    """Leads of these programs and countries (none named: all) wait here for the first partner who takes one.

    Partners of these `tiers` see them (none named: all partners). What a partner's tier says of limits goes before the
    queue's.

    `lease_days` without an act of the holder warn, `recall_days` more recall the lead. An offer to one partner stands
    `offer_hours` of the calendar. A partner may hold `held_at_most` leads at once, and take so many `per_day` and
    `per_week`. One queue of the tenant is the fallback: it takes what no other does.
    """

    name = models.CharField(max_length=80)
    programs = ArrayField(models.UUIDField(), default=list, blank=True)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    tiers = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    lease_days = models.PositiveSmallIntegerField(default=21)
    recall_days = models.PositiveSmallIntegerField(default=7)
    offer_hours = models.PositiveSmallIntegerField(default=16)
    held_at_most = models.PositiveSmallIntegerField(default=5)
    per_day = models.PositiveSmallIntegerField(default=5)
    per_week = models.PositiveSmallIntegerField(default=20)
    is_fallback = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("claims:queue")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="queue_name"),
            models.UniqueConstraint(fields=["tenant"], condition=Q(is_fallback=True), name="queue_fallback_once"),
        ]
        indexes = [models.Index(fields=["tenant", "position", "id"], name="queue_by_position")]

    def __str__(self) -> str:
        return self.name


class QueuedLead(TenantModel):
    """What anybody may know of a lead that the vendor brought, and where it is; nothing of it says whose it is.

    Everything else stands on the lead, which is no partner's and so behind the wall until one has taken it (E31).
    `postcode` are its first two characters. `partner` is who it is offered to; who has it, the claim says, and no other
    partner knows. `refused` are the partners who declined or returned it: they do not see it again. It waits `since`
    then.
    """

    lead = TenantForeignKey(Lead)
    number = models.PositiveIntegerField()
    queue = TenantForeignKey(Queue)
    place = models.CharField(max_length=10, choices=Whereabouts.choices)
    partner = TenantForeignKey(Partner, null=True)
    refused = ArrayField(models.UUIDField(), default=list, blank=True)
    program = TenantForeignKey(Program)
    country = CountryField(blank=True)
    postcode = models.CharField(max_length=2, blank=True)
    industry = models.CharField(max_length=20, choices=Industry.choices, blank=True)
    size = models.CharField(max_length=60, blank=True)
    need = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(null=True)
    since = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "lead"], name="queued_lead_once")]
        indexes = [
            models.Index(fields=["tenant", "since", "id"], name="queued_by_since"),
            models.Index(fields=["tenant", "number", "id"], name="queued_by_number"),
            models.Index(fields=["tenant", "due_at"], condition=Q(place=Whereabouts.OFFERED), name="queued_due"),
        ]

    def __str__(self) -> str:
        return f"L-{self.number}"


class Claim(TenantModel):
    """A lead offered to a partner, or held by it. One is open for a lead at a time.

    `holder` is who took it at the partner. `acted_at` is the last act of the holder's side; without one the holder is
    warned at `warn_at` (`is_warned`), and the lead goes back at `lease_until`. `dead_text` is why the holder finds it
    dead, until a channel manager has decided.
    """

    lead = TenantForeignKey(Lead)
    number = models.PositiveIntegerField()
    partner = TenantForeignKey(Partner)
    queue = TenantForeignKey(Queue)
    holder = TenantForeignKey(Membership, null=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    version = models.PositiveIntegerField(default=1)
    progress = models.CharField(max_length=10, choices=Progress.choices, default=Progress.NEW)
    is_warned = models.BooleanField(default=False)
    dead_text = models.CharField(max_length=1000, blank=True, default="", db_default="")
    acted_at = models.DateTimeField(default=now)
    warn_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "lead"], condition=Q(status__in=OPEN_CLAIMS), name="claim_open_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant", "warn_at"], condition=Q(status__in=HOLDING, is_warned=False), name="claim_warn"
            ),
            models.Index(fields=["tenant", "lease_until"], condition=Q(status__in=HOLDING), name="claim_lease"),
            models.Index(fields=["tenant", "lease_until"], condition=Q(status=Status.OFFERED), name="claim_offer"),
            models.Index(fields=["tenant", "partner"], condition=Q(status__in=OPEN_CLAIMS), name="claim_open_of"),
            models.Index(fields=["tenant", "created_at"], name="claim_by_created"),
        ]

    def __str__(self) -> str:
        return f"L-{self.number}"


class ClaimCounter(TenantModel):
    """How many leads a partner holds, and has taken on that day and in the week that began on `week`.

    It is counted in the claim's own transaction: of many claims at once, each sees the one before.
    """

    partner = TenantForeignKey(Partner)
    held = models.PositiveIntegerField(default=0)
    day = models.DateField()
    on_day = models.PositiveIntegerField(default=0)
    week = models.DateField()
    in_week = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "partner"], name="claim_counter_once")]

    def __str__(self) -> str:
        return str(self.held)
