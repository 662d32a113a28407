"""What routing brings to the tests of the whole house: see tests/brought.py."""

from typing import Any

from leads.models import Lead, Program
from partnerhub.routing.models import LeadRouting, RuleSet
from partnerhub.routing.services import begin_rule_set, name_fallback, set_rules
from partnerhub.routing.states import Status
from partnerhub.routing.tables import RuleSetList
from partnerhub.tenancy.scope import tenant_scope
from tests.brought import Sent, Steps, Visit, each, files_of, rows
from tests.kits.declared import list_of, steps_of
from tests.kits.rows import copies, moment
from tests.stack import MANAGER, Person, Stack

ADDRESSES = rows(
    """
    GET programme/rules/ CP
    GET programme/rules/export.csv CP
    GET programme/rules/export.xlsx CP
    POST programme/rules/begin/ CP
    GET,POST programme/rules/fallbacks/ CP
    GET programme/fairness/ CP
    GET programme/fairness/export.csv CP
    GET rules/<uuid:rule_set_id>/ CP rule_set
    GET rules/<uuid:rule_set_id>/trial/ CP rule_set
    GET,POST rules/<uuid:rule_set_id>/rules/new/ CP rule_set
    GET,POST rules/<uuid:rule_set_id>/rules/<int:number>/ CP rule_set
    POST rules/<uuid:rule_set_id>/rules/<int:number>/move/ CP rule_set
    POST rules/<uuid:rule_set_id>/rules/<int:number>/remove/ CP rule_set
    GET,POST api/v1/rules/ CP
    GET api/v1/rules/export/ CP
    GET,PUT api/v1/rules/<uuid:rule_set_id>/ CP rule_set
    GET api/v1/rules/<uuid:rule_set_id>/timeline/ CP rule_set
    GET api/v1/rules/<uuid:rule_set_id>/trial/ CP rule_set
    GET api/v1/routing-fairness/ CP
    GET,PUT api/v1/routing-fallbacks/ CP
    GET api/v1/leads/<uuid:lead_id>/routing/ CSFP routed
    """
)
STEPS = {
    "ruleset": Steps(
        "rules",
        record="rule_set",
        seen_by="CP",
        roles={"switch-on": "CP", "retire": "CP"},
    )
}
PAGES = {
    "programme/rules/": each("programme/rules/", MANAGER),
    "programme/rules/fallbacks/": each("programme/rules/fallbacks/", MANAGER),
    "programme/fairness/": each("programme/fairness/", MANAGER),
    "rules/<uuid:rule_set_id>/": each("rules/{rule_set}/", MANAGER),
    "rules/<uuid:rule_set_id>/trial/": each("rules/{rule_set}/trial/", MANAGER),
    "rules/<uuid:rule_set_id>/rules/new/": each("rules/{rule_set}/rules/new/", MANAGER),
    "rules/<uuid:rule_set_id>/rules/<int:number>/": (
        Visit(MANAGER, "rules/{rule_set}/rules/1/"),
        Visit(MANAGER, "rules/{rule_set}/rules/9/", 404),
    ),
    "rules/<uuid:record_id>/<slug:step>/": each("rules/{rule_set}/switch-on/", MANAGER),
}
NO_PAGE = files_of("programme/rules") | {"programme/fairness/export.csv": "a file"}
RECORDS = {"rule_set": RuleSet, "routed": Lead}
ROADS = {
    "routing.RuleSet": ("POST programme/rules/begin/", "POST api/v1/rules/"),
    "routing.ProgramFallback": ("POST programme/rules/fallbacks/", "PUT api/v1/routing-fallbacks/"),
}
FOLLOWS = {"routing.LeadRouting": "leads.Lead"}


def rule(to: Any, **said: Any) -> dict[str, Any]:
    """A rule as the verb takes it, for all leads of partners, unless it is said otherwise."""
    return {"name": "All", "kind": "representative", "targets": [str(to)], **said}


def written(house: Any) -> dict[str, Sent]:
    """What each write of routing takes."""
    representative = str(house.cast.representative.pk)
    sent = {"rules": [{"name": "Nordic", "kind": "group", "targets": [{"id": representative}], "countries": ["NO"]}]}
    return {
        "POST api/v1/rules/": Sent("C", {}),
        "PUT api/v1/rules/<uuid:rule_set_id>/": Sent("C", sent),
        "PUT api/v1/routing-fallbacks/": Sent("C", {"program": "pos", "representative": representative}),
    }


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A draft with a rule, fallbacks, and a lead that was routed."""
    manager, representative = house.cast.manager, house.cast.representative
    with house.acting(manager):
        draft = begin_rule_set(by=manager)
        set_rules(draft.pk, [rule(representative.pk)], by=manager)
        for program in Program.objects.all():
            name_fallback(program.pk, to=manager.pk, by=manager)  # whose walls show no lead more
    leads = {"own": house.new_lead(house.cast.seller).pk, "rival": house.new_lead(house.cast.rival).pk}
    with tenant_scope(house.tenant):
        Lead.objects.filter(pk__in=leads.values()).update(representative=representative)
        for key in leads.values():
            LeadRouting.objects.create(lead_id=key, outcome="left", decided_at=moment(0))
    return {"rule_set": {"own": draft.pk}, "routed": leads}


def known(stack: Stack) -> dict[str, str]:
    """A draft with a rule."""
    manager = Person(stack, MANAGER)
    begun = manager.api("rules/", {})
    assert begun.status_code == 201, begun.text
    key, people = begun.json()["id"], manager.look("/tallvik/api/v1/representatives/").json()["results"]
    rules = [{"name": "All", "kind": "representative", "targets": [{"id": people[0]["id"]}]}]
    headers = manager.head() | {"If-Match": begun.headers["ETag"]}
    written = manager.client.put(f"/tallvik/api/v1/rules/{key}/", json={"rules": rules}, headers=headers)
    assert written.status_code == 200, written.text
    return {"rule_set": key}


def rule_sets(house: Any, count: int) -> None:
    copies(
        RuleSet.objects.get(pk=house.records["rule_set"]["own"]),
        count,
        number=lambda number: 2 + number,
        status=lambda number: (Status.DRAFT, Status.RETIRED)[number % 2],
        updated_at=lambda number: moment(number // 2),
    )


LISTS = list_of(RuleSetList, rule_sets, reader="C", api="rules")
MACHINES = steps_of(
    "ruleset",
    {
        "switch_on": ((Status.DRAFT,), Status.ON),
        "retire": ((Status.DRAFT, Status.ON), Status.RETIRED),
    },
    columns=lambda house, state, step: {"status_changed_at": moment(0), "updated_at": moment(0)},
)
