"""A version of the rules on past leads, before it is switched on (E9)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from leads.models import Lead, Program
from leads.services import assign_lead
from partnerhub.accounts.models import Membership
from partnerhub.claims.services import WhereTo, add_queue
from partnerhub.events.models import Event
from partnerhub.routing.models import LeadRouting, RuleSet
from partnerhub.routing.selectors import LEADS_TRIED, tried
from partnerhub.routing.services import begin_rule_set, name_fallback, route_waiting, set_rules
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.claims.conftest import bring
from tests.kits.rows import copies
from tests.routing.conftest import rule

__all__ = ["bring"]
NewLead = Callable[..., Lead]
RulesOn = Callable[..., RuleSet]


def test_a_draft_is_tried_on_past_leads_and_nothing_is_written(
    new_lead: NewLead,
    bring: Callable[..., Lead],
    acme: Tenant,
    rules_on: RulesOn,
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
    acting: Any,
    client_of: Callable[[Membership], Client],
) -> None:
    with acting(manager):
        name_fallback(Program.objects.get(slug="pos").pk, to=second_manager.pk, by=manager)
        north = add_queue({"name": "North"}, by=manager)
    rules_on(rule(representative.pk, name="Germany", countries=["DE"]))
    german = new_lead(seller)
    by_hand = new_lead(seller, company="Elbe", website="https://elbe.example.org", country="NO")
    with acting(manager):
        assign_lead(by_hand.pk, to=representative.pk, by=manager)
        draft = begin_rule_set(by=manager)
        rules = [
            rule(manager.pk, name="Germany", countries=["DE"]),
            rule(north.pk, name="Own", kind="queue", industries=["restaurant"]),
        ]
        draft = set_rules(draft.pk, rules, by=manager)
    assert route_waiting(acme) == 1
    own = bring(WhereTo.KEEP)
    with tenant_scope(acme):
        before = (Event.objects.count(), LeadRouting.objects.count(), RuleSet.objects.get(pk=draft.pk).version)
    client = client_of(manager)
    told = client.get(f"/acme/api/v1/rules/{draft.pk}/trial/").json()
    assert (told["same"], told["elsewhere"], told["untaken"]) == (0, 3, 1)
    rows = {row["lead"]: row for row in told["results"]}
    assert [row["lead"] for row in told["results"]] == [str(one.pk) for one in (own, by_hand, german)]
    said = {
        german: (
            "Solveig Aastad",
            "Rule 1 “Germany”: country Germany; Solveig Aastad gets them.",
            "Rule 1 “Germany”: country Germany; Ilse Brandvold gets them.",
        ),
        by_hand: (
            "Solveig Aastad",
            "Without the rules.",
            "No rule takes this lead. Mikael Rosenqvist is the fallback of its program.",
        ),
        own: ("Kept by the vendor", "", "Rule 2 “Own”: industry Restaurants and cafés; it waits in the queue North."),
    }
    for lead, words in said.items():
        row = rows[str(lead.pk)]
        assert (row["happened"], row["happened_words"], row["would"]["words"]) == words
    page = client.get(f"/acme/rules/{draft.pk}/trial/").content.decode()
    assert "Rule 1 “Germany”: country Germany; Ilse Brandvold gets them." in page
    assert page.count('<th scope="row">') == 3
    untaken = client.get(f"/acme/rules/{draft.pk}/trial/?show=untaken&page=9").content.decode()
    assert by_hand.reference in untaken
    assert german.reference not in untaken
    with tenant_scope(acme):
        after = (Event.objects.count(), LeadRouting.objects.count(), RuleSet.objects.get(pk=draft.pk).version)
        assert after == before


def test_whoever_gets_leads_in_a_trial_has_them_until_they_were_closed_and_500_cost_as_much_as_one(
    new_lead: NewLead,
    acme: Tenant,
    rules_on: RulesOn,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    acting: Any,
) -> None:
    rules_on(rule(manager.pk, name="Shared", kind="group", targets=[str(manager.pk), str(representative.pk)], most=1))
    lead, began = new_lead(seller), now() - timedelta(days=600)

    def a_day_each(many: int, first: int) -> None:
        """A lead comes in each day, and is closed after 36 hours."""
        copies(
            lead,
            many,
            number=lambda number: first + number,
            status=lambda number: "withdrawn",
            submitted_at=lambda number: began + timedelta(days=first + number),
            status_changed_at=lambda number: began + timedelta(days=first + number, hours=36),
        )

    with acting(manager):
        rule_set = RuleSet.objects.get()
        a_day_each(2, 10)
        with CaptureQueriesContext(connection) as few:
            assert len(tried(rule_set, manager)) == 3
        a_day_each(510, 20)
        with CaptureQueriesContext(connection) as many:
            found = tried(rule_set, manager)
    assert len(few) == len(many) <= 20
    assert len(found) == LEADS_TRIED == 500
    assert found[0].lead.pk == lead.pk
    names = {one.would.target_name for one in found[1::2]}, {one.would.target_name for one in found[2::2]}
    assert names in (({manager.name}, {representative.name}), ({representative.name}, {manager.name}))
