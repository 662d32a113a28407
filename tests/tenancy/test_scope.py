"""The scope of a tenant: whom it names to PostgreSQL and until when, and that each wall stands without the other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import (
    Naming,
    ScopeError,
    all_tenants,
    current_naming,
    current_tenant,
    name_to_database,
    tenant_scope,
)
from tests.conftest import make_partner

pytestmark = pytest.mark.django_db
SETTINGS = ("app.tenant_id", "app.side", "app.partner_id", "app.user_id")
NOBODY = ("", "", "", "")


def named() -> tuple[str, ...]:
    """Who asks, as row-level security knows it."""
    asked = ", ".join(["coalesce(current_setting(%s, true), '')"] * len(SETTINGS))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", SETTINGS)
        return tuple(cursor.fetchone())


@pytest.mark.parametrize("is_named", [True, False])
def test_none_is_no_tenant(is_named: bool) -> None:
    nobody: Any = None
    with pytest.raises(ScopeError, match="None is not a tenant"), tenant_scope(nobody, named=is_named):
        pass


def test_an_inner_scope_ends_where_the_outer_one_was(acme: Tenant, rival_tenant: Tenant, seller: Membership) -> None:
    with tenant_scope(acme, side="partner", partner_id=seller.partner_id, user_id=seller.user_id):
        outer, naming = named(), current_naming()
        assert outer == (str(acme.pk), "partner", str(seller.partner_id), str(seller.user_id))
        with tenant_scope(rival_tenant):
            assert named() == (str(rival_tenant.pk), "system", "", "")
            assert current_tenant() == rival_tenant
        assert (named(), current_naming()) == (outer, naming)
    assert current_naming() is None


def test_an_inner_scope_that_is_undone_ends_there_too(acme: Tenant) -> None:
    with tenant_scope(acme, side="vendor"):
        outer = named()
        with tenant_scope(acme):
            Partner.objects.create(name="Never")
            transaction.set_rollback(True)
        assert named() == outer
        assert not Partner.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_after_it_the_connection_is_nobodys(
    acme: Tenant, seller: Membership, client_of: Callable[[Membership], Client]
) -> None:
    """A pooler gives it to whoever comes next."""
    with tenant_scope(acme, side="partner", partner_id=seller.partner_id, user_id=seller.user_id):
        assert "" not in named()
    assert named() == NOBODY
    assert client_of(seller).get("/acme/leads/").status_code == 200
    assert named() == NOBODY


def test_each_wall_stands_without_the_other(acme: Tenant, rival_tenant: Tenant) -> None:
    make_partner(acme, "Nordwind Retail")
    make_partner(rival_tenant, "Kontur")
    with tenant_scope(acme):
        assert Partner.objects.get().name == "Nordwind Retail"
        name_to_database(Naming(rival_tenant, "system"))
        assert not Partner.objects.exists(), "PostgreSQL shows theirs, the ORM asks for ours"
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM partners_partner")
            assert cursor.fetchall() == [("Kontur",)], "and PostgreSQL alone shows ours to nobody"


def test_a_row_of_another_tenant_is_neither_written_nor_removed(acme: Tenant, rival_tenant: Tenant) -> None:
    theirs = make_partner(rival_tenant, "Kontur")
    with tenant_scope(acme):
        for act in (
            theirs.save,
            theirs.delete,
            lambda: Partner.objects.bulk_create([Partner(name="Theirs", tenant=rival_tenant)]),
            lambda: Partner.objects.insert_all([Partner(name="Theirs", tenant=rival_tenant)]),
        ):
            with pytest.raises(ScopeError, match="belongs to another tenant"):
                act()


def test_who_sweeps_over_all_tenants_leaves_closed_portals_alone(acme: Tenant, rival_tenant: Tenant) -> None:
    Tenant.objects.filter(pk=rival_tenant.pk).update(is_active=False)
    assert list(all_tenants()) == [acme]
