"""Rule sets in versions, the fallback of each program, and how each lead was routed (E9)."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from leads.models import Lead, Program
from partnerhub.accounts.models import Membership
from partnerhub.routing.states import RULE_SET, RoutingOutcome, RoutingRule, Status, TargetKind
from partnerhub.routing.states.rules import rules_of
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses


class RuleSet(TenantModel):
    """One version of the tenant's routing rules, in their order. `rules` never change once it is on."""

    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    rules = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    begun_by = TenantForeignKey(Membership)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("routing:rule-set", "routing:step", RULE_SET.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="rule_set_number"),
            models.UniqueConstraint(fields=["tenant"], condition=Q(status=Status.ON), name="rule_set_on_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "number", "id"], name="rule_set_by_number"),
            models.Index(fields=["tenant", "updated_at", "id"], name="rule_set_by_updated"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def parsed(self) -> list[RoutingRule]:
        return rules_of(self.rules)


class ProgramFallback(TenantModel):
    """Who gets the leads of a program that no rule takes (rulings 4)."""

    program = TenantForeignKey(Program)
    representative = TenantForeignKey(Membership, null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "program"], name="program_fallback_once")]

    def __str__(self) -> str:
        return str(self.program)


class LeadRouting(TenantModel):
    """How a lead was routed the last time, and why; waiting: the worker has not decided yet.

    `rule_number`, `rule_name` and `set_number` are those of the rule that took it. `target_id` is an id of the target's
    kind, without a foreign key: whoever has left stays named by `target_name` (rulings 32). `why` are pairs of a code
    and its value, of which the sentence is made in the reader's language. `passed`: rules up to this one are not asked
    again, because their offer came to nothing. `refused` are the partners that it was offered to in vain.
    """

    lead = TenantForeignKey(Lead)
    outcome = models.CharField(max_length=10, choices=RoutingOutcome.choices, default=RoutingOutcome.WAITING)
    set_number = models.PositiveIntegerField(null=True)
    rule_number = models.PositiveSmallIntegerField(null=True)
    rule_name = models.CharField(max_length=80, blank=True)
    target_kind = models.CharField(max_length=20, choices=TargetKind.choices, blank=True)
    target_id = models.UUIDField(null=True)
    target_name = models.CharField(max_length=200, blank=True)
    why = models.JSONField(default=list)
    passed = models.PositiveSmallIntegerField(default=0)
    refused = ArrayField(models.UUIDField(), default=list, blank=True)
    created_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "lead"], name="lead_routing_once")]
        indexes = [
            models.Index(
                fields=["tenant", "created_at"], condition=Q(outcome=RoutingOutcome.WAITING), name="routing_waiting"
            ),
            models.Index(fields=["tenant", "target_id", "decided_at"], name="routing_by_target"),
            models.Index(fields=["tenant", "decided_at"], name="routing_by_decided"),
        ]

    def __str__(self) -> str:
        return str(self.lead_id)

    def aim(self, kind: str, target: UUID | None, name: str) -> None:
        """Say where it goes; nowhere: `aim("", None, "")`."""
        self.target_kind, self.target_id, self.target_name = kind, target, name[:200]
