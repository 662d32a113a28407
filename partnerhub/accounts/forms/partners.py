"""The forms of partners: the profile, the first person, who looks after it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.accounts.forms.people import choose, role_choices
from partnerhub.accounts.services import FirstPerson
from partnerhub.partners.kept import tiers
from partnerhub.partners.models import PROFILE, Partner
from partnerhub.roles import PARTNER, Role, roles_of
from partnerhub.tenancy.models import Tenant
from partnerhub.web.fields import CountryField, MailField, TextField, WebsiteField, WordField
from partnerhub.web.places import language_choices, zone_choices
from partnerhub.web.seen import SeenForm

HALF_NAME_LENGTH = 75  # two of them are a person's name


class PartnerForm(SeenForm):
    """What is known of a partner."""

    name = TextField(
        label=pgettext_lazy("of an organisation", "Name"),
        max_length=200,
        error_messages={"required": _("Enter the name of the partner.")},
    )
    country = CountryField(label=_("Country"), required=False)
    language = WordField(label=_("Language"), required=False, help_text=_("Mails are written in it."))
    timezone = WordField(label=_("Time zone"), required=False)
    website = WebsiteField(label=_("Website"), max_length=200, required=False)

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = dict(language_choices())
        as_portal = _("The portal's (%(own)s)")
        choose(self, "language", [("", as_portal % {"own": languages[tenant.language]}), *languages.items()])
        choose(self, "timezone", [("", as_portal % {"own": tenant.timezone}), *zone_choices()])

    @classmethod
    def of(cls, partner: Partner, tenant: Tenant) -> "PartnerForm":
        """The form with what the partner is now."""
        return cls(initial={name: getattr(partner, name) for name in (*PROFILE, "version")}, tenant=tenant)

    def profile(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PROFILE}


class NewPartnerForm(PartnerForm):
    """A new partner and its first person, who gets an invitation."""

    email = MailField(
        label=_("Email"), max_length=254, error_messages={"required": _("Enter the email address of the first person.")}
    )
    first_name = TextField(
        label=_("First name"), max_length=HALF_NAME_LENGTH, error_messages={"required": _("Enter the first name.")}
    )
    last_name = TextField(
        label=_("Last name"), max_length=HALF_NAME_LENGTH, error_messages={"required": _("Enter the last name.")}
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        initial=[Role.ACCOUNT_ADMIN.value, Role.REFERRALS_ADMIN.value],
        error_messages={"required": _("Choose at least one role.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        choose(self, "roles", role_choices(roles_of(PARTNER)))

    def first_person(self) -> FirstPerson:
        data = self.cleaned_data
        return FirstPerson(data["email"], f"{data['first_name']} {data['last_name']}", data["roles"])


def _tier_choices() -> list[tuple[str, Any]]:
    rows = tiers().filter(is_retired=False).values_list("pk", "name")
    return [("", _("No tier")), *((str(key), name) for key, name in rows)]


class PartnerTierForm(SeenForm):
    """On which tier of the programme a partner is."""

    tier = WordField(label=_("Tier"), choices=_tier_choices, required=False)

    def chosen(self) -> UUID | None:
        return UUID(self.cleaned_data["tier"]) if self.cleaned_data["tier"] else None


class ManagersForm(SeenForm):
    """`people` are those who can look after partners."""

    managers = forms.MultipleChoiceField(
        label=_("Channel managers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With nobody chosen, every channel manager looks after the partner."),
    )

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "managers", [(str(one.pk), one.name) for one in people])

    def chosen(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["managers"]]
