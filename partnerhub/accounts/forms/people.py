"""The shapes of what people send; the verbs decide."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.accounts.forms.naming import OrganisationField
from partnerhub.accounts.models import Invitation, Membership, User
from partnerhub.accounts.rights import scope_labels
from partnerhub.errors import AlreadySent, Reason, Refused
from partnerhub.partners.models import Partner
from partnerhub.roles import Role, permissions_of
from partnerhub.tenancy.models import new_id
from partnerhub.web.fields import AddressField, VisibleField
from partnerhub.web.places import language_choices, zone_choices
from partnerhub.web.seen import SeenForm

MESSAGE_LENGTH = 1000
TOKEN_LIVES = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("A year")))
MESSAGE_WIDGET = forms.Textarea(attrs={"rows": 2})


class VerbForm(forms.Form):
    """A form that can say why a verb refused: beside the field that the reason names, or above them all."""

    def refuse(self, refused: Refused) -> None:
        for reason in refused.reasons:
            self.add_error(reason.field if reason.field in self.fields else None, sentence(reason))


def sentence(reason: Reason) -> str:
    """What is missing, and who can mend it."""
    return f"{reason.text} {reason.who}".strip()


def choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    """Set what a field offers, known only once somebody asks for the form."""
    field: Any = form.fields[name]
    field.choices = list(choices)


def role_choices(roles: Sequence[Role]) -> list[tuple[str, str]]:
    return [(role.value, str(role.label)) for role in roles]


class RolesForm(VerbForm):
    """The roles of a member. `seen` carries what they were when the page was drawn."""

    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "roles", role_choices(offered))

    def seen_roles(self) -> list[str]:
        return [role for role in self.cleaned_data["seen"].split(",") if role]


class InviteForm(VerbForm):
    """Whom to invite into which organisation: a partner, or VENDOR_SIDE. `only_organisation` names it where there is no
    choice; `vendor_name` is empty for who does not invite there.
    """

    email = AddressField(
        label=_("Email"), max_length=254, error_messages={"required": _("Enter the email address of the person.")}
    )
    name = VisibleField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=150,
        error_messages={"required": _("Enter the name of the person.")},
    )
    organisation = OrganisationField(
        Partner.objects.none,
        label=_("Organisation"),
        help_text=_("Its name, or a part of it."),
        error_messages={"required": _("Choose an organisation.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )

    def __init__(
        self, *args: Any, offered: Sequence[Role], partners: QuerySet[Partner], vendor_name: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "roles", role_choices(offered))
        field = cast("OrganisationField", self.fields["organisation"])
        self.only_organisation = ""
        for key, name in field.offer(partners, vendor_name):
            self.only_organisation = name
            field.widget = forms.HiddenInput()
            self.initial["organisation"] = key


class AccessRequestForm(VerbForm):
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role.")}
    )
    message = VisibleField(label=_("Message"), required=False, max_length=MESSAGE_LENGTH, widget=MESSAGE_WIDGET)
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "role", role_choices(roles))
        if len(roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()


class DecisionForm(VerbForm):
    answer = VisibleField(
        label=pgettext_lazy("noun", "Answer"), required=False, max_length=MESSAGE_LENGTH, widget=MESSAGE_WIDGET
    )


class NewPersonForm(VerbForm):
    """A new person behind an invitation."""

    name = VisibleField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("8 characters or more, better 15: a few words that belong together for you alone."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if password := data.get("password"):
            someone = User(email=self.invitation.email, name=data.get("name", ""))
            try:
                validate_password(password, someone)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class ProfileForm(SeenForm):
    """What a member says of themselves; `theme` is the browser's alone."""

    name = VisibleField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    title = VisibleField(
        label=_("Job title"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = VisibleField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[("auto", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a theme.")},
    )

    def __init__(self, *args: Any, portal_timezone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "language", [("", _("As the browser asks")), *language_choices()])
        as_portal = _("The portal's (%(zone)s)") % {"zone": portal_timezone}
        choose(self, "timezone", [("", as_portal), *zone_choices()])


class OnceForm(VerbForm):
    """Makes something under an `id` that is chosen when the page is drawn, so that the form sent twice makes one."""

    id = forms.UUIDField(widget=forms.HiddenInput)

    def go_on_as_new(self, sent: AlreadySent) -> None:
        """The id has made something else: say so, and carry an id of its own from now on."""
        text = _("This form has made %(name)s already. Yours is not made yet; send it if you want it.")
        self.add_error(None, text % {"name": sent.current.name})
        given: Any = self.data
        anew = given.copy()
        anew["id"] = str(new_id())
        self.data = anew


class ServiceMemberForm(OnceForm):
    """A seat for a program."""

    name = VisibleField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=150,
        error_messages={"required": _("Enter the name of the program.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )

    def __init__(self, *args: Any, offered: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("id", new_id())
        choose(self, "roles", role_choices(offered))


class TokenForm(OnceForm):
    """A new API token."""

    name = VisibleField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=100,
        error_messages={"required": _("Say what the token is for.")},
    )
    membership: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        label=_("Acts for"), queryset=None, empty_label=None, error_messages={"required": _("Choose whom it acts for.")}
    )
    scopes = forms.MultipleChoiceField(
        label=_("May"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it may do.")},
    )
    days = forms.TypedChoiceField(
        label=_("Expires in"),
        choices=TOKEN_LIVES,
        coerce=int,
        initial=90,
        error_messages={"required": _("Choose when it expires.")},
    )

    def __init__(self, *args: Any, holders: QuerySet[Membership], maker: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("id", new_id())
        acts_as: Any = self.fields["membership"]
        acts_as.queryset = holders
        carried = permissions_of(maker.roles)
        choose(self, "scopes", scope_labels(sorted(carried)))

    def verb_arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "id": data["id"],
            "name": data["name"],
            "membership": data["membership"],
            "scopes": data["scopes"],
            "expires_at": now() + timedelta(days=data["days"]),
        }
