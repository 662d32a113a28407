"""What routing reads: who may see it, what a lead's rules need, the decision itself, and its words."""

from partnerhub.routing.selectors.deciding import Decision, LeadFacts, World, decide
from partnerhub.routing.selectors.fairness import PERIODS, USUAL_PERIOD, Fairness, Share, fairness
from partnerhub.routing.selectors.reading import (
    fallback_rows,
    fallbacks,
    programs_named,
    programs_without_fallback,
    routing_of,
    rule_sets_seen_by,
)
from partnerhub.routing.selectors.saying import routed_words, rule_words, spread_line, target_line, told_words
from partnerhub.routing.selectors.targets import members_named, names_of_targets, queues_named, register_targets
from partnerhub.routing.selectors.trying import LEADS_TRIED, Tried, tried
from partnerhub.routing.selectors.world import (
    lead_facts,
    names_of_conditions,
    routings_of,
    rule_set_on,
    waiting_ids,
    world_of,
)

__all__ = [
    "LEADS_TRIED",
    "PERIODS",
    "USUAL_PERIOD",
    "Decision",
    "Fairness",
    "LeadFacts",
    "Share",
    "Tried",
    "World",
    "decide",
    "fairness",
    "fallback_rows",
    "fallbacks",
    "lead_facts",
    "members_named",
    "names_of_conditions",
    "names_of_targets",
    "programs_named",
    "programs_without_fallback",
    "queues_named",
    "register_targets",
    "routed_words",
    "routing_of",
    "routings_of",
    "rule_set_on",
    "rule_sets_seen_by",
    "rule_words",
    "spread_line",
    "target_line",
    "told_words",
    "tried",
    "waiting_ids",
    "world_of",
]
