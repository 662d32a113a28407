"""The tenant model without dependencies, so that `scope` can import it."""

from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from partnerhub.roles import Role
from partnerhub.web.folding import host_name
from partnerhub.web.places import LanguageField, ZoneField

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
        "live",
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


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): ordered by time, not guessable."""
    return uuid7()


def not_reserved(slug: str) -> None:
    """Refuse a slug that is an address of the installation itself."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is kept for the installation. Choose another."), code="reserved")


class ConflictCheck(models.TextChoices):
    """What the check of new leads tells a partner of others (E1)."""

    TELL = "tell", _("Tell that another partner’s protection runs, and until when")
    REVIEW = "review", _("Tell nothing of other partners; it goes to review")
    MARK = "mark", _("Tell nothing and refuse nothing; only mark it for your side")


class Tenant(models.Model):
    """A vendor's partner portal in this installation: its brand, rules, people and data."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.CharField(
        _("Address in the path"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"), not_reserved],
    )
    name = models.CharField(_("Name"), max_length=100)
    portal_word = models.CharField(
        _("What it is called"), max_length=40, blank=True, help_text=_("Under the name; empty: Partner portal.")
    )
    host = models.CharField(
        _("Own host"),
        max_length=253,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Empty: that of the installation."),
    )
    brand_hue = models.PositiveSmallIntegerField(
        _("Hue of the brand"),
        default=210,
        validators=[MaxValueValidator(360)],
        help_text=_("0 to 360 on the OKLCH wheel."),
    )
    brand_chroma = models.DecimalField(
        _("Strength of its colour"), max_digits=3, decimal_places=3, default="0.085", help_text=_("0 is grey.")
    )
    language = LanguageField(_("Language"), max_length=10, default="en")
    timezone = ZoneField(_("Time zone"), max_length=64, default="UTC")
    support_email = models.EmailField(blank=True)
    postal_address = models.CharField(_("Postal address"), max_length=200, blank=True)
    second_factor_roles = ArrayField(models.CharField(max_length=40, choices=Role.choices), default=list, blank=True)
    conflict_check = models.CharField(
        _("Conflict check"),
        max_length=10,
        choices=ConflictCheck.choices,
        default=ConflictCheck.TELL,
        db_default=ConflictCheck.TELL,
    )
    is_active = models.BooleanField(_("Open"), default=True)
    created_at = models.DateTimeField(_("Opened on"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("portal"), _("portals")

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
