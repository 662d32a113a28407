"""The event table: one row for each thing that happened. Append-only, by trigger."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerhub.tenancy.models import TenantModel
from partnerhub.web.lists.addresses import Addresses

ACTING_FOR = "acting_for"
"""Under this key an event's data has the name of the absent colleague for whom the actor did it (E28)."""


class Audience(models.TextChoices):
    """Which side of the table may read an event."""

    BOTH = "both"
    VENDOR = "vendor"
    PARTNER = "partner"


class Event(TenantModel):
    """What happened, to what, by whom, before and after. The timeline and the audit log are two readings of it.

    Names are kept as they were: an event says what was true then, whoever leaves or is renamed later. So it holds
    ids, not references. `person_id` is the person behind the actor; where a token acted, its name and maker stand here.
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
    person_id = models.UUIDField(null=True, editable=False)
    token_id = models.UUIDField(null=True, editable=False)
    token_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    token_maker = models.CharField(max_length=200, blank=True, default="", db_default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    occurred_at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=64, blank=True)
    ip = models.GenericIPAddressField(null=True)

    urls = Addresses("events:event")

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["tenant", "occurred_at", "id"], name="event_log"),
            models.Index(fields=["tenant", "partner_id", "occurred_at", "id"], name="event_partner_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_label}"

    @property
    def who(self) -> str:
        """Who did it, as every page and mail says it; and for whom, where they covered for somebody."""
        return for_words(who_words(self.actor_name, self.token_name, self.token_maker), self.data)

    @property
    def who_parts(self) -> tuple[str, str, str]:
        """What `who_words` takes, for records that keep who did it."""
        return self.actor_name, self.token_name, self.token_maker


class Untold(TenantModel):
    """An event whose readers have not been found yet: written with the event, removed once they are; of the same id.

    So the event itself is what must not be lost; a worker finds in it who is told (`notifications`: `fan_out_events`).
    Where that fails it is due again later, `tries` counts. There is no reference: events are never removed, and
    checking one would lock the event's row. Older code writes none: it tells the readers of what it records itself.
    """

    recorded_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [models.Index(fields=["tenant", "due_at", "id"], name="untold_due")]

    def __str__(self) -> str:
        return str(self.pk)


def who_words(name: str, token: str, maker: str) -> str:
    """`Agnes Holm`; by a token `token CRM sync of Agnes Holm`, for a service member with its name before it."""
    if not token:
        return name
    words = _("token %(token)s of %(maker)s") % {"token": token, "maker": maker}
    return words if name == maker else f"{name} ({words})"


def for_words(who: str, data: Mapping[str, Any]) -> str:
    """`Ilse Brandt for Tomas Berg`, where the event says that it was done for somebody who is away."""
    return _("%(name)s for %(absent)s") % {"name": who, "absent": data[ACTING_FOR]} if data.get(ACTING_FOR) else who
