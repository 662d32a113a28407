"""What ends with a seat, because nobody else can have it: API tokens and requests for access."""

from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import AccessRequest, ApiToken, Membership, RequestStatus
from partnerhub.accounts.services.tokens import about_token, whose_token
from partnerhub.events.services import Changed, record_each


def tokens_of(member: Membership) -> QuerySet[ApiToken]:
    """The API tokens that act for the member, and those the member made, as long as they work."""
    rows: QuerySet[ApiToken] = ApiToken.objects.filter(revoked_at=None, expires_at__gt=now())
    return rows.filter(Q(membership=member) | Q(created_by=member)).order_by("pk")


def requests_of(member: Membership) -> QuerySet[AccessRequest]:
    """The member's requests for access that nobody has decided."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.filter(membership=member, status=RequestStatus.OPEN)
    return rows.order_by("pk")


def revoke_tokens_of(member: Membership, *, by: Membership) -> None:
    """Make them useless at once; each with its event."""
    rows = list(tokens_of(member).select_related("membership__user").select_for_update(of=("self",), no_key=True))
    ApiToken.objects.filter(pk__in=[row.pk for row in rows]).update(revoked_at=now())
    told = [Changed(row, about_token(row), None, whose_token(row)) for row in rows]
    record_each("token.revoked", told, actor=by)


def close_requests_of(member: Membership, *, by: Membership) -> None:
    """Refuse what the member has asked for; each with its event."""
    rows = list(requests_of(member).select_for_update(no_key=True))
    answer = _("%(name)s is no longer a member.") % {"name": member.name}
    AccessRequest.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=RequestStatus.REFUSED, decided_by=by, decided_at=now(), answer=answer
    )
    told = [
        Changed(
            row,
            {"status": RequestStatus.OPEN.value},
            {"status": RequestStatus.REFUSED.value},
            {"membership_id": str(member.pk), "role": row.role, "role_label": row.role_label, "answer": answer},
        )
        for row in rows
    ]
    record_each("access.refused", told, actor=by)
