"""The members whom a member may see, and what may be changed of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.actors import Actor
from partnerhub.events.models import Event
from partnerhub.events.selectors import events_for
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import managed_partners
from partnerhub.roles import MEMBERS_INVITE, MEMBERS_MANAGE, VENDOR
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.folding import search_words

VENDOR_SIDE = "vendor"  # in place of a partner's id, in filters


def sees_all_people(membership: Actor) -> bool:
    """Whether the member sees every partner's people: whoever manages or invites them, on the vendor side."""
    return membership.side == VENDOR and (membership.can(MEMBERS_MANAGE) or membership.can(MEMBERS_INVITE))


def members_for(membership: Membership) -> QuerySet[Membership]:
    """The members whom this one may see: those of the own organisation; all partners' too for who manages them."""
    rows: QuerySet[Membership] = Membership.objects.filter(is_active=True).select_related("user", "partner")
    return rows if sees_all_people(membership) else rows.filter(own_organisation(membership))


def member_fields(member: Membership, membership: Membership) -> Fields:
    """Which fields of a seat this member may change now: what somebody says of themselves, and others' roles."""
    is_own = member.pk == membership.pk and membership.token is None
    own = None if is_own else Lock(_("A person says this of themselves, signed in."))
    roles = None if membership.can(MEMBERS_MANAGE) else Lock(_("Your roles do not include this."))
    if member.user_id == membership.person_id:
        roles = Lock(_("Nobody gives a role to themselves. Ask another administrator."))
    return all_fields(("name", "title", "phone"), own) | {"roles": roles}


def former_members_for(membership: Membership) -> QuerySet[Membership]:
    """Seats that were taken away, for those who may give them back."""
    rows = Membership.objects.filter(is_active=False).select_related("user", "partner")
    return of_own_people(rows, membership, MEMBERS_MANAGE)


def named_like(rows: QuerySet[Membership], words: str) -> QuerySet[Membership]:
    """Those whose name or email has all these parts of words."""
    for word in search_words(words):
        rows = rows.filter(name_key__contains=word)
    return rows


def of_organisation(rows: QuerySet[Any], organisation: str) -> QuerySet[Any]:
    """Those of a partner (its id), or of the vendor's side (`vendor`)."""
    return rows.filter(partner=None) if organisation == VENDOR_SIDE else rows.filter(partner_id=organisation)


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The names of these members, by id as text."""
    rows = Membership.objects.filter(pk__in=set(keys)).select_related("user")
    return {str(one.pk): one.name for one in rows}


def partners_for(membership: Membership) -> QuerySet[Partner]:
    """The partners into which the member may invite somebody, by name: those they manage, or their own."""
    if sees_all_people(membership):
        return managed_partners(membership).order_by("name")
    own = membership.partner_id
    return Partner.objects.filter(is_active=True, pk=own) if own else Partner.objects.none()


def role_changes_for(membership: Membership, count: int = 5) -> list[Event]:
    """The newest changes of roles among the people whom this member sees."""
    rows = events_for(membership).filter(kind="member.roles_changed")
    if membership.side == VENDOR and not sees_all_people(membership):
        rows = rows.filter(partner_id=None)
    return list(rows.order_by("-id")[:count])


def role_changes_of(member: Membership, *, reader: Membership, count: int = 10) -> list[Event]:
    """The newest changes of one member's roles."""
    rows = events_for(reader).filter(subject_id=member.pk, kind__startswith="member.")
    return list(rows.order_by("-id")[:count])


def own_organisation(membership: Membership) -> Q:
    """Rows of the member's own organisation: their partner's, or the vendor's."""
    return Q(partner_id=membership.partner_id)


def of_own_people(rows: QuerySet[Any], membership: Membership, permission: str) -> QuerySet[Any]:
    """Those of the rows that are about people whom this member manages; none without the permission."""
    if not membership.can(permission):
        return rows.none()
    if sees_all_people(membership):
        return rows
    return rows.filter(partner_id=membership.partner_id)
