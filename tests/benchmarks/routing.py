"""Routing: what a lead costs the worker with as many rules as a version can have, of which the last one takes it."""

import time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.models import UNASSIGNED, Lead, Program
from leads.selectors import representatives
from partnerhub.accounts.demo import acting
from partnerhub.accounts.models import Membership
from partnerhub.routing.models import LeadRouting
from partnerhub.routing.services import begin_rule_set, name_fallback, route_waiting, set_rules, switch_on
from partnerhub.routing.states import MOST_RULES
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

GOAL = 3.0
"""Milliseconds a lead."""


def routing_cost(slug: str, manager: str, leads: int) -> str:
    """Leads of the tenant that have nobody wait for the rules, and are routed. In a line."""
    tenant = Tenant.objects.get(slug=slug)
    with tenant_scope(tenant):
        member = Membership.objects.get(user__email=manager)
    with acting(tenant, member):
        _set_up(member)
        waiting = Lead.objects.filter(UNASSIGNED, is_set_aside=False).values_list("pk", flat=True)[:leads]
        LeadRouting.objects.bulk_create([LeadRouting(lead_id=key) for key in waiting])
    with CaptureQueriesContext(connection) as sent:
        began = time.perf_counter()
        routed = route_waiting(tenant)
        cost = (time.perf_counter() - began) * 1000 / max(routed, 1)
    mark = "✓" if cost <= GOAL else "✗"
    return (
        f"Routing: {cost:.1f} ms a lead with {MOST_RULES} rules (goal ≤ {GOAL:.0f} {mark}), {len(sent)} statements for"
        f" {routed} leads."
    )


def _set_up(by: Membership) -> None:
    people = [str(member.pk) for member in representatives()]
    rules: list[dict[str, Any]] = [
        {"name": f"Rule {number}", "kind": "representative", "targets": people[:1], "postcodes": [f"X{number}"]}
        for number in range(1, MOST_RULES)
    ]
    rules.append({"name": "Rest", "kind": "group", "targets": people[:12]})
    for program in Program.objects.all():
        name_fallback(program.pk, to=representatives()[0].pk, by=by)
    switch_on(set_rules(begin_rule_set(by=by).pk, rules, by=by).pk, by=by)
