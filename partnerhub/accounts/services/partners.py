"""Enrolling a partner together with its first person, in one step; and who of the vendor looks after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerhub.accounts.holdings import HoldingKind, register_holding
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors import able_managers
from partnerhub.accounts.services.invitations import invite_member
from partnerhub.errors import Reason, Refused
from partnerhub.events.services import EVENTS_WRITTEN, Changed, record_each
from partnerhub.partners.models import Partner
from partnerhub.partners.services import PARTNERS, create_partner, set_managers
from partnerhub.roles import PARTNERS_MANAGE, Role
from partnerhub.web.visibility import Holds

MOST_MANAGERS = 20


@transaction.atomic
def name_managers(partner_id: UUID, managers: Iterable[UUID], *, by: Membership, seen: int | None = None) -> Partner:
    """Say which channel managers look after a partner: exactly these; none: all of them.

    Raises Refused for who can't, and where others look after the partner; Partner.DoesNotExist, Stale, NotPermitted.
    """
    wanted = set(managers)
    able = {row.pk: row.name for row in able_managers()}
    if strange := wanted - able.keys():
        text = _("This person can’t look after partners. Choose another.")
        raise Refused([Reason("manager_unable", text, field="managers") for _one in strange][:1])
    if len(wanted) > MOST_MANAGERS:
        text = _("Choose at most %(most)s people.") % {"most": MOST_MANAGERS}
        raise Refused(Reason("too_many_managers", text, field="managers"))
    return set_managers(partner_id, {key: able[key] for key in wanted}, by=by, seen=seen)


def _managed(member: Membership) -> Any:
    return Partner.objects.filter(Holds("managers", member.pk).lookup())


def _hand_over(member: Membership, to: Membership | None, by: Membership) -> int:
    """Name somebody else for every partner that a member looks after, one event each."""
    rows = list(_managed(member).order_by("pk").select_for_update(no_key=True))
    told = []
    for partner in rows:
        before = partner.managers
        partner.managers = sorted({*(key for key in before if key != member.pk), *([to.pk] if to else [])})
        partner.version, partner.updated_at = partner.version + 1, now()
        fields = {"managers": [str(key) for key in before]}, {"managers": [str(key) for key in partner.managers]}
        about = PARTNERS.event_data(partner) | {"names": to.name if to else ""}
        told.append(Changed(partner, *fields, about))
    Partner.objects.bulk_update(rows, ["managers", "version", "updated_at"], batch_size=EVENTS_WRITTEN)
    record_each("partner.managers_named", told, actor=by)
    return len(rows)


register_holding(
    HoldingKind(
        key="partners",
        permission=PARTNERS_MANAGE,
        label=lambda many: (
            ngettext("%(many)s partner to look after", "%(many)s partners to look after", many) % {"many": many}
        ),
        many=lambda member: _managed(member).count(),
        successors=lambda member: [row for row in able_managers() if row.pk != member.pk],
        hand_over=_hand_over,
        url=lambda _member: "/partners/?mine=true",
        nobody=gettext_lazy("Nobody: every channel manager looks after those that name nobody else"),
    )
)


@dataclass(frozen=True)
class FirstPerson:
    """Who is invited with a new partner, and the roles they need: one person may hold them all."""

    email: str
    name: str
    roles: Iterable[str]


@transaction.atomic
def enrol_partner(values: Mapping[str, Any], *, first: FirstPerson | None, by: Membership) -> Partner:
    """Create a partner (see `create_partner`) and invite its first person, who can invite the others.

    Raises Refused as both do, and where the first person would not be Account admin; NotPermitted.
    """
    partner = create_partner(values, by=by)
    if first is not None:
        if Role.ACCOUNT_ADMIN not in set(first.roles):
            text = _("Make the first person Account admin, so that somebody there can invite the others.")
            raise Refused(Reason("first_is_administrator", text, field="roles"))
        invite_member(email=first.email, name=first.name, roles=first.roles, partner=partner, by=by)
    return partner
