"""API access of programs: tokens, and the answers that are kept for repeated requests."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models.people import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel


class TokenState(models.TextChoices):
    """What a token is good for now."""

    WORKS = "works", _("Works")
    BORROWED = "borrowed", _("Made for another person")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class ApiToken(TenantModel):
    """A key for programs, within its scopes. Shown once; only its digest is kept.

    It acts for its maker's seat or for a service member's. One that was made for another person, before this was a
    rule, works no more: the door refuses it (`take_token_seat`), `revoke_borrowed_tokens` ends it.
    """

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    created_by = TenantForeignKey(Membership)
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40))
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [models.Index(fields=["tenant", "partner", "created_at", "id"], name="api_token_created")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_borrowed(self) -> bool:
        """Whether it was made for another person."""
        return self.membership_id != self.created_by_id and not self.membership.is_service

    @property
    def state(self) -> TokenState:
        if self.revoked_at:
            return TokenState.REVOKED
        if self.expires_at <= now():
            return TokenState.EXPIRED
        return TokenState.BORROWED if self.is_borrowed else TokenState.WORKS


class IdempotencyKey(TenantModel):
    """One effect per key and caller: the answer is kept for 24 hours and given again (Idempotency-Key, quality 36)."""

    membership = TenantForeignKey(Membership)
    partner = TenantForeignKey(Partner, null=True)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "membership", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
