"""The algebra of rules: each term says the same to the ORM and in SQL."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.web.visibility import EVERYTHING, NOTHING, Filled, Holds, Is, Linked, Rule

pytestmark = pytest.mark.django_db

FIRST, SECOND = "Hafenkontor", "Weinhaus"
SUBMITTED = Linked(Event, "subject_id", Is("kind", "lead.submitted"))
RULES: list[tuple[Rule, set[str]]] = [
    (EVERYTHING, {FIRST, SECOND}),
    (NOTHING, set()),
    (Is("company", FIRST), {FIRST}),
    (Filled("submitted_at"), {FIRST, SECOND}),
    (Filled("representative_id"), set()),
    (Is("company", FIRST) | Is("company", SECOND), {FIRST, SECOND}),
    (Is("company", FIRST) & Is("company", SECOND), set()),
    (EVERYTHING & Is("company", SECOND), {SECOND}),
    (NOTHING | Is("company", SECOND), {SECOND}),
    (NOTHING & Is("company", SECOND), set()),
    (Filled("submitted_at") & (NOTHING | Is("company", FIRST)), {FIRST}),
    (SUBMITTED, {FIRST, SECOND}),
    (SUBMITTED & Is("company", FIRST), {FIRST}),
    (Linked(Event, "subject_id", Is("kind", "lead.awarded")), set()),
]


@pytest.mark.parametrize(("rule", "expected"), RULES)
def test_a_rule_says_the_same_in_both_languages(
    rule: Rule,
    expected: set[str],
    new_lead: Callable[..., Lead],
    seller: Membership,
    acting: Callable[..., Any],
) -> None:
    new_lead(seller, company=FIRST)
    new_lead(seller, company=SECOND)
    with acting(seller), connection.cursor() as cursor:
        assert set(Lead.objects.filter(rule.lookup()).values_list("company", flat=True)) == expected
        condition, values = rule.sql("leads_lead")
        cursor.execute(f"SELECT company FROM leads_lead WHERE {condition}", values)
        assert {row[0] for row in cursor.fetchall()} == expected


def test_who_is_in_an_array(
    new_lead: Callable[..., Lead], seller: Membership, colleague: Membership, acting: Callable[..., Any]
) -> None:
    lead = new_lead(seller, company=FIRST)
    with acting(seller), connection.cursor() as cursor:
        Lead.objects.filter(pk=lead.pk).update(team=[colleague.pk])
        for member, many in ((colleague, 1), (seller, 0)):
            rule = Holds("team", member.pk)
            assert Lead.objects.filter(rule.lookup()).count() == many
            condition, values = rule.sql("leads_lead")
            cursor.execute(f"SELECT count(*) FROM leads_lead WHERE {condition}", values)
            assert cursor.fetchone()[0] == many


def test_the_same_twice_is_said_once() -> None:
    once = Filled("submitted_at")
    assert (once & once).sql("lead") == once.sql("lead")
    assert ((once & Is("a", 1)) & once).sql("lead") == ("(lead.submitted_at IS NOT NULL AND lead.a = %s)", [1])


def test_words_for_a_search_function() -> None:
    rule = Is("partner_id", 7) & (Holds("team", 1) | SUBMITTED) & Filled("submitted_at")
    assert rule.words() == [
        "every",
        ["is", "partner_id", "7"],
        [
            "some",
            ["holds", "team", "1"],
            ["linked", "events_event", "subject_id", "id", ["is", "kind", "lead.submitted"]],
        ],
        ["filled", "submitted_at"],
    ]
