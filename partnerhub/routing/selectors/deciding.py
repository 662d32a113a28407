"""Where a lead goes: a pure function of the rules, of what is known of the lead, and of who has how much (E9).

Nothing here asks the database: a lead is decided by what was read before, and past leads can be tried alike.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from partnerhub.routing.states import RoutingRule, RuleHours, Spread, TargetKind

Why = list[list[str]]
"""Pairs of a code and its value: of them `saying` makes the sentence."""
WEIGHED = "weighed"
OF_VENDOR = frozenset({TargetKind.PARTNER, TargetKind.QUEUE})


@dataclass(frozen=True)
class LeadFacts:
    """What rules ask of a lead; ids as text, and of countries and languages their codes. `solution_text` is folded."""

    program: str
    is_partners: bool
    country: str = ""
    postcode: str = ""
    language: str = ""
    industry: str = ""
    solution_text: str = ""
    tier: str = ""
    refused: frozenset[str] = frozenset()


@dataclass
class World:
    """Who can get leads now, and how much they have. Whoever decides many in turn counts what they get (`give`).

    `names` are of all targets that can get something: who is away, closed or gone is not in it. `loads` are their open
    leads, `turns` how many they got by the rules that are on, `full` the partners that may hold no more. `words` are
    the names of programs and tiers.
    """

    names: dict[str, str] = field(default_factory=dict)
    loads: dict[str, int] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    full: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)
    is_open: bool = True

    def give(self, target: str) -> None:
        self.loads[target] = self.loads.get(target, 0) + 1
        self.turns[target] = self.turns.get(target, 0) + 1

    def take(self, target: str) -> None:
        """It has one lead less."""
        self.loads[target] = max(0, self.loads.get(target, 0) - 1)


@dataclass(frozen=True)
class Decision:
    """Rule `number` (from 1) takes the lead and gives it to `target`, because of `why`."""

    number: int
    rule: RoutingRule
    target: str
    why: Why


def decide(rules: Sequence[RoutingRule], lead: LeadFacts, world: World, *, after: int = 0) -> Decision | None:
    """The first rule after number `after` that takes the lead and has somebody to give it to; None: no rule does."""
    for number, rule in enumerate(rules, 1):
        if number <= after or not _fits_kind(rule, lead):
            continue
        reasons = _met(rule, lead, world)
        if reasons is None:
            continue
        target = _chosen(rule, lead, world)
        if target is not None:
            return Decision(number, rule, target, reasons + _why_them(rule, target, world))
    return None


def _fits_kind(rule: RoutingRule, lead: LeadFacts) -> bool:
    """A partner's own lead is given to a representative; one of the vendor's is offered or queued."""
    return (rule.kind in OF_VENDOR) != lead.is_partners


def _met(rule: RoutingRule, lead: LeadFacts, world: World) -> Why | None:
    """Which conditions the lead meets, in words' codes; None where it fails one."""
    if _is_not_in(rule, lead) or (rule.hours and (rule.hours == RuleHours.OPEN) != world.is_open):
        return None
    if rule.postcodes and not lead.postcode.startswith(rule.postcodes):
        return None
    solution = next((one for one in rule.solutions if one in lead.solution_text), "") if rule.solutions else ""
    if rule.solutions and not solution:
        return None
    prefix = next((one for one in rule.postcodes if lead.postcode.startswith(one)), "")
    pairs = (
        ("program", world.words.get(lead.program, "") if rule.programs else ""),
        ("country", lead.country if rule.countries else ""),
        ("postcode", prefix),
        ("language", lead.language if rule.languages else ""),
        ("industry", lead.industry if rule.industries else ""),
        ("solution", solution),
        ("tier", world.words.get(lead.tier, "") if rule.tiers else ""),
        ("hours", rule.hours),
    )
    return [[code, value] for code, value in pairs if value]


def _is_not_in(rule: RoutingRule, lead: LeadFacts) -> bool:
    """Whether the rule names values, and the lead's is none of them."""
    return bool(
        (rule.programs and lead.program not in rule.programs)
        or (rule.countries and lead.country not in rule.countries)
        or (rule.languages and lead.language not in rule.languages)
        or (rule.industries and lead.industry not in rule.industries)
        or (rule.tiers and lead.tier not in rule.tiers)
    )


def _chosen(rule: RoutingRule, lead: LeadFacts, world: World) -> str | None:
    able = [one for one in rule.targets if _can_get(one, rule, lead, world)]
    if len(able) < 2:
        return able[0] if able else None
    counted = world.turns if rule.spread == Spread.TURNS else world.loads
    # The order in the rule decides between equals: the same facts give the same answer.
    return min(able, key=lambda one: counted.get(one, 0) / _weight(rule, one))


def _can_get(target: str, rule: RoutingRule, lead: LeadFacts, world: World) -> bool:
    if target not in world.names or target in lead.refused or target in world.full:
        return False
    return not rule.most or world.loads.get(target, 0) < rule.most


def _weight(rule: RoutingRule, target: str) -> int:
    return max(rule.weights.get(target, 1), 1)


def _why_them(rule: RoutingRule, target: str, world: World) -> Why:
    """Why this one of several; nothing where the rule names one alone."""
    if len(rule.targets) < 2:
        return []
    if rule.spread == Spread.TURNS:
        said = ["turn", str(world.turns.get(target, 0))]
    else:
        said = ["load", str(world.loads.get(target, 0))]
    return [said, [WEIGHED, str(_weight(rule, target))]] if _is_weighed(rule) else [said]


def _is_weighed(rule: RoutingRule) -> bool:
    return len({_weight(rule, one) for one in rule.targets}) > 1


def refused_with(refused: Collection[object]) -> frozenset[str]:
    """Ids of partners as facts keep them."""
    return frozenset(map(str, refused))
