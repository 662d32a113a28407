"""Where leads can go: each kind of target registers its ids with their names (rulings 32)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from leads.selectors import representatives
from partnerhub.claims.models import Queue
from partnerhub.claims.selectors import able_partners
from partnerhub.routing.states import RoutingRule, TargetKind

TargetNames = Mapping[str, str]
PEOPLE = frozenset({TargetKind.REPRESENTATIVE, TargetKind.GROUP})
_kinds: dict[str, Callable[[Collection[UUID]], TargetNames]] = {}


def register_targets(kind: str, names: Callable[[Collection[UUID]], TargetNames]) -> None:
    """`names(ids)` reads who of these can get leads now: id as text → name. One statement."""
    _kinds[kind] = names


def names_of_targets(rules: Iterable[RoutingRule]) -> dict[str, str]:
    """Who of those that these rules name can get leads now. A statement for each kind, however many there could be."""
    named: dict[str, set[UUID]] = {}
    for rule in rules:
        kind = TargetKind.REPRESENTATIVE if rule.kind in PEOPLE else rule.kind
        named.setdefault(kind, set()).update(map(UUID, rule.targets))
    return {key: name for kind in sorted(named) for key, name in _kinds[kind](named[kind]).items()}


def members_named() -> dict[str, str]:
    """All representatives, by name."""
    return {str(member.pk): member.name for member in representatives()}


def queues_named() -> dict[str, str]:
    """All open queues, in their order."""
    rows = Queue.objects.filter(is_active=True).order_by("position", "name")
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def _members(ids: Collection[UUID]) -> TargetNames:
    return {str(member.pk): member.name for member in representatives() if member.pk in ids}


def _partners(ids: Collection[UUID]) -> TargetNames:
    rows = able_partners().filter(pk__in=ids).order_by("name_key")
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def _queues(ids: Collection[UUID]) -> TargetNames:
    rows = Queue.objects.filter(is_active=True, pk__in=ids)
    return {str(key): name for key, name in rows.values_list("pk", "name")}


register_targets(TargetKind.REPRESENTATIVE, _members)
register_targets(TargetKind.PARTNER, _partners)
register_targets(TargetKind.QUEUE, _queues)
