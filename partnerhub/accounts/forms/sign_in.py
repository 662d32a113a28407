"""The forms of signing in, in our words: allauth brings what they do, we say what they ask for."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

WANTED = {
    "login": _("Enter your email address."),
    "password": _("Enter your password."),
    "email": _("Enter an email address."),
    "oldpassword": _("Enter your current password."),
    "password1": _("Choose a new password."),
    "password2": _("Enter the new password once more."),
    "code": _("Enter the code that the app shows."),
}
LABELS = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


class OurWords:
    """Mixed into a form of allauth's: its labels, and what it says about an empty field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = getattr(self, "fields", {})
        for name, field in fields.items():
            if name in WANTED:
                field.error_messages = field.error_messages | {"required": WANTED[name]}
            field.label = LABELS.get(name, field.label)


# allauth comes without types.
class LoginForm(OurWords, account.LoginForm):  # type: ignore[misc]
    """Signing in."""


class AddEmailForm(OurWords, account.AddEmailForm):  # type: ignore[misc]
    """Another address to sign in with."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""


class SetPasswordForm(OurWords, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Asking for the link to a new password."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by that link."""


class ReauthenticateForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, once more."""


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""
