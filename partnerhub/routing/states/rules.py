"""One routing rule as values: which leads it takes, and where they go. It knows nothing of the database."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MOST_RULES = 200
CONDITIONS = ("programs", "countries", "postcodes", "languages", "industries", "solutions", "tiers")
"""Of each a lead needs one value; a rule that names none takes any."""


class TargetKind(TextChoices):
    """Where a lead can go. A kind is registered with its words and its way to bring a lead there (rulings 32)."""

    REPRESENTATIVE = "representative", _("One representative")
    GROUP = "group", _("A group of representatives")
    PARTNER = "partner", _("Offer to a partner")
    QUEUE = "queue", _("A queue")


class Spread(TextChoices):
    """How a group, or several partners, share what a rule takes."""

    LOAD = "load", _("Whoever has the fewest, for their weight")
    TURNS = "turns", _("In turns, by weight")


class RuleHours(TextChoices):
    ANY = "", _("At any time")
    OPEN = "open", _("In working hours")
    CLOSED = "closed", _("Outside working hours")


class RoutingOutcome(TextChoices):
    """What became of a lead that was to be routed."""

    WAITING = "waiting", _("Waits to be routed")
    RULE = "rule", _("By a rule")
    FALLBACK = "fallback", _("By the fallback")
    NOBODY = "nobody", _("Unassigned")
    LEFT = "left", _("Left alone")


@dataclass(frozen=True)
class RoutingRule:
    """`targets` are ids as text, `weights` those of some of them (else 1). `most` is the load past which a target gets
    nothing more by this rule; 0: any load.
    """

    name: str
    kind: str
    targets: tuple[str, ...]
    programs: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    postcodes: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    solutions: tuple[str, ...] = ()
    tiers: frozenset[str] = frozenset()
    hours: str = RuleHours.ANY
    spread: str = Spread.LOAD
    most: int = 0
    weights: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "RoutingRule":
        """The rule that these JSON values say."""
        known = {one.name for one in fields(cls)}
        values = {name: value for name, value in kept.items() if name in known}
        for name in ("programs", "countries", "languages", "industries", "tiers"):
            values[name] = frozenset(values.get(name, ()))
        for name in ("targets", "postcodes", "solutions"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)

    def kept(self) -> dict[str, Any]:
        """The rule as JSON values, the same for the same rule."""
        values = asdict(self)
        return {name: _plain(value) for name, value in values.items()}


def rules_of(kept: Sequence[Mapping[str, Any]]) -> list[RoutingRule]:
    return [RoutingRule.of(one) for one in kept]


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value
