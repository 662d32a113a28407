"""Enrolling a partner together with its first person, in one step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.invitations import invite_member
from partnerhub.errors import Reason, Refused
from partnerhub.partners.models import Partner
from partnerhub.partners.services import create_partner
from partnerhub.roles import Role


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
