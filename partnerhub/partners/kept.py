"""The verbs of locations, solutions and tiers, and what of them a member sees and keeps."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Refused
from partnerhub.partners.entries import add_entry, change_entry
from partnerhub.partners.models import Entry, Location, OfPartner, Partner, Solution, Tier
from partnerhub.partners.selectors import partner_seen, why_not_managed
from partnerhub.roles import PARTNERS_MANAGE, PROFILE_MANAGE, PROGRAMS_MANAGE, VENDOR
from partnerhub.web.visibility import EVERYTHING, Is, Rule


def seen_by(membership: Seat) -> Rule:
    """Which locations and solutions a member may see: the own partner's; all partners' on the vendor side."""
    return EVERYTHING if membership.side == VENDOR else Is("partner_id", membership.partner_id)


def partner_entries(model: type[OfPartner], partner: Partner, membership: Seat) -> QuerySet[Any]:
    """A partner's locations or solutions, by name, retired ones last."""
    rows: QuerySet[Any] = model.objects.filter(seen_by(membership).lookup(), partner=partner)
    return rows.order_by("is_retired", "name")


def entries_seen(model: type[OfPartner], membership: Seat) -> QuerySet[Any]:
    """All locations or solutions that a member sees, of whatever partner."""
    rows: QuerySet[Any] = model.objects.filter(seen_by(membership).lookup())
    return rows


def kept_partner(membership: Seat, partner_id: UUID | None = None) -> Partner:
    """The member's own partner. Raises Partner.DoesNotExist on the vendor side, and for another one's id."""
    if membership.partner_id is None or partner_id not in {None, membership.partner_id}:
        raise Partner.DoesNotExist
    found: Partner = Partner.objects.get(pk=membership.partner_id)
    return found


def tiers() -> QuerySet[Tier]:
    """The tiers of the tenant, the lowest first."""
    rows: QuerySet[Tier] = Tier.objects.order_by("is_retired", "position", "name")
    return rows


@transaction.atomic
def add_location(partner_id: UUID, values: Mapping[str, Any], *, by: Seat) -> Entry:
    """Raises Partner.DoesNotExist, Refused by field and where others look after the partner, NotPermitted."""
    return add_entry(Location(partner=_partner(partner_id, by)), values, by=by, kind="location.added")


@transaction.atomic
def change_location(row_id: UUID, changes: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> Entry:
    """Raises Location.DoesNotExist, Stale, Refused, NotPermitted."""
    return change_entry(_held(Location, row_id, by), changes, by=by, kind="location.changed", seen=seen)


@transaction.atomic
def add_solution(partner_id: UUID, values: Mapping[str, Any], *, by: Seat) -> Entry:
    """Raises as `add_location`."""
    return add_entry(Solution(partner=_partner(partner_id, by)), values, by=by, kind="solution.added")


@transaction.atomic
def change_solution(row_id: UUID, changes: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> Entry:
    """Raises Solution.DoesNotExist, Stale, Refused, NotPermitted."""
    return change_entry(_held(Solution, row_id, by), changes, by=by, kind="solution.changed", seen=seen)


@transaction.atomic
def add_tier(values: Mapping[str, Any], *, by: Seat) -> Entry:
    """Raises Refused by field, NotPermitted."""
    _require(by, PROGRAMS_MANAGE)
    return add_entry(Tier(), values, by=by, kind="tier.added")


@transaction.atomic
def change_tier(row_id: UUID, changes: Mapping[str, Any], *, by: Seat, seen: int | None = None) -> Entry:
    """Raises Tier.DoesNotExist, Stale, Refused, NotPermitted."""
    _require(by, PROGRAMS_MANAGE)
    row = Tier.objects.select_for_update(no_key=True).get(pk=row_id)
    return change_entry(row, changes, by=by, kind="tier.changed", seen=seen)


def _require(by: Seat, permission: str) -> None:
    if not by.can(permission):
        raise NotPermitted(permission)


def _partner(partner_id: UUID, by: Seat) -> Partner:
    """The partner, if it is that of `by`, or `by` looks after it."""
    if by.partner_id is not None:
        _require(by, PROFILE_MANAGE)
        return kept_partner(by, partner_id)
    _require(by, PARTNERS_MANAGE)
    partner = partner_seen(by, partner_id)
    if reasons := why_not_managed(partner, by):
        raise Refused(reasons)
    return partner


def _held(model: type[OfPartner], row_id: UUID, by: Seat) -> Any:
    """The row, locked, if `by` looks after its partner."""
    row = model.objects.select_for_update(no_key=True).get(pk=row_id)
    row.partner = _partner(row.partner_id, by)
    return row
