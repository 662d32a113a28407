"""People (`User`) and their seats in tenants (`Membership`)."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, ClassVar
from unicodedata import normalize
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.timezone import now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.acting import ActingToken
from partnerhub.accounts.covering import covered_by
from partnerhub.actors import Covered
from partnerhub.partners.models import Partner
from partnerhub.roles import PARTNER, READING, VENDOR, Role, can
from partnerhub.tenancy.models import TenantForeignKey, TenantModel, new_id
from partnerhub.tenancy.scope import Naming, current_tenant, tenant_scope
from partnerhub.web.folding import fold
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.places import LanguageField, ZoneField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this sign-in address, kept in lower case.

        It counts as verified: people come by an invitation that was sent to it, or an operator vouches for it.
        """
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A platform operator: creates tenants in the Django admin, has no seat in any of them."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


def forms_of(password: str) -> list[str]:
    """The forms in which the same letters may have been typed, each once: the one that is kept first."""
    return list(dict.fromkeys([normalize("NFC", password), password, normalize("NFD", password)]))


class User(AbstractBaseUser, PermissionsMixin):
    """A person: one sign-in, whatever seats they have in however many tenants.

    `is_service`: no person but a program, behind one seat, that nobody can sign in as; see services.service_members.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("Email"), unique=True)
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=150)
    language = LanguageField(max_length=10, blank=True)
    timezone = ZoneField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_service = models.BooleanField(default=False, db_default=False, editable=False)
    must_change_password = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=now)

    objects: ClassVar[UserManager] = UserManager()

    seat: "Membership | None"
    """Read with the person of a session: their seat at the tenant that was named; not set where none was."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_lower")]

    def __str__(self) -> str:
        return self.name or self.email

    def set_password(self, raw_password: str | None) -> None:
        """Keep the password in one form (NFC): keyboards and systems write the same letters in different ways."""
        super().set_password(normalize("NFC", raw_password) if raw_password else raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password, in whatever form it was typed now, and when it was set before forms were one."""
        return any(super(User, self).check_password(form) for form in forms_of(raw_password or ""))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


def name_key(user: User) -> str:
    """How a person is sorted and found: by name, then by address."""
    return fold(user.name if user.is_service else f"{user.name} {user.email}")


class Membership(TenantModel):
    """A person's seat in a tenant: on the vendor side, or in one partner. Holds the roles granted to it.

    A seat that was taken away stays as a row, because what the person did points to it. `name_key` is the person's
    name and address, folded, for order and search; `updated_at` is the database's. `version` counts what is decided on
    a seat: its roles, and whether somebody sits there; the seat of a request does not have it. Four things are not
    stored: the `token` that acts for the seat, if one does; `has_second_factor` and `recent` (title, kind and path of
    what the member opened last, newest first; None: not read) come with the seat of a request; so does who is covered
    by it (`covers`; None: not read yet).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    partner = TenantForeignKey(Partner, null=True, blank=True)
    roles = ArrayField(models.CharField(max_length=40, choices=Role.choices), default=list, blank=True)
    name_key = models.CharField(max_length=410, blank=True, editable=False, db_collation="C", db_default="")
    title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    joined_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now, db_default=Now(), editable=False)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    preferences = models.JSONField(default=dict, blank=True)

    token: ActingToken | None = None
    has_second_factor: bool = False
    recent: list[list[str]] | None = None
    covers: tuple[Covered, ...] | None = None

    urls = Addresses("accounts:member")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user"], condition=models.Q(is_active=True), name="membership_active_seat"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partner", "name_key", "id"], name="membership_partner_name"),
            models.Index(fields=["tenant", "name_key", "id"], name="membership_name"),
            models.Index(fields=["user"], name="membership_user"),
            models.Index(fields=["tenant", "updated_at", "id"], name="membership_updated"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="membership_own_updated"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.name_key = name_key(self.user)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return self.user.name or self.user.email

    @property
    def email(self) -> str:
        """Empty for a service member, which reads no mail."""
        return "" if self.user.is_service else self.user.email

    @property
    def is_service(self) -> bool:
        """Whether a program sits here: it acts by tokens only."""
        return self.user.is_service

    @property
    def person_id(self) -> UUID:
        """The person behind whatever is done by this seat now: its own, or whoever made the token that acts for it."""
        return self.token.maker_id if self.token else self.user_id

    @property
    def limited_to(self) -> frozenset[str] | None:
        """What a token may do at most, its maker's rights counted in; None where none acts."""
        return self.token.carried if self.token else None

    @property
    def is_here(self) -> bool:
        """Whether somebody still sits here: of who left, pages show the name and no way to reach them."""
        return self.is_active and self.user.is_active

    @property
    def side(self) -> str:
        """`vendor`, or `partner`."""
        return VENDOR if self.partner_id is None else PARTNER

    def can(self, permission: str) -> bool:
        """Whether a role of this seat carries the permission; where a token acts, its scopes and its maker's roles."""
        if self.token is not None and not self.token.carries(permission):
            return False
        return self.is_active and can(self.roles, permission) and (permission in READING or not self.is_read_only)

    @property
    def covered(self) -> tuple[Covered, ...]:
        """The colleagues who are away at this moment and for whom this seat stands in (E28)."""
        if self.covers is None:
            self.covers = covered_by([self.pk]).get(self.pk, ())
        return tuple(one for one in self.covers if one.until > now())

    def stands_for(self, permission: str) -> tuple[UUID, ...]:
        """Whose records a seat reaches by a word: the own where it has the word, and those of whom it covers where they
        have it. A token reaches them as far as it was given the word. No permission comes of it.
        """
        own = (self.pk,) if self.can(permission) else ()
        if not self.is_active or (self.token is not None and not self.token.carries(permission)):
            return own
        return own + tuple(one.id for one in self.covered if can(one.roles, permission))

    def acting_for(self, people: Collection[UUID | None], permission: str) -> str:
        """For whom of these people the seat acts: the name of the first whom it covers and who could do it themselves.

        Empty where it is one of them, or covers none.
        """
        if self.pk in people:
            return ""
        return next((one.name for one in self.covered if one.id in people and can(one.roles, permission)), "")

    @property
    def is_read_only(self) -> bool:
        """Whether this seat may change nothing, whatever its roles carry: its partner is suspended (rulings 28)."""
        return self.partner is not None and self.partner.is_suspended

    @property
    def why_read_only(self) -> str:
        """Why this seat may change nothing, in words for its member; empty where it may."""
        if self.partner is None or not self.partner.is_suspended:
            return ""
        words = {"partner": self.partner.name, "reason": self.partner.suspension_reason}
        return (
            gettext("%(partner)s is suspended. You can read everything and change nothing. Reason: %(reason)s") % words
        )

    @property
    def acting_roles(self) -> list[Sequence[str]]:
        """The roles of the seat and, where a token acts, its maker's: a rule that looks at roles looks at each."""
        return [self.roles, self.token.maker_roles] if self.token else [self.roles]

    def way_in(self) -> Callable[[], AbstractContextManager[Naming]]:
        """What enters both walls of the named tenant again on this member's side, after the request has ended."""
        return partial(tenant_scope, current_tenant(), side=self.side, partner_id=self.partner_id, user_id=self.user_id)

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in Role if role.value in self.roles]
