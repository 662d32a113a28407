"""The pages of routing: the versions of the rules, a trial of one, the fallbacks, and how fair leads were shared."""

from partnerhub.routing.views.fairness import FairnessFileView, FairnessView
from partnerhub.routing.views.rules import (
    BeginView,
    FallbacksView,
    MoveRuleView,
    RemoveRuleView,
    RuleSetsView,
    RuleSetView,
    RuleView,
)
from partnerhub.routing.views.trial import TrialView

__all__ = [
    "BeginView",
    "FairnessFileView",
    "FairnessView",
    "FallbacksView",
    "MoveRuleView",
    "RemoveRuleView",
    "RuleSetView",
    "RuleSetsView",
    "RuleView",
    "TrialView",
]
