"""The pages of routing: the versions of the rules, one rule, and the fallbacks of the programs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Refused, Stale
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import QUEUES_MANAGE
from partnerhub.routing.forms import FallbacksForm, RuleForm, rule_at
from partnerhub.routing.models import RuleSet
from partnerhub.routing.selectors import (
    fallback_rows,
    names_of_conditions,
    names_of_targets,
    programs_without_fallback,
    rule_words,
    spread_line,
    target_line,
)
from partnerhub.routing.services import RULE_SETS, begin_rule_set, name_fallback, set_rules
from partnerhub.routing.states import RoutingRule, Status, TargetKind
from partnerhub.routing.tables import RuleSetList
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import Part
from partnerhub.web.seen import Meanwhile, attempt, version_in

UPWARD = "up"


class RuleSetsView(ListView):
    """The versions, and the ways to begin one and to the fallbacks."""

    list_class = RuleSetList
    template = "routing/rule_sets.html"


class BeginView(SeatView):
    permission = QUEUES_MANAGE

    def post(self, request: MemberRequest) -> HttpResponseBase:
        try:
            draft = begin_rule_set(by=request.membership)
        except Refused as refusal:
            messages.error(request, str(refusal.reasons[0].text))
            return redirect("routing:rule-sets")
        return redirect("routing:rule-set", draft.pk)


def _rules(page: RecordView, record: RuleSet) -> dict[str, Any]:
    rules = record.parsed
    names, words = names_of_targets(rules), names_of_conditions()
    rows = [_row(number, rule, words, names) for number, rule in enumerate(rules, 1)]
    return {"rows": rows, "rule_set": record, "is_draft": record.status == Status.DRAFT}


def _row(number: int, rule: RoutingRule, words: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    return {
        "number": number,
        "name": rule.name,
        "kind": TargetKind(rule.kind).label,
        "conditions": rule_words(rule, words),
        "target": target_line(rule, names),
        "spread": spread_line(rule),
    }


def _no_fallback(page: RecordView, record: RuleSet) -> dict[str, Any] | None:
    names = programs_without_fallback() if record.status != Status.RETIRED else []
    return {"names": ", ".join(names)} if names else None


class RuleSetView(RecordView):
    kept, record_list, id_name, first = RULE_SETS, RuleSetList, "rule_set_id", ("switch_on",)
    notices = (Part("routing/no_fallback.html", _no_fallback),)
    line = (
        Fact(gettext_lazy("Routing rules")),
        Fact(gettext_lazy("begun by %(name)s"), cell.Both(cell.Text("begun_by.name"), cell.Date("created_at"))),
    )
    main = (NEXT, Part("routing/rules.html", _rules))
    aside = (TIMELINE,)

    def title(self, record: RuleSet) -> str:
        return _("Version %(number)s of the rules") % {"number": record.number}


class OfRuleSet(SeatView):
    """What is done with the rules of one version."""

    permission = QUEUES_MANAGE

    def rule_set(self, rule_set_id: UUID) -> RuleSet:
        """Raises Http404 alike for a foreign id and for none."""
        try:
            return RULE_SETS.find(self.request.membership, rule_set_id)
        except RuleSet.DoesNotExist:
            raise Http404 from None

    def numbered(self, rule_set: RuleSet, number: int) -> RoutingRule:
        rule = rule_at(rule_set, number)
        if rule is None:
            raise Http404
        return rule


class RuleView(OfRuleSet):
    """Adds a rule, or changes one."""

    forms = (RuleForm,)

    def get(self, request: MemberRequest, rule_set_id: UUID, number: int | None = None) -> HttpResponseBase:
        rule_set = self.rule_set(rule_set_id)
        if number is not None:
            self.numbered(rule_set, number)
        return self.shown(rule_set, number, RuleForm.of(rule_set, number))

    def post(self, request: MemberRequest, rule_set_id: UUID, number: int | None = None) -> HttpResponseBase:
        rule_set = self.rule_set(rule_set_id)
        if number is not None:
            self.numbered(rule_set, number)
        form = RuleForm.of(rule_set, number, request.POST)
        again = attempt(form, lambda: self._save(rule_set, number, form))
        if again:
            return self.shown(rule_set, number, form, **again)
        messages.success(request, _("The rule %(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("routing:rule-set", rule_set.pk)

    def _save(self, rule_set: RuleSet, number: int | None, form: RuleForm) -> None:
        rules = list(rule_set.rules)
        if number is None:
            rules.append(form.rule())
        else:
            rules[number - 1] = form.rule()
        set_rules(rule_set.pk, rules, by=self.request.membership, seen=form.cleaned_data["version"])

    def shown(
        self, rule_set: RuleSet, number: int | None, form: RuleForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        title = _("New rule") if number is None else _("Rule %(number)s") % {"number": number}
        version = _("Version %(number)s of the rules") % {"number": rule_set.number}
        crumbs = [*RuleSetList.above(), (version, rule_set.urls.page), (title, None)]
        context = {"form": form, "title": title, "rule_set": rule_set, "crumbs": crumbs, "now": now}
        return self.page("routing/rule.html", context, status=status)


class ReorderView(OfRuleSet):
    """Moves a rule one place, or takes it out; the version that was seen goes along."""

    change: Callable[[list[dict[str, Any]], int, str], int]
    """What is done with the rules at this place; the place to look at then."""

    def post(self, request: MemberRequest, rule_set_id: UUID, number: int) -> HttpResponseBase:
        rule_set = self.rule_set(rule_set_id)
        self.numbered(rule_set, number)
        rules = list(rule_set.rules)
        place = type(self).change(rules, number - 1, request.POST.get("way", ""))
        try:
            set_rules(rule_set.pk, rules, by=request.membership, seen=version_in(request.POST.get("version")))
        except Stale:
            messages.error(request, _("Somebody has changed the rules meanwhile. This is how they are now."))
        except Refused as refusal:
            messages.error(request, str(refusal.reasons[0].text))
        return redirect(f"{rule_set.urls.page}#rule-{place + 1}")


def _moved(rules: list[dict[str, Any]], at: int, way: str) -> int:
    to = at - 1 if way == UPWARD else at + 1
    if not 0 <= to < len(rules):
        return at
    rules.insert(to, rules.pop(at))
    return to


def _taken_out(rules: list[dict[str, Any]], at: int, way: str) -> int:
    rules.pop(at)
    return max(0, at - 1)


class MoveRuleView(ReorderView):
    change = staticmethod(_moved)


class RemoveRuleView(ReorderView):
    change = staticmethod(_taken_out)


class FallbacksView(SeatView):
    """Who gets the leads of each program that no rule takes."""

    permission = QUEUES_MANAGE

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        return {str(program.pk): program.name for program, _row in fallback_rows()}

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(FallbacksForm(rows=fallback_rows()))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = FallbacksForm(request.POST, rows=fallback_rows())
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            for program, chosen in form.cleaned_data.items():
                name_fallback(UUID(program), to=UUID(chosen) if chosen else None, by=request.membership)
        except Refused as refusal:
            form.refuse(str(refusal.reasons[0].text))
            return self.shown(form, status=409)
        messages.success(request, _("The fallbacks are saved."))
        return redirect("routing:rule-sets")

    def shown(self, form: FallbacksForm, *, status: int = 200) -> HttpResponseBase:
        crumbs = [*RuleSetList.above(), (_("Fallbacks"), None)]
        return self.page("routing/fallbacks.html", {"form": form, "crumbs": crumbs}, status=status)
