"""The clock of claims: holders who do nothing are warned and lose the lead, offers end."""

from uuid import UUID

from django.utils.timezone import now

from leads.models import Lead
from partnerhub.claims.models import Claim
from partnerhub.claims.services.giving_back import expire, lapse
from partnerhub.claims.services.records import CLAIMS
from partnerhub.claims.states import HOLDING, Status
from partnerhub.events.services import SYSTEM
from partnerhub.tenancy.sweeping import sweep_due


def sweep_claims() -> int:
    """Expire, lapse and warn what is due, in all tenants; how many."""
    return sweep_due("due_claims", _free, _sweep)


def _free(key: UUID) -> Claim | None:
    """The claim, locked after its lead, as its verbs do; None where somebody is at one of them."""
    leads = Lead.objects.filter(pk__in=Claim.objects.filter(pk=key).values("lead"))
    lead = leads.select_for_update(skip_locked=True).only("pk").first()
    return CLAIMS.held_if_free(key) if lead else None


def _sweep(held: Claim) -> bool:
    at = now()
    is_over = held.lease_until is not None and held.lease_until <= at
    if is_over and held.status == Status.OFFERED:
        expire(held)
    elif is_over and held.status in HOLDING:
        lapse(held)
    elif held.status in HOLDING and not held.is_warned and held.warn_at and held.warn_at <= at:
        CLAIMS.take("warn", held, by=SYSTEM, changes={"is_warned": True})
    else:
        return False
    return True
