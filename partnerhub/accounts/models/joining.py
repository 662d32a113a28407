"""How somebody comes to a seat or a role: invitations, and requests for access."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models.people import Membership
from partnerhub.partners.models import Partner
from partnerhub.roles import PARTNER, VENDOR, Role
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses


class RequestStatus(models.TextChoices):
    OPEN = "open", _("Open")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class AccessRequest(TenantModel):
    """A member asks for a role that a page needed (B2). The first administrator to decide closes it."""

    partner = TenantForeignKey(Partner, null=True)
    membership = TenantForeignKey(Membership)
    role = models.CharField(max_length=40, choices=Role.choices)
    page = models.CharField(max_length=300, blank=True)
    message = models.CharField(max_length=1000, blank=True)
    status = models.CharField(max_length=10, choices=RequestStatus.choices, default=RequestStatus.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    decided_by = TenantForeignKey(Membership, null=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    urls = Addresses("accounts:access-request")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "membership", "role"],
                condition=models.Q(status=RequestStatus.OPEN),
                name="access_request_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "created_at", "id"], name="access_request_created"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="access_request_own"),
        ]

    def __str__(self) -> str:
        return f"{self.membership.name}: {Role(self.role).label}"

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


class InvitationState(models.TextChoices):
    """Whether the link of an invitation still works."""

    OPEN = "open", _("Invited")
    EXPIRED = "expired", _("Expired")


GOOD_FOR = timedelta(days=7)
"""How long the link of an invitation works."""


class Invitation(TenantModel):
    """An address invited to a seat: once, for a while, bound to the address and the tenant. Only a digest is kept."""

    partner = TenantForeignKey(Partner, null=True)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    roles = ArrayField(models.CharField(max_length=40, choices=Role.choices), default=list)
    token_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    invited_by = TenantForeignKey(Membership, null=True)
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token_digest"], name="invitation_token"),
            models.UniqueConstraint(
                fields=["tenant", "partner", "email"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
                name="invitation_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "created_at", "id"], name="invitation_created"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="invitation_own"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def sent_at(self) -> datetime:
        """When its link was last made, and mailed."""
        return self.expires_at - GOOD_FOR

    @property
    def is_open(self) -> bool:
        """Whether the link in the mail still works."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > now()

    @property
    def state(self) -> "InvitationState":
        """What one that was neither used nor revoked is good for."""
        return InvitationState.OPEN if self.expires_at > now() else InvitationState.EXPIRED

    @property
    def side(self) -> str:
        return VENDOR if self.partner_id is None else PARTNER

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in Role if role.value in self.roles]
