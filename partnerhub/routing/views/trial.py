"""A version of the rules on past leads, before it is switched on (E9)."""

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.accounts.requests import MemberRequest
from partnerhub.routing.selectors import LEADS_TRIED, Tried, tried
from partnerhub.routing.tables import RuleSetList
from partnerhub.routing.views.rules import OfRuleSet

ROWS = 50
TRIAL_VIEWS: dict[str, tuple[object, Callable[[Tried], bool]]] = {
    "": (gettext_lazy("All"), lambda one: True),
    "elsewhere": (gettext_lazy("Would go elsewhere"), lambda one: not one.is_same),
    "same": (gettext_lazy("Would go the same way"), lambda one: one.is_same),
    "untaken": (gettext_lazy("No rule takes"), lambda one: not one.is_taken),
}


class TrialView(OfRuleSet):
    """What happened to the last leads, and what would happen by this version; nothing is written."""

    def get(self, request: MemberRequest, rule_set_id: UUID) -> HttpResponseBase:
        rule_set = self.rule_set(rule_set_id)
        leads = tried(rule_set, request.membership)
        show = request.GET.get("show", "")
        show = show if show in TRIAL_VIEWS else ""
        tabs = [
            {
                "label": label,
                "many": sum(map(is_shown, leads)),
                "url": f"?show={key}" if key else request.path,
                "current": key == show,
            }
            for key, (label, is_shown) in TRIAL_VIEWS.items()
        ]
        page = Paginator([one for one in leads if TRIAL_VIEWS[show][1](one)], ROWS).get_page(request.GET.get("page"))
        version = _("Version %(number)s of the rules") % {"number": rule_set.number}
        crumbs = [*RuleSetList.above(), (version, rule_set.urls.page), (_("Trial"), None)]
        context = {
            "rule_set": rule_set,
            "tabs": tabs,
            "show": show,
            "rows": page,
            "most": LEADS_TRIED,
            "crumbs": crumbs,
        }
        return self.page("routing/trial.html", context)
