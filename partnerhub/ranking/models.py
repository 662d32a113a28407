"""What is counted for the rank of partners: cases, their sums by month, and events that are not counted yet (B9)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from partnerhub.partners.models import Partner
from partnerhub.ranking.states import COUNTERS, CaseKind, Totals
from partnerhub.tenancy.models import TenantForeignKey, TenantModel


class UncountedEvent(TenantModel):
    """An event that may change what is counted: written with it, of the same id, removed once it is counted.

    `about` is the kind of its subject. Nothing else of it matters: what is counted is how the subject stands now.
    """

    about = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    recorded_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [models.Index(fields=["tenant", "recorded_at", "id"], name="uncounted_by_recorded")]

    def __str__(self) -> str:
        return str(self.pk)


class RankingCase(TenantModel):
    """What one case counts at present, and in which sums: those `about` these, in the `month` in which it began.

    `subject_id` is that of a claim, a clock, a lead or a deal, as `kind` says; no reference, for there are four tables.
    On `next_on` it counts something else by itself, because a day has passed.
    """

    partner = TenantForeignKey(Partner)
    kind = models.CharField(max_length=10, choices=CaseKind.choices)
    subject_id = models.UUIDField()
    month = models.DateField()
    about = ArrayField(models.CharField(max_length=60), default=list)
    counts = ArrayField(models.IntegerField(), default=list)
    next_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "subject_id", "kind"], name="ranking_case_once")]
        indexes = [
            models.Index(
                fields=["tenant", "next_on"], condition=models.Q(next_on__isnull=False), name="ranking_case_next"
            ),
            models.Index(fields=["tenant", "partner"], name="ranking_case_of"),
        ]

    def __str__(self) -> str:
        return str(self.subject_id)

    @property
    def totals(self) -> Totals:
        return Totals(*self.counts)


class RankingTally(TenantModel):
    """The sums of a partner's cases of one month: of all (`about` nothing), or of those `country:PL`, `size:small` …"""

    partner = TenantForeignKey(Partner)
    month = models.DateField()
    about = models.CharField(max_length=60, blank=True)
    cases = models.IntegerField(default=0)
    asked = models.IntegerField(default=0)
    quick = models.IntegerField(default=0)
    soon = models.IntegerField(default=0)
    progressed = models.IntegerField(default=0)
    won = models.IntegerField(default=0)
    declined = models.IntegerField(default=0)
    lost = models.IntegerField(default=0)
    dropped = models.IntegerField(default=0)
    deals = models.IntegerField(default=0)
    sized = models.IntegerField(default=0)
    dated = models.IntegerField(default=0)
    due = models.IntegerField(default=0)
    reported = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "partner", "month", "about"], name="ranking_tally_once")
        ]
        indexes = [models.Index(fields=["tenant", "about", "month"], name="ranking_tally_about")]

    def __str__(self) -> str:
        return f"{self.about} {self.month.isoformat()}"

    @property
    def totals(self) -> Totals:
        return Totals(*(getattr(self, name) for name in COUNTERS))


class Scorecard(TenantModel):
    """A partner whose past was counted from the beginning: from then on, event by event."""

    partner = TenantForeignKey(Partner)
    counted_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "partner"], name="scorecard_once")]

    def __str__(self) -> str:
        return str(self.partner_id)
