"""From rules to a lead with its representative, partner or queue, and to the words that say why (E9; rulings 4, 5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from leads.models import Lead, Program
from leads.services import assign_lead
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.absences.services import plan_absence
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.services import WhereTo, add_queue, return_lead
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.routing.models import LeadRouting, RuleSet
from partnerhub.routing.selectors import routed_words
from partnerhub.routing.services import begin_rule_set, name_fallback, route_waiting, set_rules, switch_on
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.claims.conftest import bring
from tests.routing.conftest import rule

__all__ = ["bring"]
NewLead = Callable[..., Lead]
RulesOn = Callable[..., RuleSet]


def routed(lead: Lead) -> LeadRouting:
    return LeadRouting.objects.get(lead=lead.pk)


def test_nothing_is_routed_where_nobody_has_set_it_up(new_lead: NewLead, acme: Tenant, seller: Membership) -> None:
    lead = new_lead(seller)
    assert route_waiting(acme) == 0
    with tenant_scope(acme):
        assert not LeadRouting.objects.exists()
        assert Lead.objects.get(pk=lead.pk).representative is None


def test_the_first_rule_that_fits_names_the_representative_before_the_confirmation_is_written(
    new_lead: NewLead,
    acme: Tenant,
    rules_on: RulesOn,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    client_of: Callable[[Membership], Client],
) -> None:
    with tenant_scope(acme):
        pos = str(Program.objects.get(slug="pos").pk)
    rules_on(
        rule(manager.pk, name="Norway", countries=["NO"]),
        rule(representative.pk, name="German tills", programs=[pos], countries=["DE"], postcodes=["20"]),
    )
    lead = new_lead(seller, postcode="20457")
    with tenant_scope(acme):
        assert Lead.objects.get(pk=lead.pk).representative is None
    fan_out_events()
    with tenant_scope(acme):
        decided = routed(lead)
        assert Lead.objects.get(pk=lead.pk).representative == representative
        assert (decided.set_number, decided.rule_number, decided.rule_name) == (1, 2, "German tills")
        words = "Rule 2 “German tills”: program POS, country Germany, postcode 20…; Solveig Aastad gets them."
        assert routed_words(decided) == words
        told = Event.objects.filter(kind="lead.assigned", subject_id=lead.pk).get()
        assert (told.actor_side, told.data["assigned_to"]) == ("system", representative.name)
        assert Message.objects.filter(event__kind="lead.submitted").exists()
    assert route_waiting(acme) == 0
    client = client_of(manager)
    page = client.get(f"/acme/leads/{lead.pk}/").content.decode()
    assert "Rule 2 “German tills”: program POS" in page
    assert page.count("German tills") == 2  # the card, and the timeline
    answer = client.get(f"/acme/api/v1/leads/{lead.pk}/routing/").json()
    assert (answer["rule_number"], answer["rule_set"], answer["outcome"]) == (2, 1, "rule")
    assert answer["words"] == routed_words(decided)


def test_a_group_shares_by_load_and_weight_and_somebody_who_assigned_meanwhile_was_right(
    new_lead: NewLead,
    acme: Tenant,
    rules_on: RulesOn,
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
    acting: Any,
) -> None:
    two = [str(manager.pk), str(representative.pk)]
    weights = {two[0]: 1, two[1]: 2}
    rules_on(rule(manager.pk, name="Shared", kind="group", targets=two, weights=weights, most=3))
    with acting(manager):
        name_fallback(Program.objects.get(slug="pos").pk, to=second_manager.pk, by=manager)
    sites = {f"Shop {number}": f"https://s{number}.example.org" for number in range(8)}
    leads = [new_lead(seller, company=shop, website=site) for shop, site in sites.items()]
    with acting(manager):
        assign_lead(leads[0].pk, to=representative.pk, by=manager)
    assert route_waiting(acme) == 7
    assert route_waiting(acme) == 0
    with tenant_scope(acme):
        held = {lead.pk: lead.representative_id for lead in Lead.objects.all()}
        names = {manager.pk: "m", representative.pk: "r", second_manager.pk: "f"}
        assert "".join(names[held[lead.pk]] for lead in leads) == "rmrmrmff"
        assert not LeadRouting.objects.filter(lead=leads[0].pk).exists()
        assert routed_words(routed(leads[2])) == (
            "Rule 1 “Shared”: any lead; Solveig Aastad has the fewest open leads for a weight of 2, 1."
        )
        nobody = "No rule takes this lead. Mikael Rosenqvist is the fallback of its program."
        assert routed_words(routed(leads[7])) == nobody
        name_it = LeadRouting.objects.filter(outcome="fallback").values_list("set_number", "rule_number")
        assert set(name_it) == {(1, None)}


def test_the_work_of_who_is_away_goes_to_the_deputy_and_the_words_name_both(
    new_lead: NewLead,
    acme: Tenant,
    rules_on: RulesOn,
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
    representative: Membership,
    acting: Any,
) -> None:
    rules_on(rule(representative.pk, name="Norway", countries=["NO"]))
    with acting(manager):
        name_fallback(Program.objects.get(slug="pos").pk, to=representative.pk, by=manager)
    with acting(representative):
        today = localdate()
        plan_absence(first_day=today, last_day=today, deputy=second_manager.pk, note="", by=representative)
    ruled = new_lead(seller, country="NO")
    left = new_lead(seller, company="Elbe", website="https://elbe.example.org", country="DE")
    assert route_waiting(acme) == 2
    with tenant_scope(acme):
        assert {Lead.objects.get(pk=lead.pk).representative_id for lead in (ruled, left)} == {second_manager.pk}
        covers = "Mikael Rosenqvist covers for Solveig Aastad"
        assert routed_words(routed(ruled)) == f"Rule 1 “Norway”: country Norway; {covers}."
        assert routed_words(routed(left)) == f"No rule takes this lead. {covers}, the fallback of its program."


def test_an_offer_that_is_declined_goes_to_the_next_rule_and_never_to_the_same_partner_again(
    bring: Callable[..., Lead],
    acme: Tenant,
    rules_on: RulesOn,
    seller: Membership,
    manager: Membership,
    acting: Any,
) -> None:
    with acting(manager):
        north = add_queue({"name": "North"}, by=manager)
    partner = seller.partner_id
    rules_on(
        rule(partner, name="Offer", kind="partner", countries=["DE"]),
        rule(partner, name="Again", kind="partner"),
        rule(north.pk, name="Rest", kind="queue"),
    )
    lead = bring(WhereTo.RULES)
    assert route_waiting(acme) == 1
    with tenant_scope(acme):
        assert routed_words(routed(lead)).startswith("Rule 1 “Offer”: country Germany; it is offered to")
        assert Claim.objects.get(lead=lead.pk).status == "offered"
    with acting(seller):
        return_lead(lead.pk, text="Too far away.", by=seller)
    assert route_waiting(acme) == 1
    assert route_waiting(acme) == 0
    with tenant_scope(acme):
        place = QueuedLead.objects.get(lead=lead.pk)
        assert (place.place, place.queue.name) == ("queue", "North")
        assert routed_words(routed(lead)) == "Rule 3 “Rest”: any lead; it waits in the queue North."
        assert Claim.objects.filter(lead=lead.pk).count() == 1
        assert Event.objects.filter(kind="leadrouting.decided", subject_id=routed(lead).pk).count() == 2


def test_no_version_is_switched_on_while_a_program_has_no_fallback_and_leads_of_one_who_left_wait_in_unassigned(
    new_lead: NewLead,
    acme: Tenant,
    rules_on: RulesOn,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    acting: Any,
    client_of: Callable[[Membership], Client],
) -> None:
    client = client_of(manager)
    with acting(manager):
        pos, plus = (Program.objects.get(slug=slug).pk for slug in ("pos", "plus"))
        draft = set_rules(
            begin_rule_set(by=manager).pk, [rule(manager.pk, name="Norway", countries=["NO"])], by=manager
        )
        name_fallback(pos, to=representative.pk, by=manager)
        with pytest.raises(Refused, match="Nobody gets the leads of Plus that no rule takes"):
            switch_on(draft.pk, by=manager)
    assert "Nobody gets the leads of Plus" in client.get(f"/acme/rules/{draft.pk}/").content.decode()
    with acting(manager):
        name_fallback(plus, to=representative.pk, by=manager)
        switch_on(draft.pk, by=manager)
        with pytest.raises(Refused, match="somebody has to get the leads"):
            name_fallback(pos, to=None, by=manager)
    assert "Nobody gets the leads" not in client.get(f"/acme/rules/{draft.pk}/").content.decode()
    with tenant_scope(acme):
        Membership.objects.filter(pk=representative.pk).update(is_active=False)
    lead = new_lead(seller)
    assert route_waiting(acme) == 1
    said = "No rule takes this lead, and its program has no fallback who can get it: it waits in Unassigned."
    assert said in client.get(f"/acme/leads/{lead.pk}/").content.decode()
    assert "Nobody gets the leads of POS, Plus" in client.get(f"/acme/rules/{draft.pk}/").content.decode()
    assert lead.reference in client.get("/acme/triage/").content.decode()
