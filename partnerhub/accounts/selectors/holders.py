"""Who holds a role or a permission: whom to ask, and who can decide."""

from collections.abc import Iterable
from uuid import UUID

from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.roles import ADMINISTRATORS, PARTNER, PARTNERS_MANAGE, VENDOR, Role, roles_with

MOST_ASKED = 20  # colleagues who are read to name a few of them


def administrators_for(partner_id: UUID | None, *, besides: Membership | None = None) -> list[Membership]:
    """Who can give roles to the people of this partner (None: of the vendor side): the partner's Account admins.

    The Programme admins where a partner has none, or none `besides` the one who asks: nobody grants themselves a role.
    """
    side = PARTNER if partner_id else VENDOR
    rows = Membership.objects.filter(PERSONS).select_related("user").order_by("name_key")
    if besides:
        rows = rows.exclude(pk=besides.pk)
    own = list(rows.filter(partner=partner_id, roles__contains=[ADMINISTRATORS[side]]))
    return own or list(rows.filter(partner=None, roles__contains=[Role.PROGRAMME_ADMIN]))


def holders_of(permissions: Iterable[str], besides: Seat, *, most: int) -> dict[str, list[str]]:
    """The colleagues of a member who hold a role with each of these permissions, by name; none where there are more
    than `most`. One statement.
    """
    wanted = {permission: {role.value for role in roles_with(permission, besides.side)} for permission in permissions}
    roles = sorted(set().union(*wanted.values()))
    able = Membership.objects.filter(PERSONS, partner=besides.partner_id, roles__overlap=roles)
    people = list(able.exclude(pk=besides.pk).select_related("user").order_by("name_key")[: MOST_ASKED + 1])
    if len(people) > MOST_ASKED:
        return {}
    found = {word: [one.name for one in people if held & set(one.roles)] for word, held in wanted.items()}
    return {word: names for word, names in found.items() if len(names) <= most}


def able_managers() -> list[Membership]:
    """The vendor's people who can look after partners, by name."""
    roles = [role.value for role in roles_with(PARTNERS_MANAGE, VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=None, roles__overlap=roles)
    return list(rows.select_related("user").order_by("name_key"))


def names_with(permission: str, partner_id: UUID | None, *, most: int = 3) -> list[str]:
    """Who of this organisation (None: the vendor) holds a role with the permission; nobody is named where there are
    more than `most`."""
    roles = [role.value for role in roles_with(permission, PARTNER if partner_id else VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=partner_id, roles__overlap=roles)
    found = [member.name for member in rows.select_related("user").order_by("name_key")[: most + 1]]
    return found if len(found) <= most else []
