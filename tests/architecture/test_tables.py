"""Every owned table stands behind both walls; a new model without them fails here by itself."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import ProgrammingError

from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant, TenantForeignKey, TenantModel, new_id
from partnerhub.tenancy.scope import ScopeError, TenantManager, tenant_scope
from tests.conftest import make_tenant

OWN_APPS = {"accounts", "deals", "events", "leads", "notes", "notifications", "partners", "referrals", "tenancy"}
# Tables that belong to the installation, not to a tenant.
GLOBAL = {Tenant, apps.get_model("accounts.User"), apps.get_model("accounts.Letter")}
OWNED = sorted(
    (model for model in apps.get_models() if issubclass(model, TenantModel)), key=lambda model: model.__name__
)


def test_every_model_of_ours_is_owned_by_a_tenant_or_named_as_global() -> None:
    ours = {model for model in apps.get_models() if model._meta.app_label in OWN_APPS}
    assert ours - set(OWNED) == GLOBAL


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_an_owned_model_reads_through_the_scope_only(model: type[TenantModel]) -> None:
    assert isinstance(model._default_manager, TenantManager)
    assert isinstance(model._base_manager, TenantManager)
    for ask in (model.objects.exists, model.objects.count, model._base_manager.first, model.objects.all):
        with pytest.raises(ScopeError):
            ask()
    with pytest.raises(ScopeError):
        model.objects.bulk_create([])


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_the_database_forces_the_wall(db: None, model: type[TenantModel]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relrowsecurity, c.relforcerowsecurity, p.qual, p.with_check FROM pg_class c"
            " JOIN pg_policies p ON p.tablename = c.relname AND p.policyname = 'wall'"
            " WHERE c.relname = %s AND p.roles = '{public}' AND p.cmd = 'ALL'",
            [model._meta.db_table],
        )
        enabled, forced, qual, check = cursor.fetchone()
    assert enabled
    assert forced
    for text in (qual, check):
        assert "app.tenant_id" in text
    if any(field.name == "partner" for field in model._meta.fields):
        assert "app.side" in qual
        assert "app.partner_id" in qual


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_with_no_tenant_named_the_table_is_empty_and_refuses_writes(db: None, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    tenant = make_tenant("acme", "Acme Commerce")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant_id', '', true), set_config('app.side', '', true)")
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] == 0
        cursor.execute(f"DELETE FROM {table}")
        assert cursor.rowcount == 0
        cursor.execute(f"UPDATE {table} SET tenant_id = %s", [tenant.pk])
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            cursor.execute(f"INSERT INTO {table} (id, tenant_id) VALUES (%s, %s)", [new_id(), tenant.pk])


def test_a_row_cannot_be_moved_to_another_tenant(db: None) -> None:
    acme, zenit = make_tenant("acme", "Acme Commerce"), make_tenant("zenit", "Zenit Pay")
    with (
        tenant_scope(acme),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        cursor.execute("UPDATE leads_program SET tenant_id = %s", [zenit.pk])


def test_the_portals_role_cannot_step_past_the_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("partnerhub", False, False, False)
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchall() == []
        cursor.execute("SELECT pg_has_role(current_user, 'partnerhub_reader', 'MEMBER')")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_references_cannot_leave_the_tenant(db: None, model: type[TenantModel]) -> None:
    """Each reference to an owned table is held by (tenant_id, column), in the database."""
    references = [
        field
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel)
    ]
    for field in references:
        assert isinstance(field, TenantForeignKey), field
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
                [model._meta.db_table],
            )
            constraints = [row[0] for row in cursor.fetchall()]
        target = field.related_model._meta.db_table
        assert f"FOREIGN KEY (tenant_id, {field.column}) REFERENCES {target}(tenant_id, id)" in constraints


def test_events_are_append_only(db: None, acme: Tenant) -> None:
    with tenant_scope(acme), connection.cursor() as cursor:
        event = Event.objects.create(kind="x.y", subject_type="x", subject_id=new_id(), actor_side="system")
        for change in ("UPDATE events_event SET kind = 'z' WHERE id = %s", "DELETE FROM events_event WHERE id = %s"):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(change, [event.pk])
        assert Event.objects.get(pk=event.pk).kind == "x.y"
