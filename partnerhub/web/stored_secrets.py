"""Keys of the installation: what is stored is encrypted, and what is mailed is signed, with keys that can be changed.

`STORED_SECRETS_KEYS` holds them, the newest first, each with a name that stands in the stored value; so it is known
with which key a value was written, and `manage.py reencrypt_secrets` carries it over. Where there are none, and for
what was stored and mailed before there were, the keys are made from SECRET_KEY and SECRET_KEY_FALLBACKS.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SECRETS_SALT = "partnerhub.accounts.second_factor"
SEPARATOR = ":"


class SecretUnreadable(ValidationError):
    """The key that this was stored with is gone. A form shows it; a page that is asked for says the same."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "What your second step is checked with can't be read any more. Ask whoever runs the portal to bring the"
                " former key back, or to reset your two-step sign-in."
            ),
            code="secret_unreadable",
        )


@dataclass(frozen=True)
class Key:
    """A key under its name. `text` is as it stands in the settings."""

    name: str
    text: str

    @property
    def box(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{SECRETS_SALT}{self.text}".encode()).digest()))


def keys() -> list[Key]:
    """All keys that are known, the one for new values first."""
    own = [Key(name, text) for name, text in settings.STORED_SECRETS_KEYS]
    derived = [_derived(text) for text in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return own + derived


def signing_keys() -> list[bytes | str]:
    """The keys of what is mailed, the one for new links first: the same, so a link outlives a change of SECRET_KEY."""
    return [key.text for key in keys()]


def encrypt(text: str) -> str:
    """The text as it is stored: the key's name, then what only that key opens."""
    newest = keys()[0]
    return f"{newest.name}{SEPARATOR}{newest.box.encrypt(text.encode()).decode()}"


def decrypt(stored: str) -> str:
    """The text of a stored value. Raises SecretUnreadable where no known key opens it."""
    name, _separator, token = stored.rpartition(SEPARATOR)
    for key in keys():
        if name in {"", key.name}:  # the first values were stored without a name
            try:
                return key.box.decrypt(token.encode()).decode()
            except InvalidToken:
                continue
    raise SecretUnreadable


def is_current(stored: str) -> bool:
    """Whether a value was stored with the newest key."""
    return stored.startswith(f"{keys()[0].name}{SEPARATOR}")


def _derived(text: str) -> Key:
    return Key(f"secret-key-{hashlib.sha256(text.encode()).hexdigest()[:8]}", text)
