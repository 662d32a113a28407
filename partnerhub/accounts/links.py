"""Links of invitations: the token that a mail carries is derived from the row, and not stored."""

import base64
import hashlib
import hmac
from uuid import UUID

from django.utils.crypto import salted_hmac

from partnerhub.accounts.models import Invitation
from partnerhub.web.stored_secrets import signing_keys

INVITATION_SALT = "partnerhub.accounts.invitation"


def digest_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256. Enough, because our secrets are random and long."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_invitation_token(invitation: Invitation) -> str:
    """The token of an invitation: a signature of its id and its end, so that sending it again gives another one."""
    return _token(invitation, signing_keys()[0])


def invitation_token(invitation: Invitation) -> str:
    """The token of a stored invitation, by the key of its day.

    Empty where no key that is still known made it: then the invitation has to be sent again.
    """
    for key in signing_keys():
        token = _token(invitation, key)
        if hmac.compare_digest(digest_of(token), invitation.token_digest):
            return token
    return ""


def invitation_path(invitation_id: UUID | str) -> str:
    """The address below the tenant that an invitation's mail links to: `/welcome/<token>/`; empty if it is over.

    The token stands in no event, message or log: whoever writes the mail asks here, inside the tenant.
    """
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    token = invitation_token(invitation) if invitation and invitation.is_open else ""
    return f"/welcome/{token}/" if token else ""


def _token(invitation: Invitation, key: bytes | str) -> str:
    value = f"{invitation.pk}:{invitation.expires_at.timestamp():.6f}"
    signature = salted_hmac(INVITATION_SALT, value, secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")
