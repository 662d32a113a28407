"""A run of a bulk act, and its rows in batches."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from partnerhub.bulk.states import OVER, UNFINISHED_RUNS, RunState
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.bulk import BulkAct
from partnerhub.web.lists.declaring import LISTS, ListOf


class Run(TenantModel):
    """A bulk act on rows of a list, as one member asked for it, and how far it is. It is its maker's alone.

    The rows are those that the list had when it was asked for, with the versions of then. `key` is what the asker calls
    the act: the same key once more is the same run. `token_id`: the token by which it was asked for. `answers` are the
    parameters of the act's form. `of` is the run whose rows are undone (`is_undo`) or tried again.
    """

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    person_id = models.UUIDField(editable=False)
    token_id = models.UUIDField(null=True)
    key = models.UUIDField()
    list_name = models.CharField(max_length=40)
    act_name = models.CharField(max_length=40)
    is_undo = models.BooleanField(default=False)
    of = models.UUIDField(null=True)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    back = models.CharField(max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.ASKED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    claim = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "membership", "key"], name="bulk_run_once")]
        indexes = [
            models.Index(
                fields=["tenant", "due_at", "id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="bulk_run_due",
            ),
            models.Index(fields=["tenant", "created_at", "id"], name="bulk_run_age"),
        ]

    def __str__(self) -> str:
        return f"{self.list_name}: {self.act_name}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_under_way(self) -> bool:
        return self.state in UNFINISHED_RUNS

    @property
    def left(self) -> int:
        """How many rows nothing has become of yet."""
        return self.total - self.done - self.failed

    @property
    def list_class(self) -> type[ListOf]:
        """Raises KeyError where a release has no such list any more."""
        return LISTS[self.list_name]

    @property
    def act(self) -> BulkAct:
        """Raises KeyError where a release has no such act any more."""
        found = next((act for act in self.list_class.bulk if act.name == self.act_name), None)
        if found is None:
            raise KeyError(self.act_name)
        return found


class Batch(TenantModel):
    """Some rows of a run, which are done in one transaction: what became of them is written with what was done.

    `versions` are those that were seen, 0 for none. `results` has an object for each row, in the same order; None as
    long as nothing was done. `failed`: how many of them were not done.
    """

    run = TenantForeignKey(Run)
    partner = TenantForeignKey(Partner, null=True)
    person_id = models.UUIDField(editable=False)
    number = models.PositiveIntegerField()
    ids = ArrayField(models.UUIDField())
    versions = ArrayField(models.PositiveIntegerField())
    results = models.JSONField(null=True)
    failed = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "run", "number"], name="bulk_batch_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"

    @property
    def chosen(self) -> dict[UUID, int | None]:
        return {key: version or None for key, version in zip(self.ids, self.versions, strict=True)}

    @property
    def told(self) -> list[tuple[UUID, dict[str, Any]]]:
        """What became of each of its rows; nothing as long as none was done."""
        return [*zip(self.ids, self.results, strict=True)] if self.results else []
