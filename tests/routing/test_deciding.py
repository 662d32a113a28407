"""Each condition of a rule by itself: what it takes, what it leaves, and whom it chooses (E9)."""

from dataclasses import replace
from typing import Any

import pytest

from partnerhub.routing.selectors import LeadFacts, World, decide
from partnerhub.routing.states import RoutingRule

LEAD = LeadFacts(
    program="pos",
    is_partners=True,
    country="DE",
    postcode="20457",
    language="de",
    industry="fashion",
    solution_text="cash register, paper stock list",
    tier="select",
)
OFFERED = replace(LEAD, is_partners=False)


def rule(kind: str = "group", *targets: str, **said: Any) -> RoutingRule:
    return RoutingRule.of({"name": "One", "kind": kind, "targets": targets or ("anna",), **said})


def chosen(one: RoutingRule, lead: LeadFacts = LEAD, **known: Any) -> str | None:
    names = {name: name for name in ("anna", "bo", "nordwind", "baltkassa", "north")}
    decision = decide([one], lead, World(names, **known))
    return decision.target if decision else None


@pytest.mark.parametrize(
    ("condition", "other"),
    [
        ({"programs": ["pos", "plus"]}, {"program": "app"}),
        ({"countries": ["AT", "DE"]}, {"country": "NO"}),
        ({"postcodes": ["1", "20"]}, {"postcode": "30457"}),
        ({"languages": ["de"]}, {"language": ""}),
        ({"industries": ["fashion"]}, {"industry": "food"}),
        ({"solutions": ["register"]}, {"solution_text": "tablet"}),
        ({"tiers": ["select"]}, {"tier": ""}),
    ],
    ids=lambda value: next(iter(value)),
)
def test_a_rule_takes_a_lead_that_meets_its_condition_and_leaves_any_other(
    condition: dict[str, Any], other: dict[str, Any]
) -> None:
    assert chosen(rule(**condition)) == "anna"
    assert chosen(rule(**condition), replace(LEAD, **other)) is None
    assert chosen(rule(), replace(LEAD, **other)) == "anna"


@pytest.mark.parametrize(("hours", "taken"), [("open", {True}), ("closed", {False}), ("", {True, False})])
def test_a_rule_for_working_hours_takes_leads_in_them_alone(hours: str, taken: set[bool]) -> None:
    assert {is_open for is_open in (True, False) if chosen(rule(hours=hours), is_open=is_open)} == taken


@pytest.mark.parametrize(
    ("one", "lead", "known", "target"),
    [
        (rule("group", "anna", "bo"), LEAD, {"loads": {"anna": 3, "bo": 2}}, "bo"),
        (rule("group", "anna", "bo", weights={"anna": 2}), LEAD, {"loads": {"anna": 3, "bo": 2}}, "anna"),
        (rule("group", "anna", "bo", spread="turns"), LEAD, {"loads": {"anna": 3}, "turns": {"bo": 1}}, "anna"),
        (rule("group", "anna", "bo", spread="turns", weights={"bo": 3}), LEAD, {"turns": {"anna": 1, "bo": 2}}, "bo"),
        (rule("group", "anna", "bo", most=3), LEAD, {"loads": {"anna": 3, "bo": 2}}, "bo"),
        (rule("group", "anna", most=3), LEAD, {"loads": {"anna": 3}}, None),
        (rule("group", "gone", "bo"), LEAD, {}, "bo"),
        (rule("partner", "nordwind", "baltkassa"), OFFERED, {"full": frozenset({"nordwind"})}, "baltkassa"),
        (rule("partner", "nordwind", "baltkassa"), replace(OFFERED, refused=frozenset({"nordwind"})), {}, "baltkassa"),
        (rule("partner", "nordwind"), replace(OFFERED, refused=frozenset({"nordwind"})), {}, None),
        (rule("queue", "north"), OFFERED, {}, "north"),
        (rule("queue", "north"), LEAD, {}, None),
        (rule("representative", "anna"), OFFERED, {}, None),
    ],
    ids=[
        "load",
        "weight",
        "turn",
        "weighted turn",
        "full by the rule",
        "all full",
        "gone",
        "full by tier",
        "refused once",
        "refused by all",
        "queue",
        "queue, not for a partner's lead",
        "representative, not for the vendor's lead",
    ],
)
def test_a_rule_chooses_by_load_weight_turn_and_remembered_refusals(
    one: RoutingRule, lead: LeadFacts, known: dict[str, Any], target: str | None
) -> None:
    assert chosen(one, lead, **known) == target
