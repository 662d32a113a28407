"""Roles and seats of many members at once: each by the rules that hold for one, with a result of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import members_for
from partnerhub.accounts.services.seats import (
    hold_seat,
    is_oneself,
    remove_member,
    require_management,
    set_roles,
)
from partnerhub.errors import Reason, Refused
from partnerhub.roles import ADMINISTRATORS
from partnerhub.web.lists.bulk import Chosen, Results, each
from partnerhub.web.seen import check_seen

HELD = "successor_missing"


@transaction.atomic
def give_role_to_many(chosen: Chosen, *, role: str, by: Membership, together: UUID | None = None) -> Results:
    """Give each of them the role besides those they have. Refused for who has it already."""

    def give(member: Membership, seen: int | None) -> Membership:
        return _change(
            member, lambda roles: roles | {role}, seen=seen, unchanged=_("They have this role already."), by=by
        )

    return _each(chosen, give, by=by)


@transaction.atomic
def take_role_from_many(chosen: Chosen, *, role: str, by: Membership, together: UUID | None = None) -> Results:
    """Take the role away from each of them. Refused for who does not have it, or holds something that goes with it."""

    def take(member: Membership, seen: int | None) -> Membership:
        return _change(
            member, lambda roles: roles - {role}, seen=seen, unchanged=_("They do not have this role."), by=by
        )

    return _each(chosen, take, by=by)


@transaction.atomic
def remove_many(chosen: Chosen, *, by: Membership, together: UUID | None = None) -> Results:
    """Take the seats away. Refused for oneself, and for who holds something that somebody has to take over."""

    def remove(member: Membership, seen: int | None) -> Membership:
        if is_oneself(member, by):
            raise Refused(Reason("oneself", _("You do not remove yourself together with others.")))
        return remove_member(member, by=by, seen=seen)

    return _each(chosen, remove, by=by)


def _change(
    member: Membership, change: Callable[[set[str]], set[str]], *, seen: int | None, unchanged: str, by: Membership
) -> Membership:
    require_management(by, partner_id=member.partner_id)
    held, administrators = hold_seat(member)
    check_seen(held, seen, {})
    wanted = change(set(held.roles))
    if wanted == set(held.roles):
        raise Refused(Reason("unchanged", unchanged))
    return set_roles(held, wanted, by=by, administrators=administrators)


def _each(chosen: Chosen, act: Callable[[Membership, int | None], Membership], *, by: Membership) -> dict[UUID, Any]:
    _hold_seats(chosen, by)

    def one(key: UUID, seen: int | None) -> Membership:
        try:
            return act(members_for(by).get(pk=key), seen)
        except Refused as refused:
            raise _without_fields(refused) from None

    return each(chosen, one, gone=_("This member is not there any more."))


def _hold_seats(chosen: Chosen, by: Membership) -> None:
    """Lock all these seats, and the administrators of their sides, in one order: two such acts take turns."""
    partners = {row.partner_id for row in members_for(by).filter(pk__in=[*chosen])}
    of_vendor = Q(partner=None) if None in partners else Q(pk__in=[])
    sides = Q(partner__in=partners - {None}) | of_vendor
    leading = Q(roles__overlap=[role.value for role in ADMINISTRATORS.values()], is_active=True)
    rows = Membership.objects.filter(sides & (leading | Q(pk__in=[*chosen])))
    list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def _without_fields(refused: Refused) -> Refused:
    """What a page would ask beside a field, in words that stand by themselves."""
    if all(reason.code != HELD for reason in refused.reasons):
        return refused
    return Refused(
        Reason(
            "holds_something",
            _("They hold something that somebody has to take over."),
            who=_("Choose on their own page who does."),
        )
    )
