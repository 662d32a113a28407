"""Leads that wait to be routed, and what makes them wait: the worker routes them set by set (E9).

One worker routes a tenant's leads at a time; what is routed is marked in the transaction that routes it. So a second
worker, or the same event again, finds nothing left to do.
"""

from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import OperationalError, transaction
from django.utils.timezone import now

from partnerhub.routing.models import LeadRouting
from partnerhub.routing.selectors import waiting_ids
from partnerhub.routing.services.router import Router, leave_unrouted
from partnerhub.routing.states import RoutingOutcome
from partnerhub.tenancy.locks import count_alone
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

log = structlog.get_logger(__name__)

ROUTED_TOGETHER = 100
MOST_ROUNDS = 20


def route_waiting(tenant: Tenant) -> int:
    """Route what waits in the tenant, in sets of a few; how many leads. Each set is a transaction."""
    done = 0
    for _round in range(MOST_ROUNDS):
        routed = _route_some(tenant)
        done += routed
        if routed < ROUTED_TOGETHER:
            break
    return done


def _route_some(tenant: Tenant) -> int:
    with tenant_scope(tenant):
        if not waiting_ids(1):
            return 0
        count_alone("routing")
        ids = waiting_ids(ROUTED_TOGETHER)[:ROUTED_TOGETHER]
        return _route(ids) if ids else 0


def _route(ids: Sequence[UUID]) -> int:
    """How many were routed: all. What is wrong with one lead holds up no other: then each is routed by itself."""
    try:
        with transaction.atomic():
            return Router().route(ids)
    except OperationalError:
        raise
    except Exception as error:
        log.exception("routing.failed", leads=[str(key) for key in ids], error=str(error))
    if len(ids) > 1:
        return sum(_route([key]) for key in ids)
    leave_unrouted(ids[0])
    return 1


@transaction.atomic
def wait_for_rules(lead_id: UUID) -> None:
    """The lead waits to be routed, from the first rule on, whoever had it before."""
    LeadRouting.objects.update_or_create(
        lead_id=lead_id, defaults={"outcome": RoutingOutcome.WAITING, "passed": 0, "created_at": now()}
    )


@transaction.atomic
def offer_came_to_nothing(lead_id: UUID, partner_id: UUID) -> None:
    """An offer that a rule has made was declined, or has run out: the rules after it are asked (rulings 5)."""
    routing = LeadRouting.objects.select_for_update().filter(lead=lead_id).first()
    if routing is None or routing.target_id != partner_id or routing.outcome != RoutingOutcome.RULE:
        return
    routing.refused = sorted({*routing.refused, partner_id})
    # The same rule may name another partner: it is asked once more, and never offers it to this one again.
    routing.outcome, routing.passed, routing.created_at = RoutingOutcome.WAITING, (routing.rule_number or 1) - 1, now()
    routing.save(update_fields=["refused", "outcome", "passed", "created_at"])
