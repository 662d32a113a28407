"""Roles given and taken away, seats taken away and given back (spec: roles.md, Rules)."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerhub.accounts.holdings import HandOver
from partnerhub.accounts.models import AccessRequest, Membership
from partnerhub.accounts.selectors import administrators_for
from partnerhub.accounts.services.ending import close_requests_of, revoke_tokens_of
from partnerhub.accounts.services.handover import hand_over
from partnerhub.errors import NotPermitted, Reason, Refused, Stale
from partnerhub.events.services import record
from partnerhub.roles import ADMINISTRATORS, MEMBERS_MANAGE, PARTNER, Role, grantable_by, permissions_of
from partnerhub.states import is_person
from partnerhub.web.seen import check_seen

ADMINISTRATORS_NAMED = 3


def require_management(by: Membership, *, partner_id: object) -> None:
    """Raise NotPermitted unless `by` manages the people of this partner (None: of the vendor side)."""
    in_reach = by.side != PARTNER or by.partner_id == partner_id
    if not (by.can(MEMBERS_MANAGE) and in_reach):
        raise NotPermitted(MEMBERS_MANAGE)


@transaction.atomic
def change_roles(
    member: Membership,
    roles: Iterable[str],
    *,
    by: Membership,
    seen: Sequence[str] | None = None,
    to: HandOver | None = None,
) -> Membership:
    """Give the member exactly these roles. Holds from the member's next request on.

    `seen` is what the roles were when `by` looked; `to` says who takes over what the member can't hold without a role
    that goes (see `held_by`). Raises Stale if the roles are others by now, and Refused if a role does not exist on the
    member's side, if `by` may not grant it or would grant it to themselves, if nobody would be left to administer, or
    if something would be left to nobody.
    """
    require_management(by, partner_id=member.partner_id)
    held, administrators = hold_seat(member)
    if seen is not None and set(seen) != set(held.roles):
        raise Stale(held, {"roles": (in_order(seen), held.roles)})
    return set_roles(held, roles, by=by, administrators=administrators, to=to)


def set_roles(
    member: Membership,
    roles: Iterable[str],
    *,
    by: Membership,
    administrators: Sequence[Membership],
    asked: AccessRequest | None = None,
    to: HandOver | None = None,
) -> Membership:
    """Write the roles of a seat that `hold_seat` holds, if the rules allow it, and say so.

    `asked` is the request that is granted by it: the person is told of that one, and not twice.
    """
    before, wanted = list(member.roles), set(roles)
    reasons = _against(member, wanted, by=by, administrators=administrators)
    if reasons:
        raise Refused(reasons)
    if wanted == set(before):
        return member
    member.roles = in_order(wanted)
    write_seat(member, "roles")
    handed = hand_over(member, to or {}, by=by, losing=lost(before, member.roles))
    record(
        "member.roles_changed",
        member,
        actor=by,
        before={"roles": before},
        after={"roles": member.roles},
        data={
            "membership_id": str(member.pk),
            "name": member.name,
            "given": [role for role in member.roles if role not in before],
            "taken": [role for role in before if role not in wanted],
            "url": f"/settings/users/{member.pk}/",
            "access_request_id": str(asked.pk) if asked else "",
            **handed,
        },
    )
    return member


def write_seat(member: Membership, *columns: str) -> None:
    """Write these columns of a seat that is held, and count its version."""
    member.version += 1
    member.save(update_fields=[*columns, "version"])


def lost(before: Iterable[str], after: Iterable[str]) -> frozenset[str]:
    """The permissions that go with the change from these roles to those."""
    return permissions_of(before) - permissions_of(after)


@transaction.atomic
def remove_member(
    member: Membership, *, by: Membership, seen: int | None = None, to: HandOver | None = None
) -> Membership:
    """Take the seat away: at the next request the person is a stranger here. What they did stays theirs.

    What they hold goes to whom `to` names for each kind (see `held_by`), in the same transaction. Their API tokens and
    those they made are revoked, their requests for access closed, and they are told by mail. Raises Stale where the
    seat has changed since the version `seen` (None: any), Refused for the last administrator, and where something would
    be left to nobody.
    """
    require_management(by, partner_id=member.partner_id)
    member, administrators = hold_seat(member)
    if not member.is_active:
        raise Refused(_gone(member))
    check_seen(member, seen, {})
    reasons = [
        *_beyond(set(member.roles), by),
        *_last_administrator(member, set(), administrators),
    ]
    if reasons:
        raise Refused(reasons)
    handed = hand_over(member, to or {}, by=by)
    member.is_active = False
    write_seat(member, "is_active")
    revoke_tokens_of(member, by=by)
    close_requests_of(member, by=by)
    told = _about(member) | {"language": member.user.language, "ask": _whom_to_ask(member)} | handed
    record("member.removed", member, actor=by, before={"roles": member.roles}, data=told)
    return member


def _whom_to_ask(member: Membership) -> list[list[str]]:
    """Name and address of those who could give the seat back."""
    return [
        [row.name, row.email] for row in administrators_for(member.partner_id, besides=member)[:ADMINISTRATORS_NAMED]
    ]


@transaction.atomic
def restore_member(member: Membership, *, by: Membership, seen: int | None = None) -> Membership:
    """Give a former member the seat back, with the roles it had.

    Raises Stale where the seat has changed since the version `seen` (None: any), Refused if `by` may not grant one of
    the roles, or the person has a seat elsewhere in this portal by now.
    """
    require_management(by, partner_id=member.partner_id)
    member, _administrators = hold_seat(member)
    if member.is_active:
        return member
    check_seen(member, seen, {})
    if reasons := _beyond(set(member.roles), by):
        raise Refused(reasons)
    member.is_active = True
    try:
        with transaction.atomic():
            write_seat(member, "is_active")
    except IntegrityError as error:
        raise Refused(
            Reason("seat_elsewhere", _("%(name)s has another seat in this portal by now.") % {"name": member.name})
        ) from error
    record("member.restored", member, actor=by, after={"roles": member.roles}, data=_about(member))
    return member


def against_removing(member: Membership, *, by: Membership) -> list[Reason]:
    """Why `by` may not take this seat away, as far as can be told without holding it; nothing if they may."""
    administrator = ADMINISTRATORS[member.side]
    others = Membership.objects.filter(partner=member.partner_id, is_active=True, roles__contains=[administrator])
    return [*_beyond(set(member.roles), by), *_last_administrator(member, set(), list(others))]


def hold_seat(member: Membership) -> tuple[Membership, list[Membership]]:
    """The seat as it is now, and the administrators of its side, locked until the end of the transaction.

    All in one order, so that two who take the role from one another take turns: the second sees what the first left.
    """
    administrator = Q(is_active=True, roles__contains=[ADMINISTRATORS[member.side]])
    rows = list(
        Membership.objects.filter(Q(pk=member.pk) | administrator, partner=member.partner_id)
        .select_related("user", "partner")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    held = next(row for row in rows if row.pk == member.pk)
    role = ADMINISTRATORS[member.side]
    return held, [row for row in rows if row.is_active and role in row.roles]


def is_oneself(member: Membership, by: Membership) -> bool:
    """Whether `by` is the member, or a token of the member's, whatever seat it acts for."""
    return member.pk == by.pk or is_person(by, member.user_id)


