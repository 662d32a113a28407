"""Service members: seats without a person's sign-in, for programs. Tokens act for them, nothing else does."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.services.seats import in_order, require_management, roles_refused
from partnerhub.errors import AlreadySent, Reason, Refused
from partnerhub.events.services import record
from partnerhub.tenancy.models import new_id

SERVICE_ADDRESS = "{key}@service.invalid"
"""What stands for an address: no mail ever leaves for it (RFC 2606)."""


@transaction.atomic
def add_service_member(*, name: str, roles: Iterable[str], by: Membership, id: UUID | None = None) -> Membership:
    """Make a seat for a program in one's own organisation.

    A form sends the `id` that it wants, so that sent twice it makes one. Raises NotPermitted for who does not manage
    people, Refused for a token, for no role, and for a role that `by` may not grant or no program may hold,
    AlreadySent where the id has made another seat.
    """
    require_management(by, partner_id=by.partner_id)
    wanted = set(roles)
    reasons = _against(wanted, by=by)
    if reasons:
        raise Refused(reasons)
    if id and (member := Membership.objects.select_related("user").filter(pk=id, partner=by.partner_id).first()):
        _check_repetition(member, name=name.strip(), roles=in_order(wanted))
        return member
    key = new_id()
    user = User(id=key, email=SERVICE_ADDRESS.format(key=key.hex), name=name.strip(), is_service=True)
    user.set_unusable_password()
    user.save(force_insert=True)
    member = Membership(user=user, partner_id=by.partner_id, roles=in_order(wanted), **({"id": id} if id else {}))
    member.save(force_insert=True)
    data = {"membership_id": str(member.pk), "name": member.name, "url": f"/settings/users/{member.pk}/"}
    record("member.service_added", member, actor=by, after={"roles": member.roles}, data=data)
    return member


def _check_repetition(made: Membership, *, name: str, roles: list[str]) -> None:
    """Raise AlreadySent where the form's id has made another seat than this one."""
    pairs = {"name": (name, made.user.name), "roles": (roles, made.roles)}
    if difference := {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}:
        raise AlreadySent(made, difference)


def _against(roles: set[str], *, by: Membership) -> list[Reason]:
    if by.token is not None:
        return [Reason("not_by_token", _("A token can't do this. Sign in to do it."))]
    if not roles:
        return [Reason("no_roles", _("Choose at least one role."), field="roles")]
    return roles_refused(roles, side=by.side, by=by, is_service=True)
