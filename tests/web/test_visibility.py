"""The algebra of rules: each term says the same to the ORM, in SQL and to a search function."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg2.extras import Json

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.web.visibility import (
    EVERYTHING,
    NOTHING,
    Among,
    Before,
    Empty,
    Filled,
    Holds,
    Is,
    Linked,
    Missing,
    Rule,
    Since,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
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
    (Among("company", (FIRST, "Another")), {FIRST}),
    (Among("company", ()), set()),
    (Among("status", ("submitted",)), {FIRST, SECOND}),
    (Missing("representative_id"), {FIRST, SECOND}),
    (Missing("submitted_at"), set()),
    (Empty("team"), {FIRST, SECOND}),
    (Is("sales_support", True), {FIRST, SECOND}),
    (Is("sales_support", False), set()),
    (Since("submitted_at", LONG_AGO), {FIRST, SECOND}),
    (Before("submitted_at", LONG_AGO), set()),
    (Before("company", SECOND), {FIRST}),
    (Since("company", SECOND), {SECOND}),
]
KINDS = {
    "company": "text",
    "status": "text",
    "sales_support": "boolean",
    "representative_id": "uuid",
    "id": "uuid",
    "submitted_at": "timestamptz",
    "of events_event": {"kind": "text"},
    "team": "uuid[]",
}


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
        cursor.execute("SELECT search_condition(%s, %s, 'leads_lead')", [Json(rule.words()), Json(KINDS)])
        cursor.execute(f"SELECT company FROM leads_lead WHERE {cursor.fetchone()[0]}".replace("%", "%%"), [])
        assert {row[0] for row in cursor.fetchall()} == expected


@pytest.mark.parametrize("said", [["is", "password", "x"], ["is"], ["drop", "company"], ["linked", "a", "b", "id", []]])
def test_a_search_function_refuses_what_no_rule_of_its_table_says(said: list[Any]) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="No search by"), transaction.atomic():
        cursor.execute("SELECT search_condition(%s, %s, 'leads_lead')", [Json(said), Json(KINDS)])


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
            assert "<> '{}'" in condition, "a partial index answers it"
            cursor.execute(f"SELECT count(*) FROM leads_lead WHERE {condition}", values)
            assert cursor.fetchone()[0] == many


def test_the_same_twice_is_said_once() -> None:
    once = Filled("submitted_at")
    assert (once & once).sql("lead") == once.sql("lead")
    assert ((once & Is("a", 1)) & once).sql("lead") == ("(lead.submitted_at IS NOT NULL AND lead.a = %s)", [1])


def test_a_link_stays_in_the_tenant_and_nothing_stays_nothing() -> None:
    assert "events_event.tenant_id = leads_lead.tenant_id AND" in SUBMITTED.sql("leads_lead")[0]
    assert NOTHING & SUBMITTED == NOTHING


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
