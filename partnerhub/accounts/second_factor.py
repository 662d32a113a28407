"""Forms of two-step sign-in: a code of an app counts once, whatever it was used for (RFC 6238, 5.2)."""

import time

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.db import transaction

from partnerhub.accounts.sign_in_words import OurWords

STEP = "last_step"
"""Under which an authenticator keeps the last step of time whose code it has accepted."""


def spend_step(authenticator: Authenticator) -> bool:
    """Use up the code of the present step; False if it was used already. Two at once take turns."""
    step = int(time.time()) // app_settings.TOTP_PERIOD
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
        if is_app and not spend_step(self.authenticator):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OnceAuthenticateForm(_OnceOnly, OurWords, AuthenticateForm):  # type: ignore[misc]  # allauth comes without types
    """The second step of signing in."""


class OnceReauthenticateForm(_OnceOnly, OurWords, ReauthenticateForm):  # type: ignore[misc]  # allauth comes without types
    """Proving again who one is."""
