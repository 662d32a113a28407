"""Keys for programs (quality 25): shown once, kept as a digest, limited in what they may do and for how long."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.links import digest_of
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.rights import scope_labels
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.roles import TOKENS_MANAGE, permissions_of

LONGEST = timedelta(days=365)
MARK = "phub_"
PREFIX_LENGTH = 12


@transaction.atomic
def create_token(
    *,
    name: str,
    membership: Membership,
    scopes: Iterable[str],
    expires_at: datetime,
    by: Membership,
    id: UUID | None = None,
) -> tuple[ApiToken, str]:
    """A key that acts as `membership`, within `scopes`, and its secret: the only time that it can be read.

    A form sends the `id` of the token that it wants, so that sent twice it makes one. The caller has made sure that the
    person has just proved who they are. Raises Refused for a scope the member's roles do not carry, and for an end in
    the past or more than a year away.
    """
    _require(by, membership.partner_id)
    wanted = set(scopes)
    reasons = _against(wanted, membership=membership, expires_at=expires_at, by=by)
    if reasons:
        raise Refused(reasons)
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken(
        partner_id=membership.partner_id,
        membership=membership,
        created_by=by,
        name=name.strip(),
        prefix=secret[:PREFIX_LENGTH],
        digest=digest_of(secret),
        scopes=sorted(wanted),
        expires_at=expires_at,
        **({"id": id} if id else {}),
    )
    try:
        with transaction.atomic():
            token.save(force_insert=True)
    except IntegrityError as error:
        text = _("This token was created a moment ago and can't be shown again. Revoke it, and create another.")
        raise Refused(Reason("token_exists", text)) from error
    record("token.created", token, actor=by, after=_about(token), data=_whose(token))
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Membership) -> ApiToken:
    """Make the key useless at once. Revoking it again changes nothing."""
    _require(by, token.partner_id)
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now()):
        record("token.revoked", token, actor=by, before=_about(token), data=_whose(token))
    token.refresh_from_db()
    return token


def _require(by: Membership, partner_id: object) -> None:
    if not by.can(TOKENS_MANAGE) or by.partner_id != partner_id:
        raise NotPermitted(TOKENS_MANAGE)


def _against(wanted: set[str], *, membership: Membership, expires_at: datetime, by: Membership) -> list[Reason]:
    reasons = []
    if by.limited_to is not None:
        reasons.append(Reason("token_by_token", _("A token can't create another one. Sign in to do it.")))
    if not wanted:
        reasons.append(Reason("no_scopes", _("Choose at least one thing that the token may do."), field="scopes"))
    carried = permissions_of(membership.roles) if membership.is_active else frozenset()
    if beyond := sorted(wanted - carried):
        text = _("The roles of %(name)s do not include: %(rights)s.")
        text %= {"name": membership.name, "rights": ", ".join(words for _word, words in scope_labels(beyond))}
        reasons.append(Reason("scope_beyond_member", text, field="scopes"))
    if not now() < expires_at <= now() + LONGEST + timedelta(hours=1):
        reasons.append(Reason("expiry_out_of_range", _("A token lasts a year at most."), field="expires_at"))
    return reasons


def _about(token: ApiToken) -> dict[str, object]:
    return {
        "name": token.name,
        "prefix": token.prefix,
        "acts_as": token.membership.name,
        "scopes": token.scopes,
        "expires_at": token.expires_at.isoformat(),
    }


def _whose(token: ApiToken) -> dict[str, str]:
    return {"membership_id": str(token.membership_id), "url": "/settings/tokens/"}
