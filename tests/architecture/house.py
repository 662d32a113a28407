"""Everybody in one house, each with records of their own, for whoever tests the walls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.brought import brought, functions
from tests.conftest import PARTS, as_member, make_member, make_partner, make_tenant, play, stranger_in, submitted

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


def house_of(cast: Any, nordwind: Partner, baltkassa: Partner, acme: Tenant) -> House:
    """The house of this cast, with the records that all apps bring."""
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
    found = House(acme, cast, people, cast.stranger, nordwind, baltkassa, submitted, as_member)
    for records in functions("records"):
        found.records |= records(found)
    with tenant_scope(zenit):
        for kind, model in brought("RECORDS").items():
            found.records[kind]["tenant"] = model.objects.values_list("pk", flat=True).first() or new_id()
    for by_whose in found.records.values():
        by_whose["none"] = NOBODYS
    return found


@pytest.fixture(scope="module")
def whole_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Built once for the tests of a module, which do not ask for `db`: it would want an empty database."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built()
        transaction.set_rollback(True)


@pytest.fixture
def house(whole_house: House) -> Iterator[House]:
    """What a test does in it is undone behind it."""
    with transaction.atomic():
        yield replace(whole_house, records={kind: dict(one) for kind, one in whole_house.records.items()})
        transaction.set_rollback(True)


def built() -> House:
    """A house with its whole cast, where the tests of a module share one."""
    acme, zenit = make_tenant("acme", "Acme Commerce"), make_tenant("zenit", "Zenit Pay", brand_hue=320)
    nordwind, baltkassa = make_partner(acme, "Nordwind Retail"), make_partner(acme, "Baltkassa")
    of_nordwind = {"seller", "colleague", "admin", "profile_admin"}
    cast = {
        part: play(part, acme, nordwind if part in of_nordwind else baltkassa if part == "rival" else None)
        for part in PARTS
    }
    return house_of(SimpleNamespace(**cast, stranger=stranger_in(zenit)), nordwind, baltkassa, acme)
