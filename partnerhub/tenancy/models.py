"""The tenant, and the base of everything that a tenant owns."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import connection, models
from django.db.models import signals
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from partnerhub.roles import Role
from partnerhub.tenancy.scope import ScopeError, TenantManager, current_tenant
from partnerhub.web.folding import host_name
from partnerhub.web.places import LanguageField, ZoneField
from partnerhub.web.rows import insert, is_plain

RESERVED_SLUGS = frozenset(
    [
        "accounts",
        "admin",
        "api",
        "app",
        "assets",
        "auth",
        "billing",
        "docs",
        "files",
        "favicon.ico",
        "health",
        "healthz",
        "help",
        "hooks",
        "i18n",
        "invitations",
        "login",
        "logout",
        "mail",
        "media",
        "metrics",
        "ping",
        "portal",
        "readyz",
        "robots.txt",
        "security",
        "signup",
        "static",
        "status",
        "support",
        "system",
        "tenant",
        "unsubscribe",
        "www",
        ".well-known",
    ]
)

# What `create()` says to `save()`: there is one database, and a row with a new key is inserted either way.
AS_CREATE_SAYS_IT = {"force_insert", "using"}


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): ordered by time, not guessable."""
    return uuid7()


def not_reserved(slug: str) -> None:
    """Refuse a slug that is an address of the installation itself."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is kept for the installation. Choose another."), code="reserved")


class Tenant(models.Model):
    """A vendor's partner portal in this installation: its brand, rules, people and data."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"), not_reserved],
    )
    name = models.CharField(max_length=100)
    portal_word = models.CharField(max_length=40, blank=True, help_text="Under the name; empty: Partner portal.")
    host = models.CharField(max_length=253, null=True, blank=True, unique=True, help_text="Its own host, if any.")
    brand_hue = models.PositiveSmallIntegerField(default=210, validators=[MaxValueValidator(360)])
    brand_chroma = models.DecimalField(max_digits=3, decimal_places=3, default="0.085")
    language = LanguageField(max_length=10, default="en")
    timezone = ZoneField(max_length=64, default="UTC")
    support_email = models.EmailField(blank=True)
    postal_address = models.CharField(max_length=200, blank=True)
    second_factor_roles = ArrayField(models.CharField(max_length=40, choices=Role.choices), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The own host as browsers send it. Raises ValidationError for what is none, and for a shared one."""
        super().clean()
        if not self.host:
            self.host = None
            return
        try:
            self.host = host_name(self.host)
        except ValueError:
            raise ValidationError({"host": _("Write a host only, like partners.example.com.")}) from None
        if self.host in settings.SHARED_HOSTS:
            raise ValidationError({"host": _("This host is the installation's own. Choose another.")})


class TenantForeignKey(models.ForeignKey):
    """A reference from one owned row to another of the same tenant.

    The database holds it by a composite foreign key on (tenant_id, <column>), which the migration writes with
    `partnerhub.tenancy.walls.link`; so Django's own single-column constraint and index are left out.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("db_index", False)
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **kwargs)


class TenantModel(models.Model):
    """A row that a tenant owns. Its table stands behind both walls (see `walls`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(
        Tenant, models.PROTECT, related_name="+", db_index=False, default=current_tenant, editable=False
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new row is written by a kept statement (`rows.insert`), at a third of the cost.

        Whoever listens to Django's `pre_save` and `post_save` hears the same of a new row, whether `save()` or
        `create()` made it, and of a changed one: libraries may listen, nothing of ours does (house rule 7). The mass
        verbs (`bulk_create`, `insert_new`, `update`) send nothing, as everywhere in Django.
        """
        self.check_tenant()
        if self._state.adding and not args and kwargs.keys() <= AS_CREATE_SAYS_IT and is_plain(self):
            self._insert()
        else:
            super().save(*args, **kwargs)

    def _insert(self) -> None:
        said = {"sender": type(self), "instance": self, "raw": False, "using": connection.alias, "update_fields": None}
        signals.pre_save.send(**said)
        insert([self])
        signals.post_save.send(**said, created=True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.check_tenant()
        return super().delete(*args, **kwargs)

    def check_tenant(self) -> None:
        """Raise ScopeError where the row is not the named tenant's."""
        if self.tenant_id != current_tenant().pk:
            raise ScopeError(f"This {type(self).__name__} belongs to another tenant.")
