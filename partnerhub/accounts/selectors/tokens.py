"""API tokens, and the service members for whom they act."""

from django.db.models import F, Q, QuerySet
from django.utils.timezone import now

from partnerhub.accounts.models import ApiToken, Membership, TokenState
from partnerhub.accounts.selectors.people import own_organisation
from partnerhub.roles import MEMBERS_MANAGE, TOKENS_MANAGE


def tokens_for(membership: Membership) -> QuerySet[ApiToken]:
    """The API tokens of the own organisation, newest first."""
    rows: QuerySet[ApiToken] = ApiToken.objects.select_related("membership__user", "created_by__user")
    if not membership.can(TOKENS_MANAGE):
        return rows.none()
    return rows.filter(own_organisation(membership)).order_by("-created_at")


def tokens_in(state: TokenState) -> Q:
    """Those in this state, as `ApiToken.state` has it."""
    revoked, over = Q(revoked_at__isnull=False), Q(expires_at__lte=now())
    borrowed = ~Q(membership_id=F("created_by_id")) & Q(membership__user__is_service=False)
    match state:
        case TokenState.REVOKED:
            return revoked
        case TokenState.EXPIRED:
            return ~revoked & over
        case TokenState.BORROWED:
            return ~revoked & ~over & borrowed
    return ~revoked & ~over & ~borrowed


def token_holders_for(membership: Membership) -> QuerySet[Membership]:
    """The members for whom one's tokens may act: oneself, and the service members of the own organisation."""
    rows: QuerySet[Membership] = Membership.objects.filter(is_active=True, partner=membership.partner_id)
    return rows.filter(Q(pk=membership.pk) | Q(user__is_service=True)).select_related("user").order_by("name_key")


def service_members_for(membership: Membership) -> QuerySet[Membership]:
    """The service members of the own organisation, for whoever manages its people."""
    rows: QuerySet[Membership] = Membership.objects.filter(is_active=True, user__is_service=True)
    rows = rows.select_related("user", "partner").order_by("name_key")
    return rows.filter(own_organisation(membership)) if membership.can(MEMBERS_MANAGE) else rows.none()
