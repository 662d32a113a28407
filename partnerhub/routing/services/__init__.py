"""Verbs of routing (E9): rule sets in versions, fallbacks, and what the worker does with leads that wait."""

from partnerhub.routing.services.fallbacks import name_fallback
from partnerhub.routing.services.records import RULE_SETS
from partnerhub.routing.services.rule_sets import begin_rule_set, retire, set_rules, switch_on
from partnerhub.routing.services.sending import offer_came_to_nothing, route_waiting, wait_for_rules

__all__ = [
    "RULE_SETS",
    "begin_rule_set",
    "name_fallback",
    "offer_came_to_nothing",
    "retire",
    "route_waiting",
    "set_rules",
    "switch_on",
    "wait_for_rules",
]
