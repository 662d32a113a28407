"""The outbox, what people want to get, and the addresses that nothing is sent to."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from notifications.states import PURPOSES, TROUBLE, UNFINISHED, Circle, Hold, Status
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel, new_id


def new_message_id() -> str:
    """A Message-ID (RFC 5322) without its angle brackets. Kept through every try, so that a mail taken twice is one."""
    return f"{new_id()}@{settings.MAIL_DOMAIN}"


class Message(TenantModel):
    """One mail to one person about one event, with its delivery state. Written in the transaction of the event.

    `due_at` is when the next try is due; while the message is being sent it is the end of the worker's lease, after
    which another worker takes it over. `partner` is the recipient's; null on the vendor side. `language` and
    `timezone` are the recipient's, as they were when the event happened. Only `notifications.services` writes `status`.
    """

    partner = TenantForeignKey(Partner, null=True)
    event = TenantForeignKey(Event)
    recipient = TenantForeignKey(Membership, null=True)
    kind = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40, choices=[(key, purpose.label) for key, purpose in PURPOSES.items()])
    circle = models.CharField(max_length=40, choices=Circle.choices)
    address = models.EmailField(db_collation="C")
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=10)
    timezone = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    hold = models.CharField(max_length=20, choices=Hold.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)
    message_id = models.CharField(max_length=320, default=new_message_id)
    subject = models.CharField(max_length=300, blank=True)
    last_answer = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

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
            models.Index(fields=["tenant", "created_at", "id"], name="mail_log"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="mail_partner_log"),
            models.Index(fields=["tenant", "address"], name="mail_address"),
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
    """An address that a mail server refused for good: nothing more is sent to it until somebody sends again."""

    partner = TenantForeignKey(Partner, null=True)
    address = models.EmailField(db_collation="C")
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
