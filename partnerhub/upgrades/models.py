"""Invitations to upgrade a store, and the terms that its owner agrees to (A4)."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.timezone import now

from leads.models import Lead
from notifications.models import Endpoint
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.upgrades.states import INVITATION, OPEN, Status
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.places import LanguageField

LONGEST_TERMS = 50_000
ANSWER_DAYS, MOST_ANSWER_DAYS = 14, 90
ACTIVE_WITHIN = timedelta(hours=24)
"""On the wall clock, by rulings 3, and not in hours of the calendar: nights and holidays count."""


class UpgradeTerms(TenantModel):
    """One version of the terms of an upgrade. It never changes: `texts` holds them by language code; `answer_days` is
    how long the owner of a store has to answer an invitation that goes out with them.
    """

    number = models.PositiveIntegerField()
    texts = models.JSONField()
    answer_days = models.PositiveSmallIntegerField(default=ANSWER_DAYS, db_default=ANSWER_DAYS)
    published_by = TenantForeignKey(Membership)
    published_at = models.DateTimeField(default=now)

    urls = Addresses("upgrades:version")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="upgrade_terms_number")]
        indexes = [models.Index(fields=["tenant", "number", "id"], name="upgrade_terms_by_number")]

    def __str__(self) -> str:
        return str(self.number)

    def written_in(self, language: str, else_in: str) -> str:
        """The language in which somebody who reads this one gets the terms: else the portal's own, which every version
        has."""
        return language if self.texts.get(language) else else_in

    def text(self, language: str, else_in: str) -> str:
        """The terms as somebody gets them who reads this language."""
        return str(self.texts[self.written_in(language, else_in)])


class UpgradeActivation(TenantModel):
    """The tenant's own system that upgrades stores: an endpoint of webhooks. Without a row people do it."""

    endpoint = TenantForeignKey(Endpoint)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="upgrade_activation_once")]

    def __str__(self) -> str:
        return str(self.endpoint_id)


class UpgradeInvitation(TenantModel):
    """A store owner's invitation to upgrade, sent from a lead. One is open for a store at a time.

    `terms` are those of the day on which it was sent. `agreed_*` is the record of the agreement: when, by which name,
    from which address of the network, and the SHA-256 of the text that was read. `reminders` counts those sent;
    `is_late`: the administrators were told that the upgrade is late.
    """

    partner = TenantForeignKey(Partner)
    lead = TenantForeignKey(Lead)
    terms = TenantForeignKey(UpgradeTerms)
    sent_by = TenantForeignKey(Membership)
    company = models.CharField(max_length=200)
    company_key = models.CharField(max_length=200, db_collation="C")
    store_url = models.CharField(max_length=300)
    store_host = models.CharField(max_length=253, db_collation="C")
    owner_email = models.EmailField()
    language = LanguageField(max_length=10, default="en")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.SENT)
    version = models.PositiveIntegerField(default=1)
    reminders = models.PositiveSmallIntegerField(default=0)
    is_late = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True)
    agreed_name = models.CharField(max_length=150, blank=True)
    agreed_from = models.GenericIPAddressField(null=True)
    agreed_digest = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("upgrades:invitation", "upgrades:step", INVITATION.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "store_host"], condition=models.Q(status__in=OPEN), name="upgrade_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "created_at", "id"], name="upgrade_by_sent"),
            models.Index(fields=["tenant", "company_key", "id"], name="upgrade_by_company"),
            models.Index(fields=["tenant", "updated_at", "id"], name="upgrade_by_updated"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="upgrade_own_sent"),
            models.Index(fields=["tenant", "lead"], name="upgrade_lead"),
            models.Index(fields=["tenant", "status", "expires_at"], name="upgrade_due"),
        ]

    def __str__(self) -> str:
        return self.company

    @property
    def due_at(self) -> datetime | None:
        """When the store has to be upgraded; None while nobody has agreed."""
        return self.agreed_at + ACTIVE_WITHIN if self.agreed_at else None

    @property
    def is_delayed(self) -> bool:
        return self.status == Status.AGREED and self.due_at is not None and self.due_at < now()

    @property
    def is_answerable(self) -> bool:
        """Whether the link still works: until one decision or the end."""
        return self.status in {Status.SENT, Status.OPENED} and self.expires_at > now()
