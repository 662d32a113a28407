"""Intake links of partners, and what people send by them (E13)."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from leads.models import Lead, Program
from partnerhub.accounts.models import Membership
from partnerhub.intake.states import INTAKE_LINK, ComesIn, Status
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.places import LanguageField


class IntakeLink(TenantModel):
    """A partner's public form for one program: whoever has its signed address may send it, `daily_limit` times a day.

    `frame_origins` are the sites that may show the form in a frame. `terms_version` is the version of the program's
    terms that `made_by` has accepted for what comes in. `day` and `taken_that_day` count the day's; `received` all.
    """

    partner = TenantForeignKey(Partner)
    program = TenantForeignKey(Program)
    made_by = TenantForeignKey(Membership)
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=80, db_collation="C")
    comes_in = models.CharField(max_length=10, choices=ComesIn.choices, default=ComesIn.DRAFT)
    terms_version = models.CharField(max_length=20)
    frame_origins = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    daily_limit = models.PositiveSmallIntegerField(default=50)
    expires_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    taken_that_day = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("intake:link", "intake:step", INTAKE_LINK.names)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "created_at", "id"], name="intake_link_by_created"),
            models.Index(fields=["tenant", "name_key", "id"], name="intake_link_by_name"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="intake_link_own"),
            models.Index(fields=["tenant", "expires_at"], name="intake_link_due"),
        ]

    def __str__(self) -> str:
        return self.name

    def takes_at(self, at: datetime) -> bool:
        """Whether the form may be sent now, but for the day's limit."""
        return self.status == Status.OPEN and (self.expires_at is None or self.expires_at > at)


class Intake(TenantModel):
    """What somebody sent by an intake link, once: its id stands in the form, so that it is the same when sent again.

    `answers` are kept until a lead or a draft is made of them, at once or by a click in a mail. `objected_at`: the
    person wants no more of it.
    """

    partner = TenantForeignKey(Partner)
    link = TenantForeignKey(IntakeLink)
    lead = TenantForeignKey(Lead, null=True)
    name = models.CharField(max_length=170)
    email = models.EmailField()
    language = LanguageField(max_length=10, default="en")
    answers = models.JSONField(default=dict)
    sent_from = models.GenericIPAddressField(null=True)
    sent_at = models.DateTimeField(default=now)
    came_in_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "lead"], name="intake_lead"),
            models.Index(
                fields=["tenant", "sent_at"], condition=models.Q(came_in_at__isnull=True), name="intake_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.name
