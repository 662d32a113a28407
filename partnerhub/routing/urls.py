"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.records.pages import StepView
from partnerhub.routing import views
from partnerhub.routing.services import RULE_SETS
from partnerhub.routing.tables import RuleSetList
from partnerhub.web.lists.pages import list_paths

app_name = "routing"
RULES_PATH = "rules/<uuid:rule_set_id>/rules/"
urlpatterns = [
    *list_paths("programme/rules/", RuleSetList, "rule-sets", views.RuleSetsView),
    path("programme/rules/begin/", views.BeginView.as_view(), name="begin"),
    path("programme/rules/fallbacks/", views.FallbacksView.as_view(), name="fallbacks"),
    path("programme/fairness/", views.FairnessView.as_view(), name="fairness"),
    path("programme/fairness/export.csv", views.FairnessFileView.as_view(), name="fairness-file"),
    path("rules/<uuid:rule_set_id>/", views.RuleSetView.as_view(), name="rule-set"),
    path("rules/<uuid:rule_set_id>/trial/", views.TrialView.as_view(), name="trial"),
    path(f"{RULES_PATH}new/", views.RuleView.as_view(), name="new-rule"),
    path(f"{RULES_PATH}<int:number>/", views.RuleView.as_view(), name="rule"),
    path(f"{RULES_PATH}<int:number>/move/", views.MoveRuleView.as_view(), name="move-rule"),
    path(f"{RULES_PATH}<int:number>/remove/", views.RemoveRuleView.as_view(), name="remove-rule"),
    *StepView.of(RULE_SETS, RuleSetList).paths("rules/<uuid:record_id>/", "step"),
]
