"""Why a lead is where it is, in words and in the reader's language (E9)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django_countries import countries

from leads.states.choices import Industry
from partnerhub.routing.models import LeadRouting
from partnerhub.routing.states import RoutingOutcome, RoutingRule, RuleHours, Spread, TargetKind

ValueWords = Callable[[str], str]


def language_word(code: str) -> str:
    """A language in the reader's own."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _hours(value: str) -> str:
    return str(RuleHours(value).label).lower()


CONDITION_WORDS: dict[str, ValueWords] = {
    "program": lambda value: _("program %(name)s") % {"name": value},
    "country": lambda value: _("country %(name)s") % {"name": countries.name(value) or value},
    "postcode": lambda value: _("postcode %(prefix)s…") % {"prefix": value},
    "language": lambda value: _("language %(name)s") % {"name": language_word(value)},
    "industry": lambda value: _("industry %(name)s") % {"name": Industry(value).label},
    "solution": lambda value: _("solution “%(name)s”") % {"name": value},
    "tier": lambda value: _("tier %(name)s") % {"name": value},
    "hours": _hours,
}


def routed_words(routing: LeadRouting) -> str:
    """The whole sentence: which rule, what it asked for, and why this target."""
    name = {"name": routing.target_name, "number": routing.rule_number, "rule": routing.rule_name}
    if routing.outcome == RoutingOutcome.RULE:
        head = _("Rule %(number)s “%(rule)s”") % name
        conditions = conditions_words(routing.why) or _("any lead")
        return f"{head}: {conditions}; {_target_words(routing)}."
    if routing.outcome == RoutingOutcome.FALLBACK and routing.target_kind == TargetKind.QUEUE:
        return _("No rule takes this lead. It waits in the queue %(name)s.") % name
    if routing.outcome == RoutingOutcome.FALLBACK and (away := dict(routing.why).get("away")):
        words = name | {"away": away}
        return _("No rule takes this lead. %(name)s covers for %(away)s, the fallback of its program.") % words
    if routing.outcome == RoutingOutcome.FALLBACK:
        return _("No rule takes this lead. %(name)s is the fallback of its program.") % name
    if routing.outcome == RoutingOutcome.NOBODY and "failed" in dict(routing.why):
        return _("The rules could not be asked: it waits in Unassigned.")
    return {
        RoutingOutcome.WAITING: _("The routing rules decide in a moment."),
        RoutingOutcome.LEFT: _("Somebody had assigned this lead before the rules were asked."),
        RoutingOutcome.NOBODY: _(
            "No rule takes this lead, and its program has no fallback who can get it: it waits in Unassigned."
        ),
    }[RoutingOutcome(routing.outcome)]


def conditions_words(why: Sequence[Sequence[str]]) -> str:
    """What the lead has that the rule asks for."""
    return ", ".join(CONDITION_WORDS[code](value) for code, value in why if code in CONDITION_WORDS)


def _target_words(routing: LeadRouting) -> str:
    why = dict(routing.why)
    name = {
        "name": routing.target_name,
        "away": why.get("away"),
        "many": why.get("load") or why.get("turn"),
        "weight": why.get("weighed"),
    }
    if routing.target_kind == TargetKind.QUEUE:
        return _("it waits in the queue %(name)s") % name
    if "away" in why:
        return _("%(name)s covers for %(away)s") % name
    if "load" in why or "turn" in why:
        return _why_this_one(why) % name
    return (
        _("it is offered to %(name)s") if routing.target_kind == TargetKind.PARTNER else _("%(name)s gets them")
    ) % name


def _why_this_one(why: Mapping[str, str]) -> str:
    """Why one of several who share a rule."""
    if "turn" in why:
        return _("it is the turn of %(name)s")
    if "weighed" in why:
        return _("%(name)s has the fewest open leads for a weight of %(weight)s, %(many)s")
    return _("%(name)s has the fewest open leads, %(many)s")


def rule_words(rule: RoutingRule, words: dict[str, str]) -> list[str]:
    """What a rule asks for, a line for each condition; `words` are the names of programs and tiers by id."""
    lines = [
        _line(_("Program"), [words.get(one, "?") for one in sorted(rule.programs)]),
        _line(_("Country"), [countries.name(one) or one for one in sorted(rule.countries)]),
        _line(_("Postcode"), [f"{one}…" for one in rule.postcodes]),
        _line(_("Language"), [language_word(one) for one in sorted(rule.languages)]),
        _line(_("Industry"), [str(Industry(one).label) for one in sorted(rule.industries)]),
        _line(_("Solution"), list(rule.solutions)),
        _line(_("Tier"), [words.get(one, "?") for one in sorted(rule.tiers)]),
        str(RuleHours(rule.hours).label) if rule.hours else "",
    ]
    return [line for line in lines if line] or [_("Any lead")]


def target_line(rule: RoutingRule, names: dict[str, str]) -> str:
    """Where a rule sends leads; who can get nothing now is named as such."""
    gone = _("somebody who can get no leads now")
    told = ", ".join(names.get(one, gone) + _weight_words(rule, one) for one in rule.targets)
    if rule.kind == TargetKind.QUEUE:
        return _("Queue %(name)s") % {"name": told}
    if rule.kind == TargetKind.PARTNER:
        return _("Offer to %(name)s") % {"name": told}
    return told


def spread_line(rule: RoutingRule) -> str:
    """How several share, and up to which load."""
    shared = str(Spread(rule.spread).label) if len(rule.targets) > 1 else ""
    most = (
        ngettext("Up to %(most)s open lead each", "Up to %(most)s open leads each", rule.most) % {"most": rule.most}
        if rule.most
        else ""
    )
    return ". ".join(filter(None, (shared, most)))


def _weight_words(rule: RoutingRule, target: str) -> str:
    weight = rule.weights.get(target, 1)
    return f" ×{weight}" if weight > 1 else ""


def _line(label: str, values: list[str]) -> str:
    return f"{label}: {', '.join(values)}" if values else ""


def told_words(data: Mapping[str, Any]) -> str:
    """The sentence of a decision that an event keeps."""
    names = ("outcome", "rule_number", "rule_name", "target_kind", "target_name", "why")
    return routed_words(LeadRouting(**{name: data.get(name) for name in names}))
