"""The partner: an organisation enrolled in a tenant's partner programme."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.timezone import now
from django_countries.fields import CountryField

from partnerhub.partners.states import Status
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.folding import fold
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.places import LanguageField, ZoneField

PROFILE = ("name", "country", "language", "timezone", "website")


class Partner(TenantModel):
    """`status` is written by the verbs only. `name_key` is the name folded, for order, search and being the only one.

    `is_active` ends all its seats; a suspended partner keeps them, and they read only. `updated_at` is the database's.
    `managers` (ids of members) are the channel managers who look after it; without any, all of them do.
    """

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, blank=True, editable=False, db_collation="C", default="", db_default="")
    country = CountryField(blank=True)
    website = models.URLField(blank=True)
    language = LanguageField(max_length=10, blank=True)
    timezone = ZoneField(max_length=64, blank=True)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.ACTIVE, db_default=Status.ACTIVE.value
    )
    suspension_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)
    managers = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=now, db_default=Now(), editable=False)

    urls = Addresses("accounts:partner")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="partner_name"),
            models.UniqueConstraint(
                fields=["tenant", "name_key"], condition=~models.Q(name_key=""), name="partner_name_key"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "name_key", "id"], name="partner_by_name"),
            models.Index(fields=["tenant", "created_at", "id"], name="partner_by_start"),
            models.Index(fields=["tenant", "updated_at", "id"], name="partner_by_updated"),
            GinIndex(fields=["tenant", "managers"], condition=~models.Q(managers=[]), name="partner_managers"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.name_key = fold(self.name)[:200]
        super().save(*args, **kwargs)

    @property
    def partner_id(self) -> UUID:
        """Whose record it is: the partner itself may read what happened to it."""
        return self.pk

    @property
    def is_suspended(self) -> bool:
        return self.status == Status.SUSPENDED


class External(TenantModel):
    """How an organisation's own systems call a record, and what they note on it: see `partners.external`.

    `partner`: whose it is; none: the vendor's. `kind` and `record_id` name the record, of whatever app.
    """

    partner = TenantForeignKey(Partner, null=True)
    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    external_id = models.CharField(max_length=100, null=True)  # noqa: DJ001 - none is no id, and empty would be one
    metadata = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partner", "record_id"], nulls_distinct=False, name="external_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "partner", "kind", "external_id"],
                condition=models.Q(external_id__isnull=False),
                nulls_distinct=False,
                name="external_id_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partner", "updated_at", "id"], name="external_by_updated")]

    def __str__(self) -> str:
        return self.external_id or str(self.record_id)
