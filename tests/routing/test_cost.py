"""What routing costs with as many rules as a version can have: statements do not grow with leads (E9)."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.routing.models import LeadRouting, RuleSet
from partnerhub.routing.services import route_waiting
from partnerhub.routing.states import MOST_RULES
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.kits.rows import copies
from tests.routing.conftest import rule


def test_a_set_of_leads_is_routed_by_as_many_statements_as_a_few(
    new_lead: Callable[..., Lead],
    acme: Tenant,
    rules_on: Callable[..., RuleSet],
    seller: Membership,
    manager: Membership,
    representative: Membership,
) -> None:
    two = [str(manager.pk), str(representative.pk)]
    passed = [rule(manager.pk, name=f"Rule {one}", postcodes=[f"X{one}"]) for one in range(1, MOST_RULES)]
    rules_on(*passed, rule(manager.pk, name="Rest", kind="group", targets=two))
    lead, sent = new_lead(seller), []
    assert route_waiting(acme) == 1
    for first, many in ((100, 5), (200, 95)):
        with tenant_scope(acme):
            copies(lead, many, number=lambda one, first=first: first + one)
        with CaptureQueriesContext(connection) as statements:
            assert route_waiting(acme) == many
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 45
    with tenant_scope(acme):
        assert set(LeadRouting.objects.values_list("rule_number", "rule_name")) == {(MOST_RULES, "Rest")}
