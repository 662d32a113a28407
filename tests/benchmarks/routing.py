"""Routing: what a lead costs the worker with as many rules as a version can have, of which the last one takes it.

CPU of this process and PostgreSQL's, once it is warm: some leads are routed before.
"""

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
from tests.benchmarks.measure import Meter

GOAL = 3.0
"""Milliseconds a lead."""
WARM_UP = 5


def routing_cost(meter: Meter, slug: str, manager: str, leads: int) -> str:
    """Leads of the tenant that have nobody wait for the rules, and are routed. In a line."""
    tenant = Tenant.objects.get(slug=slug)
    with tenant_scope(tenant):
        member = Membership.objects.get(user__email=manager)
    with acting(tenant, member):
        _set_up(member)
    _let_wait(tenant, member, WARM_UP)
    route_waiting(tenant)
    waiting = _let_wait(tenant, member, leads)
    routed: list[int] = []
    with CaptureQueriesContext(connection) as sent:
        cost = meter.here(lambda: routed.append(route_waiting(tenant)), 1) / max(waiting, 1)
    mark = "✓" if cost <= GOAL else "✗"
    return (
        f"Routing: {cost:.1f} ms CPU a lead with {MOST_RULES} rules (goal ≤ {GOAL:.0f} {mark}), {len(sent)} statements"
        f" for {sum(routed)} leads."
    )


def _let_wait(tenant: Tenant, by: Membership, most: int) -> int:
    """Leads that no rule has had yet (of those submitted in this run some were routed); how many there were."""
    with acting(tenant, by):
        unkept = Lead.objects.filter(UNASSIGNED, is_set_aside=False)
        unkept = unkept.exclude(pk__in=LeadRouting.objects.values("lead_id"))
        keys = list(unkept.values_list("pk", flat=True)[:most])
        LeadRouting.objects.bulk_create([LeadRouting(lead_id=key) for key in keys])
    return len(keys)


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
