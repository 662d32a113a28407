"""The forms of signing in, in our words."""

from allauth.account import forms as account
from allauth.mfa.totp import forms as totp

from partnerhub.accounts.sign_in_words import OurWords


# allauth comes without types.
class LoginForm(OurWords, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Signing in."""


class AddEmailForm(OurWords, account.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """Another address to sign in with."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Another password."""


class SetPasswordForm(OurWords, account.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """A first password."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Asking for the link to a new password."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password, by that link."""


class ReauthenticateForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password, once more."""


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an app."""
