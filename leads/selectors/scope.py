"""Which leads a member may see: every lookup of leads starts here."""

from typing import Any

from django.db.models import QuerySet

from leads.models import Lead
from leads.states import Status
from partnerhub.roles import (
    LEADS_VIEW,
    LEADS_VIEW_ALL,
    LEADS_VIEW_ASSIGNED,
    LEADS_VIEW_OWN,
    VENDOR,
)


def scope_of(membership: Any) -> dict[str, str] | None:
    """Which leads this member may see, as columns and values; None: no lead at all."""
    if not membership.can(LEADS_VIEW):
        return None
    scope = {} if membership.side == VENDOR else {"partner": str(membership.partner_id)}
    if membership.can(LEADS_VIEW_ALL):
        return scope
    if membership.can(LEADS_VIEW_ASSIGNED):
        return scope | {"representative": str(membership.pk)}
    if membership.can(LEADS_VIEW_OWN):
        return scope | {"submitted_by": str(membership.pk)}
    return None


def leads_for(membership: Any) -> QuerySet[Lead]:
    """Every lead that this member may see; every lookup starts here. The vendor side sees no drafts."""
    scope = scope_of(membership)
    if scope is None:
        return Lead.objects.none()
    rows = Lead.objects.filter(**scope)
    return rows.filter(submitted_at__isnull=False) if membership.side == VENDOR else rows


def listed_leads(membership: Any) -> QuerySet[Lead]:
    """The leads of *Submitted leads*, nothing else with them."""
    rows = leads_for(membership)
    return rows if membership.side == VENDOR else rows.filter(submitted_at__isnull=False)


def drafts_of(membership: Any) -> QuerySet[Lead]:
    """The own side's unsent leads."""
    return leads_for(membership).filter(status=Status.DRAFT)
