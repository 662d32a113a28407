"""Where leads can go: each kind of target registers its ids with their names (rulings 32)."""

from collections.abc import Callable, Mapping

from leads.selectors import representatives
from partnerhub.claims.models import Queue
from partnerhub.partners.models import Partner
from partnerhub.partners.states import Status as PartnerStatus
from partnerhub.routing.states import TargetKind

TargetNames = Mapping[str, str]
_kinds: dict[str, Callable[[], TargetNames]] = {}


def register_targets(kind: str, names: Callable[[], TargetNames]) -> None:
    """`names` reads who of this kind can get leads now: id as text → name. One statement."""
    _kinds[kind] = names


def target_names(kind: str) -> TargetNames:
    """Who of this kind can get leads now."""
    return _kinds[kind]()


def _members() -> TargetNames:
    return {str(member.pk): member.name for member in representatives()}


def _partners() -> TargetNames:
    rows = Partner.objects.filter(status=PartnerStatus.ACTIVE, is_active=True).order_by("name_key")
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def _queues() -> TargetNames:
    rows = Queue.objects.filter(is_active=True).order_by("position", "name")
    return {str(key): name for key, name in rows.values_list("pk", "name")}


register_targets(TargetKind.REPRESENTATIVE, _members)
register_targets(TargetKind.GROUP, _members)
register_targets(TargetKind.PARTNER, _partners)
register_targets(TargetKind.QUEUE, _queues)
