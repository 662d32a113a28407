"""Forms of two-step sign-in: a code of an app counts once, whatever it was used for (RFC 6238, 5.2)."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

from partnerhub.accounts.sign_in_words import OurWords

STEP = "last_step"
"""Under which an authenticator keeps the last step of time whose code it has accepted."""


def moment_of_code(authenticator: Authenticator, code: str) -> int:
    """The step of time that a code of an app belongs to, of those that are accepted now; 0 for another code."""
    secret = decrypt(authenticator.data["secret"])
    for at in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, at))):
            return int(at)
    return 0


def spend_code(authenticator: Authenticator, code: str) -> bool:
    """Use up a code, and with it all earlier ones; False if it was used up already. Two at once take turns."""
    step = moment_of_code(authenticator, code)
    with transaction.atomic():
        held = Authenticator.objects.select_for_update(no_key=True).get(pk=authenticator.pk)
        if held.data.get(STEP, 0) >= step:
            return False
        held.data[STEP] = step
        held.save(update_fields=["data"])
    authenticator.data[STEP] = step
    return True


class _OnceOnly:
    """A form whose code is checked by allauth first. It remembers codes in the cache, which may forget."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside it
        is_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_app and not spend_code(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OnceAuthenticateForm(_OnceOnly, OurWords, AuthenticateForm):  # type: ignore[misc]  # allauth comes without types
    """The second step of signing in."""


class OnceReauthenticateForm(_OnceOnly, OurWords, ReauthenticateForm):  # type: ignore[misc]  # allauth comes without types
    """Proving again who one is."""
