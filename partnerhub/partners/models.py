"""The partner: an organisation enrolled in a tenant's partner programme."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import classproperty
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django_countries.fields import CountryField

from partnerhub.partners.states import PARTNER_MACHINE, SolutionStatus, Status
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.folding import fold
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.places import LanguageField, ZoneField

PROFILE = ("name", "country", "language", "timezone", "website")


class Partner(TenantModel):
    """`status` is written by the verbs only. `name_key` is the name folded, for order, search and being the only one.

    `is_active` ends all its seats; a suspended partner keeps them, and they read only. `updated_at` is the database's.
    `managers` (ids of members) are the channel managers who look after it; without any, all of them do.
    `status_changed_at` is None where the status is the first one, or was set by a release that kept no date.
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
    status_changed_at = models.DateTimeField(null=True)
    suspension_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)
    managers = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    tier = TenantForeignKey("partners.Tier", null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=now, db_default=Now(), editable=False)

    urls = Addresses("accounts:partner", "accounts:partner-step", PARTNER_MACHINE.names)

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


class Entry(TenantModel):
    """A small record that a page keeps: see `partners.entries`. `FIELDS` are what is typed; retired ones are offered
    no more."""

    FIELDS: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(max_length=100)
    is_retired = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    @classproperty
    def EDITED(cls) -> tuple[str, ...]:  # noqa: N802, N805 - a constant of the class, made of another
        return (*cls.FIELDS, "is_retired")

    @property
    def line(self) -> str:
        """What a page says under the name."""
        return ""

    def beside(self) -> models.QuerySet[Any]:
        """The rows of the kind that belong to the same partner, or to the tenant."""
        raise NotImplementedError

    def told(self) -> dict[str, Any]:
        """What events say beside the fields."""
        return {}


class OfPartner(Entry):
    """A small record of one partner."""

    partner = TenantForeignKey(Partner)

    class Meta(Entry.Meta):
        abstract = True

    def beside(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = type(self).objects.filter(partner_id=self.partner_id)
        return rows

    def told(self) -> dict[str, str]:
        return {"partner_name": self.partner.name, "url": f"/partners/{self.partner_id}/"}


class Location(OfPartner):
    """Where a partner has people."""

    FIELDS = ("name", "street", "postcode", "city", "country")

    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = CountryField(blank=True)

    class Meta(OfPartner.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "partner", "name"], name="location_name")]

    @property
    def line(self) -> str:
        place = " ".join(filter(None, (self.postcode, self.city)))
        country: Any = self.country
        return ", ".join(filter(None, (self.street, place, str(country.name))))


class Solution(OfPartner):
    """What a partner sells; the vendor publishes it and says whether it is ready to be sold together (rulings 21).

    `status` is written by the verbs of `partnerhub.solutions` only.
    """

    FIELDS = ("name", "description", "website")
    STEPS = ("edit", "send_for_review", "publish", "ask_to_change", "mark_co_sell_ready", "withdraw")

    description = models.TextField(max_length=2000, blank=True)
    website = models.URLField(blank=True)
    status = models.CharField(
        max_length=15,
        choices=SolutionStatus.choices,
        default=SolutionStatus.DRAFT,
        db_default=SolutionStatus.DRAFT.value,
    )
    status_changed_at = models.DateTimeField(default=now, db_default=Now())
    created_at = models.DateTimeField(default=now, db_default=Now())

    urls = Addresses("solutions:solution", "solutions:step", STEPS)

    class Meta(OfPartner.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "partner", "name"], name="solution_name")]
        indexes = [models.Index(fields=["tenant", "updated_at", "id"], name="solution_by_updated")]

    @property
    def line(self) -> str:
        return self.description

    def told(self) -> dict[str, Any]:
        """As the steps of its review tell it (`partnerhub.solutions.services`)."""
        page = f"/profile/solutions/{self.pk}/"
        return {"partner_name": self.partner.name, "version": self.version, "name": self.name, "url": page}


class Tier(Entry):
    """A level of the programme, the lowest `position` first, with what it gives; empty: what the programme gives.

    A partner of it holds `claim_limit` leads at once and takes so many in a day and in a week, whatever a queue says.
    """

    FIELDS = ("name", "position", "claim_limit", "claims_per_day", "claims_per_week", "protection_days")

    position = models.PositiveSmallIntegerField(default=1)
    claim_limit = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1000)])
    claims_per_day = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1000)])
    claims_per_week = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1000)])
    protection_days = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(1000)])

    class Meta(Entry.Meta):
        abstract = False
        ordering = ("position", "name")
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="tier_name")]

    @property
    def line(self) -> str:
        held = _("holds %(many)s leads at once") % {"many": self.claim_limit} if self.claim_limit else ""
        days = _("%(many)s days of protection") % {"many": self.protection_days} if self.protection_days else ""
        return " · ".join(filter(None, (held, days)))

    def beside(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = Tier.objects.all()
        return rows

    def told(self) -> dict[str, str]:
        return {"url": "/settings/tiers/"}


class Rate(TenantModel):
    """On this day one unit of `source` was `rate` of `target`. The newest on or before a day counts for it."""

    source = models.CharField(max_length=3)
    target = models.CharField(max_length=3)
    day = models.DateField()
    rate = models.DecimalField(max_digits=20, decimal_places=10)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source", "target", "day"], name="rate_once"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="rate_above_zero"),
        ]
        indexes = [models.Index(fields=["tenant", "day", "id"], name="rate_by_day")]

    def __str__(self) -> str:
        return f"{self.source}/{self.target} {self.day.isoformat()}"
