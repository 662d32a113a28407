"""Whoever keeps the queues writes the routing rules, in versions: a draft, then on, then retired."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM, record
from partnerhub.roles import QUEUES_MANAGE, VENDOR
from partnerhub.routing.models import RuleSet
from partnerhub.routing.selectors import names_of_targets, programs_without_fallback, rule_set_on
from partnerhub.routing.services.records import RULE_SETS
from partnerhub.routing.states import MOST_RULES, RoutingRule, Status, TargetKind
from partnerhub.tenancy.locks import count_alone

MOST_DRAFTS = 20
ONE_TARGET = frozenset({TargetKind.REPRESENTATIVE, TargetKind.QUEUE})


@transaction.atomic
def begin_rule_set(*, by: Seat) -> RuleSet:
    """Begin a draft: it has the rules of the set that is on. Raises NotPermitted, and Refused past the limit."""
    if by.side != VENDOR or not by.can(QUEUES_MANAGE):
        raise NotPermitted(QUEUES_MANAGE)
    count_alone("rule-sets")
    if RuleSet.objects.filter(status=Status.DRAFT).count() >= MOST_DRAFTS:
        raise Refused(Reason("too_many", _("There are many drafts already. Retire one of them.")))
    on, last = rule_set_on(), RuleSet.objects.order_by("-number").first()
    draft = RuleSet(number=last.number + 1 if last else 1, rules=on.rules if on else [], begun_by_id=by.pk)
    draft.save(force_insert=True)
    after = {"status": Status.DRAFT.value, "rules": draft.rules}
    record("ruleset.begun", draft, actor=by, after=after, data=RULE_SETS.event_data(draft), audience=Audience.VENDOR)
    return draft


@transaction.atomic
def set_rules(rule_set_id: UUID, rules: Sequence[Mapping[str, Any]], *, by: Seat, seen: int | None = None) -> RuleSet:
    """Write all rules of a draft, in their order.

    Raises RuleSet.DoesNotExist, Stale, and Refused where a rule says nothing that can be done, or the set is no draft.
    """
    held = RULE_SETS.locked(rule_set_id, by=by, seen=seen)
    if held.status != Status.DRAFT:
        raise Refused(Reason("status", _("Only a draft can be changed. Begin a new one.")))
    written = [RoutingRule.of(one) for one in rules]
    _check(written)
    return RULE_SETS.edit(
        "ruleset.changed", held, {"rules": [one.kept() for one in written]}, by=by, audience=Audience.VENDOR
    )


@RULE_SETS.verb("switch_on")
@transaction.atomic
def switch_on(rule_set_id: UUID, *, by: Seat, seen: int | None = None) -> RuleSet:
    """Route new leads by this version; the one that was on is retired in the same moment.

    Raises Refused where a program has nobody for the leads that no rule takes (rulings 4).
    """
    count_alone("rule-sets")
    held = RULE_SETS.locked(rule_set_id, by=by, seen=seen)
    RULE_SETS.machine.check("switch_on", held, by)
    _check(held.parsed)
    _check_fallbacks()
    before = rule_set_on()
    if before is not None:
        RULE_SETS.take("replace", RULE_SETS.held(before.pk), by=SYSTEM)
    return RULE_SETS.take("switch_on", held, by=by)


@RULE_SETS.verb("retire")
@transaction.atomic
def retire(rule_set_id: UUID, *, by: Seat, seen: int | None = None) -> RuleSet:
    """Route by this version no more."""
    return RULE_SETS.take("retire", RULE_SETS.locked(rule_set_id, by=by, seen=seen), by=by)


def _check(rules: Sequence[RoutingRule]) -> None:
    """Raise Refused for each rule that can't be, by its number."""
    if len(rules) > MOST_RULES:
        raise Refused(Reason("too_many", _("A version has at most 200 rules."), field="rules"))
    names = names_of_targets(rules)
    wrong = []
    for number, rule in enumerate(rules, 1):
        text = _wrong_with(rule, names)
        if text:
            said = _("Rule %(number)s: %(text)s") % {"number": number, "text": text}
            wrong.append(Reason("rules", said, field="rules"))
    if wrong:
        raise Refused(wrong)


def _check_fallbacks() -> None:
    if names := programs_without_fallback():
        text = _("Nobody gets the leads of %(names)s that no rule takes.") % {"names": ", ".join(names)}
        raise Refused(Reason("fallbacks", text, who=_("Name a representative for each program under Fallbacks.")))


def _wrong_with(rule: RoutingRule, names: Mapping[str, str]) -> str:
    if not rule.name:
        return str(_("Enter a name."))
    if not rule.targets:
        return str(_("Choose who gets the leads."))
    if rule.kind in ONE_TARGET and len(rule.targets) != 1:
        return str(_("Choose one. Several share leads as a group."))
    if not names.keys() >= set(rule.targets):
        return str(_("Choose from those who can get leads."))
    return ""
