"""What routing reads: who may see it, what a lead's rules need, the decision itself, and its words."""

from partnerhub.routing.selectors.deciding import Decision, LeadFacts, World, decide
from partnerhub.routing.selectors.reading import fallback_rows, fallbacks, programs_named, routing_of, rule_sets_seen_by
from partnerhub.routing.selectors.saying import routed_words, rule_words, spread_line, target_line, told_words
from partnerhub.routing.selectors.targets import register_targets, target_names
from partnerhub.routing.selectors.world import lead_facts, names_of_conditions, rule_set_on, waiting_ids, world_of

__all__ = [
    "Decision",
    "LeadFacts",
    "World",
    "decide",
    "fallback_rows",
    "fallbacks",
    "lead_facts",
    "names_of_conditions",
    "programs_named",
    "register_targets",
    "routed_words",
    "routing_of",
    "rule_set_on",
    "rule_sets_seen_by",
    "rule_words",
    "spread_line",
    "target_line",
    "target_names",
    "told_words",
    "waiting_ids",
    "world_of",
]