def in_order(roles: Iterable[str]) -> list[str]:
    """Role values in the order of the roles page."""
    wanted = set(roles)
    return [role.value for role in Role if role.value in wanted]


def roles_refused(roles: set[str], *, side: str, by: Membership, is_service: bool = False) -> list[Reason]:
    """Why `by` may not give these roles to somebody of this side; nothing if they may.

    No program administers: a person answers for who has access.
    """
    known = {role.value for role in Role}
    if unknown := sorted(roles - known):
        text = _("There is no role called %(role)s.") % {"role": unknown[0]}
        return [Reason("role_unknown", text, field="roles")]
    if strange := [Role(role) for role in in_order(roles) if Role(role).side != side]:
        text = _("%(role)s is not a role of this organisation.") % {"role": strange[0].label}
        return [Reason("role_of_other_side", text, field="roles")]
    if is_service and ADMINISTRATORS[side].value in roles:
        text = _("A service member can't be %(role)s: a person answers for who has access.")
        return [Reason("role_of_persons", text % {"role": ADMINISTRATORS[side].label}, field="roles")]
    return _beyond(roles, by)


def _against(
    member: Membership, wanted: set[str], *, by: Membership, administrators: Sequence[Membership]
) -> list[Reason]:
    if not member.is_active:
        return [_gone(member)]
    held = set(member.roles)
    reasons = roles_refused(wanted - held, side=member.side, by=by, is_service=member.is_service)
    if wanted - held and is_oneself(member, by):
        text = _("Nobody gives a role to themselves. Ask another administrator.")
        reasons.append(Reason("own_roles", text))
    reasons += _beyond(held - wanted, by)
    reasons += _last_administrator(member, wanted, administrators)
    return reasons


def _beyond(roles: set[str], by: Membership) -> list[Reason]:
    beyond = [Role(role) for role in in_order(roles) if Role(role) not in grantable_by(by.roles)]
    if not beyond:
        return []
    names = ", ".join(str(role.label) for role in beyond)
    text = ngettext(
        "Your roles do not let you give or take away the role %(names)s.",
        "Your roles do not let you give or take away the roles %(names)s.",
        len(beyond),
    ) % {"names": names}
    return [Reason("role_not_yours_to_grant", text)]


def _last_administrator(member: Membership, wanted: set[str], administrators: Sequence[Membership]) -> list[Reason]:
    role = ADMINISTRATORS[member.side]
    others = [row for row in administrators if row.pk != member.pk]
    if others or role in wanted or role not in member.roles or not member.is_active:
        return []
    text = _("%(name)s is the last %(role)s. There has to be one.") % {"name": member.name, "role": role.label}
    who = _("Give the role %(role)s to somebody else first.") % {"role": role.label}
    return [Reason("last_administrator", text, who=who)]


def _gone(member: Membership) -> Reason:
    return Reason("not_a_member", _("%(name)s is no longer a member.") % {"name": member.name})


def _about(member: Membership) -> dict[str, object]:
    return {"membership_id": str(member.pk), "name": member.name, "email": member.email, "roles": member.roles}
