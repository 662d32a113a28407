"""Signed addresses in mail: they say who and what, and nothing is kept."""

from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner

from partnerhub.web.stored_secrets import signing_keys

CONFIRM_SECONDS = 3 * 24 * 3600


class BadToken(Exception):
    """The token was not made by us, or is too old."""


def _unsubscribe() -> Signer:
    key, *former = signing_keys()
    return Signer(key=key, fallback_keys=former, salt="notifications.unsubscribe")


def _confirm() -> TimestampSigner:
    key, *former = signing_keys()
    return TimestampSigner(key=key, fallback_keys=former, salt="notifications.confirm-address")


def unsubscribe_path(membership_id: UUID, purpose: str) -> str:
    """`/unsubscribe/<token>/`, below the tenant. It never runs out: an old mail still lets a person stop (RFC 8058)."""
    return f"/unsubscribe/{_unsubscribe().sign(f'{membership_id.hex}.{purpose}')}/"


def read_unsubscribe(token: str) -> tuple[UUID, str]:
    """The member and the purpose. Raises BadToken."""
    try:
        member, _, purpose = _unsubscribe().unsign(token).partition(".")
        return UUID(member), purpose
    except (BadSignature, ValueError) as error:
        raise BadToken from error


def confirmation_path(membership_id: str, address: str) -> str:
    """`/settings/communication/confirm/<token>/`, below the tenant; good for three days after the mail."""
    token = _confirm().sign_object([membership_id, address])
    return f"/settings/communication/confirm/{token}/"


def read_confirmation(token: str) -> tuple[UUID, str]:
    """The member and the address they want. Raises BadToken."""
    try:
        member, address = _confirm().unsign_object(token, max_age=CONFIRM_SECONDS)
        return UUID(member), str(address)
    except (BadSignature, SignatureExpired, ValueError, TypeError) as error:
        raise BadToken from error
