"""Everybody in one house, each with records of their own, for whoever tests the walls."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.brought import brought, functions
from tests.conftest import make_member

NOBODYS = UUID("01900000-0000-7000-8000-000000000000")


@dataclass
class House:
    """Everybody by role letter, and the records of everybody: kind → whose → id."""

    tenant: Tenant
    cast: Any
    people: dict[str, Membership]
    stranger: Membership
    nordwind: Partner
    baltkassa: Partner
    new_lead: Callable[..., Lead]
    acting: Callable[..., Any]
    records: dict[str, dict[str, Any]] = field(default_factory=dict)

    def first(self, model: Any, **narrowed: Any) -> Any:
        """The id of the first row that is so; None where there is none."""
        with tenant_scope(self.tenant):
            return model.objects.filter(**narrowed).values_list("pk", flat=True).first()


@pytest.fixture
def house(
    everybody: Any,
    nordwind: Partner,
    baltkassa: Partner,
    new_lead: Callable[..., Lead],
    acting: Callable[..., Any],
    acme: Tenant,
) -> House:
    cast = everybody
    people = {
        "A": cast.admin,
        "R": cast.seller,
        "U": cast.colleague,
        "B": cast.profile_admin,
        "C": cast.manager,
        "S": cast.representative,
        "F": cast.finance,
        "P": cast.programme_admin,
    }
    zenit = Tenant.objects.get(slug="zenit")
    make_member(zenit, "Hana Novotna", Role.CHANNEL_MANAGER)
    found = House(acme, cast, people, cast.stranger, nordwind, baltkassa, new_lead, acting)
    for records in functions("records"):
        found.records |= records(found)
    with tenant_scope(zenit):
        for kind, model in brought("RECORDS").items():
            found.records[kind]["tenant"] = model.objects.values_list("pk", flat=True).first() or new_id()
    for by_whose in found.records.values():
        by_whose["none"] = NOBODYS
    return found
