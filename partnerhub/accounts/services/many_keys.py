"""Many invitations or tokens at once: each by the rules that hold for one, with a result of its own."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from partnerhub.accounts.models import ApiToken, Invitation, Membership
from partnerhub.accounts.selectors import pending_invitations_for, tokens_for
from partnerhub.accounts.services.invitations import resend_invitation, revoke_invitation
from partnerhub.accounts.services.tokens import revoke_token
from partnerhub.errors import Reason, Refused
from partnerhub.web.lists.bulk import Chosen, Results, each


@transaction.atomic
def resend_invitations(chosen: Chosen, *, by: Membership, together: UUID | None = None) -> Results:
    """Send each a new link. Refused for one that was used, and for an address that had too much mail today."""

    def resend(key: UUID, _seen: int | None) -> Invitation:
        return resend_invitation(pending_invitations_for(by).get(pk=key), by=by)

    return each(chosen, resend, gone=_("This invitation was used or revoked meanwhile."))


@transaction.atomic
def revoke_invitations(chosen: Chosen, *, by: Membership, together: UUID | None = None) -> Results:
    """Make each link useless. Refused for one that was used."""

    def revoke(key: UUID, _seen: int | None) -> Invitation:
        return revoke_invitation(pending_invitations_for(by).get(pk=key), by=by)

    return each(chosen, revoke, gone=_("This invitation was used or revoked meanwhile."))


@transaction.atomic
def revoke_tokens(chosen: Chosen, *, by: Membership, together: UUID | None = None) -> Results:
    """Make each key useless at once. Refused for one that is revoked already."""

    def revoke(key: UUID, _seen: int | None) -> ApiToken:
        token = tokens_for(by).get(pk=key)
        if token.revoked_at:
            raise Refused(Reason("revoked", _("This token is revoked already.")))
        return revoke_token(token, by=by)

    return each(chosen, revoke, gone=_("This token is not there any more."))
