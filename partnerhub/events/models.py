"""The memory of the house: one row per thing that happened. Append-only, by trigger."""

from django.db import models
from django.utils import timezone

from partnerhub.tenancy.models import TenantModel


class Audience(models.TextChoices):
    """Which side of the table may read an event."""

    BOTH = "both"
    VENDOR = "vendor"
    PARTNER = "partner"


class Event(TenantModel):
    """What happened, to what, by whom, before and after. The timeline and the audit log are two readings of it.

    Names are kept as they were: an event says what was true then, whoever leaves or is renamed later. So it holds
    ids, not references.
    """

    partner_id = models.UUIDField(null=True, editable=False)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.BOTH)
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    subject_label = models.CharField(max_length=200, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_side = models.CharField(max_length=10)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    occurred_at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=64, blank=True)
    ip = models.GenericIPAddressField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["tenant", "occurred_at", "id"], name="event_log"),
            models.Index(fields=["tenant", "partner_id", "occurred_at", "id"], name="event_partner_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_label}"
