"""The second wall of every owned model, with rows behind it: what PostgreSQL itself shows and takes, by plain SQL.

Every statement is the portal's role's. The ORM's wall and the policies' texts: tests/architecture/test_tables.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant, TenantModel, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.house import House
from tests.architecture.test_tables import OWNED
from tests.brought import brought
from tests.kits.declared import Walls

DECLARED: dict[str, Walls] = brought("WALLS")
REFUSED = r"row-level security|append-only|permission denied"
SIDES = ("vendor", "partner", "system")


def label_of(model: type[TenantModel]) -> str:
    return model._meta.label


def owner_of(model: type[TenantModel]) -> str:
    """The column that says which partner's a row is; empty where rows are nobody's in particular."""
    columns = {field.column for field in model._meta.fields}
    return "id" if model is Partner else "partner_id" if "partner_id" in columns else ""


OF_PARTNERS = [model for model in OWNED if owner_of(model)]


@pytest.fixture(scope="module")
def house(house: House) -> House:
    """The house with a row of every owned model."""
    with tenant_scope(house.tenant):
        for declared in DECLARED.values():
            declared.make(house)
    return house


@contextmanager
def asking(tenant: Tenant | None, side: str, partner: UUID | None = None) -> Iterator[Any]:
    """A cursor, for whom PostgreSQL takes to be on this side of this tenant; undone behind it."""
    said = (str(tenant.pk) if tenant else "", side, str(partner or ""))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', %s, true),"
            " set_config('app.partner_id', %s, true), set_config('app.user_id', '', true)",
            said,
        )
        yield cursor
        transaction.set_rollback(True)


def ids(cursor: Any, model: type[TenantModel], where: str = "true", *values: Any) -> set[UUID]:
    cursor.execute(f"SELECT id FROM {model._meta.db_table} WHERE {where}", values)
    return {row[0] for row in cursor.fetchall()}


def everything(house: House, model: type[TenantModel], where: str = "true", *values: Any) -> set[UUID]:
    with asking(house.tenant, "system") as cursor:
        return ids(cursor, model, where, *values)


def zenit() -> Tenant:
    return Tenant.objects.get(slug="zenit")


def test_every_owned_model_has_rows_here(house: House) -> None:
    """A table without rows shows nothing to anybody: `WALLS` of its app's `brings.py` makes them."""
    empty = [label_of(model) for model in OWNED if not everything(house, model)]
    of_nobody = [
        label_of(model)
        for model in OF_PARTNERS
        if not everything(house, model, f"{owner_of(model)} = %s", house.nordwind.pk)
    ]
    assert (empty, of_nobody) == ([], [])
    assert set(DECLARED) <= {label_of(model) for model in OWNED}


@pytest.mark.parametrize("model", OWNED, ids=label_of)
def test_with_no_tenant_named_there_are_no_rows(house: House, model: type[TenantModel]) -> None:
    for side in ("", *SIDES):
        with asking(None, side, house.nordwind.pk) as cursor:
            assert ids(cursor, model) == set(), f"as {side or 'nobody'}"


@pytest.mark.parametrize("model", OWNED, ids=label_of)
def test_with_no_side_named_there_are_no_rows(house: House, model: type[TenantModel]) -> None:
    with asking(house.tenant, "", house.nordwind.pk) as cursor:
        assert ids(cursor, model) == set()


@pytest.mark.parametrize("model", OWNED, ids=label_of)
def test_another_tenant_sees_none_of_its_rows(house: House, model: type[TenantModel]) -> None:
    ours = everything(house, model)
    for side in SIDES:
        with asking(zenit(), side, house.nordwind.pk) as cursor:
            assert not ours & ids(cursor, model), f"as {side}"


@pytest.mark.parametrize("model", OF_PARTNERS, ids=label_of)
def test_another_partner_sees_none_of_its_rows(house: House, model: type[TenantModel]) -> None:
    ours = everything(house, model, f"{owner_of(model)} = %s", house.nordwind.pk)
    with asking(house.tenant, "partner", house.baltkassa.pk) as cursor:
        assert not ours & ids(cursor, model)
    with asking(house.tenant, "partner") as cursor:
        assert not ours & ids(cursor, model), "with no partner named"


@pytest.mark.parametrize("model", OF_PARTNERS, ids=label_of)
def test_another_partner_changes_and_removes_none_of_its_rows(house: House, model: type[TenantModel]) -> None:
    table, where = model._meta.db_table, f"{owner_of(model)} = %s"
    for act in (f"UPDATE {table} SET id = id WHERE {where}", f"DELETE FROM {table} WHERE {where}"):
        with asking(house.tenant, "partner", house.baltkassa.pk) as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(act, [house.nordwind.pk])
                    touched = cursor.rowcount
            except DatabaseError as error:
                assert "permission denied" in str(error), act  # noqa: PT017 - refused or nothing, both are right
                touched = 0
        assert touched == 0, act


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("model", OWNED, ids=label_of)
def test_no_row_is_written_into_another_tenant(house: House, model: type[TenantModel], side: str) -> None:
    table, row = model._meta.db_table, _copy(house, model)
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    for named in (house.tenant, None):
        with asking(named, side, house.nordwind.pk) as cursor, pytest.raises(DatabaseError, match=REFUSED):
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*row.values()])


def _copy(house: House, model: type[TenantModel]) -> dict[str, Any]:
    """The columns of one of Acme's rows, as a new one of Zenit's."""
    names = [field.column for field in model._meta.fields if not field.generated]
    with asking(house.tenant, "system") as cursor:
        cursor.execute(f"SELECT {', '.join(f'{name}::text' for name in names)} FROM {model._meta.db_table} LIMIT 1")
        row = dict(zip(names, cursor.fetchone(), strict=True))
    return row | {"id": new_id(), "tenant_id": zenit().pk}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("model", OWNED, ids=label_of)
def test_no_row_is_moved_into_another_tenant(house: House, model: type[TenantModel], side: str) -> None:
    before = everything(house, model)
    with asking(house.tenant, side, house.nordwind.pk) as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"UPDATE {model._meta.db_table} SET tenant_id = %s", [zenit().pk])
                moved = cursor.rowcount
        except DatabaseError:
            moved = 0
        assert moved == 0
    assert everything(house, model) == before
