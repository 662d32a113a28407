"""The page on which a rule is written: bounded choices, however many partners there are (E9)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.routing.models import RuleSet
from partnerhub.routing.services import begin_rule_set, set_rules
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_partner
from tests.kits.rows import copies
from tests.routing.conftest import rule


@pytest.fixture
def client(manager: Membership, client_of: Callable[[Membership], Client]) -> Client:
    return client_of(manager)


def test_partners_of_a_rule_are_found_by_name_and_the_page_does_not_grow_with_them(
    client: Client, acme: Tenant, manager: Membership, nordwind: Partner, baltkassa: Partner, acting: Any
) -> None:
    with acting(manager):
        draft = begin_rule_set(by=manager)
    path = f"/acme/rules/{draft.pk}/rules/"
    client.get(f"{path}new/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{path}new/")
    with tenant_scope(acme):
        copies(nordwind, 2000, name=lambda one: f"Shop {one:04}", name_key=lambda one: f"shop {one:04}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"{path}new/").content.decode()
    assert len(many) == len(few)
    assert page.count("Shop ") <= 100
    sent = {"version": 1, "name": "Offer", "kind": "partner", "spread": "load"}
    vague = client.post(f"{path}new/", sent | {"partner": "shop 00"})
    assert vague.status_code == 422
    assert "Several partners are called this" in vague.content.decode()
    nobody = client.post(f"{path}new/", sent)
    assert "Choose who gets the leads." in nobody.content.decode()
    client.post(f"{path}new/", sent | {"partner": "nordwind retail"})
    two = sent | {"version": 2, "partners": [str(nordwind.pk)], "partner": "Baltk"}
    client.post(f"{path}1/", two)
    page = client.get(f"{path}1/").content.decode()
    assert "Weight of Baltkassa" in page
    assert page.count('name="partners"') == 2
    client.post(f"{path}1/", sent | {"version": 3, "partners": [str(baltkassa.pk)], f"weight_{baltkassa.pk}": 3})
    with tenant_scope(acme):
        kept = RuleSet.objects.get(pk=draft.pk).rules[0]
    assert (kept["targets"], kept["weights"]) == ([str(baltkassa.pk)], {str(baltkassa.pk): 3})
    stranger = make_partner(acme, "Left")
    with tenant_scope(acme):
        Partner.objects.filter(pk=stranger.pk).update(is_active=False)
    assert "No partner is called this." in client.post(f"{path}new/", sent | {"partner": "Left"}).content.decode()


def test_rules_are_moved_and_removed_by_plain_buttons_and_the_page_comes_back_to_the_rule(
    client: Client, acme: Tenant, manager: Membership, acting: Any
) -> None:
    with acting(manager):
        rules = [rule(manager.pk, name=f"R{number}") for number in range(1, 31)]
        draft = set_rules(begin_rule_set(by=manager).pk, rules, by=manager)
    page = f"/acme/rules/{draft.pk}/"
    moved = client.post(f"{page}rules/30/move/", {"version": draft.version, "way": "up"})
    assert moved.url == f"{page}#rule-29"
    stale = client.post(f"{page}rules/1/move/", {"version": draft.version, "way": "down"}, follow=True)
    assert "Somebody has changed the rules meanwhile." in stale.content.decode()
    assert client.post(f"{page}rules/1/remove/", {"version": draft.version + 1}).url == f"{page}#rule-1"
    with tenant_scope(acme):
        names = [one["name"] for one in RuleSet.objects.get(pk=draft.pk).rules]
    assert names == [*(f"R{number}" for number in range(2, 29)), "R30", "R29"]
    content = client.get(page).content.decode()
    assert 'id="rule-29"' in content
    assert "Move R29 up" in content
