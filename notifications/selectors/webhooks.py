"""Webhooks: which endpoints a member manages, what they are told of, and what is due."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from notifications.models import Endpoint, Hook
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Audience, Event
from partnerhub.events.words import KINDS
from partnerhub.roles import PARTNER, TOKENS_MANAGE, VENDOR

TESTED = "webhook.tested"


def endpoints_for(membership: Membership) -> QuerySet[Endpoint]:
    """The endpoints that this member's side manages: all on the vendor side, else the own partner's; none removed."""
    rows = Endpoint.objects.filter(removed_at=None).select_related("owner__user", "owner__partner")
    return rows if membership.side == VENDOR else rows.filter(partner=membership.partner_id)


def deliveries_to(endpoint: Endpoint) -> QuerySet[Hook]:
    """What was sent to an endpoint, or waits."""
    return Hook.objects.filter(endpoint=endpoint)


def event_types() -> list[str]:
    """What an endpoint can ask for: every kind of event there is, but what is told of webhooks themselves."""
    return sorted(kind for kind in KINDS if not kind.startswith("webhook."))


def may_send(endpoint: Endpoint) -> bool:
    """Whether it is on, and its owner is still here and may have it."""
    owner = endpoint.owner
    here = owner.is_here and (owner.partner is None or owner.partner.is_active)
    return not endpoint.off_because and endpoint.removed_at is None and here and owner.can(TOKENS_MANAGE)


def signing(endpoint: Endpoint, *, at: datetime) -> list[dict[str, Any]]:
    """The secrets that sign: the newest, and former ones until they run out."""
    return [one for one in endpoint.secrets if one["until"] is None or datetime.fromisoformat(one["until"]) > at]


def is_told(endpoint: Endpoint, event: Event) -> bool:
    """Whether this event is for this endpoint: of its side, of its partner, and asked for. A test is for its own."""
    if event.kind.startswith("webhook."):
        return event.kind == TESTED and event.subject_id == endpoint.pk
    side = VENDOR if endpoint.partner_id is None else PARTNER
    own = endpoint.partner_id in {None, event.partner_id} and event.audience in {Audience.BOTH, side}
    return own and (not endpoint.event_types or event.kind in endpoint.event_types)


def told_endpoints(events: Collection[Event]) -> dict[UUID, list[Endpoint]]:
    """By id of the event the endpoints that are told of it; without those that nobody is told of. One statement."""
    rows = Endpoint.objects.filter(removed_at=None, off_because="").select_related("owner__user", "owner__partner")
    endpoints = [row for row in rows.order_by("pk") if may_send(row)] if events else []
    told = {event.pk: [row for row in endpoints if is_told(row, event)] for event in events}
    return {key: rows for key, rows in told.items() if rows}


def due_hooks(at: datetime, most: int) -> dict[UUID, list[UUID]]:
    """Deliveries that are due, by tenant: of each endpoint the oldest, and none where one is on its way.

    So an endpoint hears one after the other, and one that is slow or has much to hear holds up no other. A door past
    the wall: it gives ids only.
    """
    due: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, id FROM due_hooks(%s, %s)", [at, most])
        for tenant_id, hook_id in cursor.fetchall():
            due.setdefault(tenant_id, []).append(hook_id)
    return due
