"""The outbox, what people want to get, and the addresses that nothing is sent to."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from notifications.states import PURPOSES, TROUBLE, UNFINISHED, Cause, Hold, Off, Status
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel, new_id
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.places import LanguageField, ZoneField


def new_message_id() -> str:
    """A Message-ID (RFC 5322) without its angle brackets. Kept through every try, so that a mail taken twice is one."""
    return f"{new_id()}@{settings.MAIL_DOMAIN}"


class Delivery(TenantModel):
    """One event on its way to one receiver, with its state: what the outbox (`services.outbox`) knows of any kind.

    `first_due_at` is when the first try was due, also of one that was sent again: a trigger keeps it, so that every
    writer's rows have it. `due_at` is when the next try is due; while it is being sent it is the end of the worker's
    lease, after which another worker takes it over. `partner` is the receiver's; null on the vendor side. Only
    `notifications.services` writes `status`, and counts each change of it in `version`.
    """

    partner = TenantForeignKey(Partner, null=True)
    event = TenantForeignKey(Event)
    kind = models.CharField(max_length=60)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    version = models.PositiveIntegerField(default=1, db_default=1)
    hold = models.CharField(max_length=20, choices=Hold.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    first_due_at = models.DateTimeField(null=True, editable=False)
    last_answer = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = True


class Message(Delivery):
    """One mail to one person about one event.

    `language` and `timezone` are the recipient's, as they were when the worker found them. `heard_at` is when it was
    delivered, came back or was complained about, as the mail provider says.
    """

    recipient = TenantForeignKey(Membership, null=True)
    purpose = models.CharField(max_length=40)
    circle = models.CharField(max_length=40)
    address = models.EmailField(db_collation="C")
    name = models.CharField(max_length=150, blank=True)
    language = LanguageField(max_length=10, default="en")
    timezone = ZoneField(max_length=64, default="UTC")
    message_id = models.CharField(max_length=320, default=new_message_id)
    subject = models.CharField(max_length=300, blank=True)
    heard_at = models.DateTimeField(null=True)

    urls = Addresses("notifications:message")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "event", "recipient", "purpose"],
                condition=models.Q(recipient__isnull=False),
                name="mail_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "event", "address", "purpose"],
                condition=models.Q(recipient__isnull=True),
                name="mail_once_to_address",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "due_at"], condition=models.Q(status__in=UNFINISHED), name="mail_due"),
            models.Index(
                fields=["tenant", "first_due_at"], condition=models.Q(status__in=UNFINISHED), name="mail_first_due"
            ),
            models.Index(fields=["tenant", "created_at", "id"], name="mail_log"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="mail_partner_log"),
            models.Index(fields=["tenant", "address"], name="mail_address"),
            # Not by tenant: who tells what became of a mail knows its Message-ID only.
            models.Index(fields=["message_id"], name="mail_message_id"),
            models.Index(
                fields=["tenant", "created_at", "id"],
                condition=models.Q(status__in=TROUBLE),
                name="mail_trouble",
            ),
        ]

    def __str__(self) -> str:
        return f"{PURPOSES[self.purpose].label}: {self.address}"


class Preference(TenantModel):
    """Whether a member wants mail for a purpose. No row: they do."""

    membership = TenantForeignKey(Membership)
    partner = TenantForeignKey(Partner, null=True)
    purpose = models.CharField(max_length=40)
    wants = models.BooleanField()
    changed_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "membership", "purpose"], name="mail_preference_once")]

    def __str__(self) -> str:
        return f"{self.purpose}: {'on' if self.wants else 'off'}"


class Suppression(TenantModel):
    """An address that gets nothing more, until somebody lifts it or sends again.

    Nothing at all where its server has said that it does not exist; else nothing of what a person may switch off.
    """

    partner = TenantForeignKey(Partner, null=True)
    address = models.EmailField(db_collation="C")
    cause = models.CharField(max_length=12, choices=Cause.choices, default=Cause.REFUSED, db_default=Cause.REFUSED)
    answer = models.CharField(max_length=500)
    since = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partner", "address"],
                nulls_distinct=False,
                name="mail_suppression_once",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def holds(self, purpose: str) -> bool:
        """Whether mail for this purpose is held back."""
        return self.cause == Cause.REFUSED or PURPOSES[purpose].optional


class Endpoint(TenantModel):
    """An address outside that is told of events, for one organisation: a webhook (E17).

    It reads what its `owner` may read; without them it is off. No `event_types`: all. `secrets` holds each secret,
    encrypted, with the moment until which it signs (None: until another takes its place), the newest first.
    `off_because` says why nothing is sent; empty: it is on. `failing_since` is when the first try failed after the last
    delivery that it took; null: it takes what it is sent. One that was removed stays as a row, for its deliveries.
    """

    partner = TenantForeignKey(Partner, null=True)
    owner = TenantForeignKey(Membership)
    url = models.CharField(max_length=500)
    description = models.CharField(max_length=100, blank=True)
    event_types = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    secrets = models.JSONField(default=list)
    off_because = models.CharField(max_length=10, choices=Off.choices, blank=True)
    failing_since = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [models.Index(fields=["tenant", "partner", "created_at", "id"], name="endpoint_list")]

    def __str__(self) -> str:
        return self.description or self.url


class Hook(Delivery):
    """One event on its way to one endpoint. Its id is the `webhook-id`, the same for every try."""

    endpoint = TenantForeignKey(Endpoint)
    response_status = models.PositiveSmallIntegerField(null=True)
    response_body = models.CharField(max_length=1000, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "event", "endpoint"], name="hook_once")]
        indexes = [
            models.Index(
                fields=["tenant", "endpoint", "due_at"], condition=models.Q(status__in=UNFINISHED), name="hook_due"
            ),
            models.Index(fields=["tenant", "endpoint", "created_at", "id"], name="hook_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.pk}"
