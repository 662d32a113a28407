"""Keys for programs (quality 25): shown once, kept as a digest, limited in what they may do and for how long."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.links import digest_of
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.rights import scope_labels
from partnerhub.actors import Actor
from partnerhub.errors import AlreadySent, NotPermitted, Reason, Refused
from partnerhub.events.services import SYSTEM, record
from partnerhub.roles import TOKENS_MANAGE, permissions_of
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import all_tenants, tenant_scope

LONGEST_LIFE = timedelta(days=365)
KEY_PREFIX = "phub_"
PREFIX_LENGTH = 12
TOKENS_REVOKED = 500


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
    """A key that acts for `membership`, within `scopes`, and its secret: the only time that it can be read.

    `membership` is the maker's own seat, or a service member of the own organisation: nobody lends out another person.

    A form sends the `id` of the token that it wants, so that sent twice it makes one. The caller has made sure that the
    person has just proved who they are. Raises Refused for another person's seat, for a scope that the roles of both,
    maker and member, do not carry, and for an end in the past or more than a year away; AlreadySent where the id has
    made another token.
    """
    _require(by, membership.partner_id)
    wanted = set(scopes)
    reasons = _against(wanted, membership=membership, expires_at=expires_at, by=by)
    if reasons:
        raise Refused(reasons)
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
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
        _check_repetition(token)
        text = _("This token was created a moment ago and can't be shown again. Revoke it, and create another.")
        raise Refused(Reason("token_exists", text)) from error
    record("token.created", token, actor=by, after=about_token(token), data=whose_token(token))
    return token, secret


def _check_repetition(wanted: ApiToken) -> None:
    """Raise AlreadySent where the form's id has made another token than this one."""
    made = ApiToken.objects.filter(pk=wanted.pk).select_related("membership__user").first()
    if made is None:
        return
    pairs = {name: (getattr(wanted, name), getattr(made, name)) for name in ("name", "membership_id", "scopes")}
    if difference := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
        raise AlreadySent(made, difference)


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Membership) -> ApiToken:
    """Make the key useless at once. Revoking it again changes nothing."""
    _require(by, token.partner_id)
    _revoke(token, by=by)
    token.refresh_from_db()
    return token


def revoke_borrowed_tokens() -> int:
    """As the system, end the tokens that act for another person, in every tenant; says how many.

    They were made before a token acted for its maker only, or by a process of that time beside newer ones. The door
    refuses them already; this tells whoever made them. Called by beat: it finds nothing from the second time on.
    """
    return sum(map(_revoke_borrowed_of, all_tenants()))


@transaction.atomic
def _revoke_borrowed_of(tenant: Tenant) -> int:
    with tenant_scope(tenant):
        others = ApiToken.objects.filter(revoked_at=None, membership__user__is_service=False)
        rows = others.exclude(membership=F("created_by")).select_related("membership__user", "created_by__user")
        return sum(_revoke(token, by=SYSTEM) for token in rows[:TOKENS_REVOKED])


def _revoke(token: ApiToken, *, by: Actor) -> bool:
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now()):
        return False
    record("token.revoked", token, actor=by, before=about_token(token), data=whose_token(token))
    return True


def scopes_open_to(maker: Membership, membership: Membership) -> frozenset[str]:
    """The most that a token of this maker may do for this seat: what the roles of both carry."""
    if not membership.is_active:
        return frozenset()
    return permissions_of(maker.roles) & permissions_of(membership.roles)


def _require(by: Membership, partner_id: object) -> None:
    if not by.can(TOKENS_MANAGE) or by.partner_id != partner_id:
        raise NotPermitted(TOKENS_MANAGE)


def _against(wanted: set[str], *, membership: Membership, expires_at: datetime, by: Membership) -> list[Reason]:
    reasons = []
    if by.token is not None:
        reasons.append(Reason("token_by_token", _("A token can't create another one. Sign in to do it.")))
    if membership.pk != by.pk and not membership.is_service:
        text = _("A token acts for you or for a service member, never for another person.")
        reasons.append(Reason("not_ones_own", text, field="membership"))
    if not wanted:
        reasons.append(Reason("no_scopes", _("Choose at least one thing that the token may do."), field="scopes"))
    if beyond := sorted(wanted - scopes_open_to(by, membership)):
        text = _("Not among what both you and %(name)s may do: %(rights)s.")
        text %= {"name": membership.name, "rights": ", ".join(words for _word, words in scope_labels(beyond))}
        reasons.append(Reason("scope_beyond_member", text, field="scopes"))
    if not now() < expires_at <= now() + LONGEST_LIFE + timedelta(hours=1):
        reasons.append(Reason("expiry_out_of_range", _("A token lasts a year at most."), field="expires_at"))
    return reasons


def about_token(token: ApiToken) -> dict[str, object]:
    """What an event says of a token."""
    return {
        "name": token.name,
        "prefix": token.prefix,
        "acts_as": token.membership.name,
        "scopes": token.scopes,
        "expires_at": token.expires_at.isoformat(),
    }


def whose_token(token: ApiToken) -> dict[str, Any]:
    """Whom the event is told to: whoever made it, and answers for it."""
    return {
        "membership_id": str(token.created_by_id),
        "holder_id": str(token.membership_id),
        "is_service": token.membership.is_service,
        "is_borrowed": token.is_borrowed,
        "url": "/settings/tokens/",
    }
