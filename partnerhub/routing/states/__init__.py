"""The words of routing, the table of a rule set's steps, and what one rule says."""

from partnerhub.routing.states.machine import RULE_SET, RULE_SET_NEXT, TONES, Status
from partnerhub.routing.states.rules import (
    CONDITIONS,
    MOST_RULES,
    RoutingOutcome,
    RoutingRule,
    RuleHours,
    Spread,
    TargetKind,
)

__all__ = [
    "CONDITIONS",
    "MOST_RULES",
    "RULE_SET",
    "RULE_SET_NEXT",
    "TONES",
    "RoutingOutcome",
    "RoutingRule",
    "RuleHours",
    "Spread",
    "Status",
    "TargetKind",
]
