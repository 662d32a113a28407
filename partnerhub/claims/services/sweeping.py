"""The clock of claims: holders who do nothing are warned and lose the lead, offers end."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from leads.models import Lead
from partnerhub.claims.models import Claim
from partnerhub.claims.services.giving_back import expire, lapse
from partnerhub.claims.services.records import CLAIMS
from partnerhub.claims.states import HOLDING, Status
from partnerhub.events.services import SYSTEM

MOST_CLAIMS_SWEPT = 200


def sweep_claims() -> None:
    """Expire, lapse and warn what is due in the tenant that is named; each in a transaction of its own."""
    at = now()
    for claim in _due(Claim.objects.filter(status=Status.OFFERED, lease_until__lte=at)):
        _unless_faster(claim)
    for claim in _due(Claim.objects.filter(status__in=HOLDING, lease_until__lte=at)):
        _unless_faster(claim)
    for claim in _due(Claim.objects.filter(status__in=HOLDING, is_warned=False, warn_at__lte=at)):
        _warn(claim.pk)


def _due(rows: QuerySet[Claim]) -> list[Claim]:
    return list(rows.order_by("lease_until")[:MOST_CLAIMS_SWEPT])


@transaction.atomic
def _unless_faster(claim: Claim) -> None:
    """End what is due, unless somebody has acted before the lead and the claim were locked."""
    Lead.objects.select_for_update().only("pk").get(pk=claim.lead_id)
    held = CLAIMS.held(claim.pk)
    if held.status == claim.status and held.lease_until and held.lease_until <= now():
        expire(held) if held.status == Status.OFFERED else lapse(held)


@transaction.atomic
def _warn(key: UUID) -> None:
    held = CLAIMS.held(key)
    if held.status in HOLDING and not held.is_warned and held.warn_at and held.warn_at <= now():
        CLAIMS.take("warn", held, by=SYSTEM, changes={"is_warned": True})
