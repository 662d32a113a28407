"""Every owned table stands behind both walls; a new model without them fails here by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import ProgrammingError

from leads.models import LeadCounter, OwnField, Program
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant, TenantForeignKey, TenantModel, new_id
from partnerhub.tenancy.scope import ScopeError, TenantManager, tenant_scope

OWN_APPS = {
    "absences",
    "responses",
    "offers",
    "registrations",
    "quotes",
    "solutions",
    "imports",
    "exports",
    "bulk",
    "receipts",
    "protection",
    "appeals",
    "intake",
    "claims",
    "calendars",
    "conflicts",
    "clocks",
    "routing",
    "ranking",
    *("accounts", "deals", "events", "leads", "notes", "notifications", "partners", "referrals", "tenancy", "upgrades"),
}
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


# Whose rows are appended only; and those into which a partner writes what others get, and sees none of it.
UNGUARDED = {"events_event", "events_untold", "notifications_message", "ranking_uncountedevent"}


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_what_is_seen_by_more_than_may_write_it_is_guarded(db: None, model: type[TenantModel]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cmd, qual, with_check, permissive FROM pg_policies"
            " WHERE tablename = %s AND policyname IN ('wall', 'guard_update', 'guard_delete')",
            [model._meta.db_table],
        )
        policies = {row[0]: row[1:] for row in cursor.fetchall()}
    see, write, _ = policies["ALL"]
    if see != write and model._meta.db_table not in UNGUARDED:
        assert {command: policies[command][2] for command in ("UPDATE", "DELETE")} == {
            "UPDATE": "RESTRICTIVE",
            "DELETE": "RESTRICTIVE",
        }
        assert policies["UPDATE"][0] in write
        assert policies["DELETE"][0] in write


@pytest.fixture
def visible(acme: Tenant, seller: Membership, manager: Membership, acting: Any) -> Iterator[None]:
    """The partner's side, in a tenant with a program, an own field, a counter and people of the vendor's."""
    with tenant_scope(acme):
        OwnField.objects.create(program=Program.objects.get(slug="pos"), label="Loyalty scheme", kind="text")
        LeadCounter.objects.create(last=7)
    with acting(seller):
        yield


SEEN_NOT_WRITTEN = ("leads_program", "leads_ownfield", "accounts_membership WHERE partner_id IS NULL")


@pytest.mark.parametrize("rows", SEEN_NOT_WRITTEN)
def test_a_partner_can_not_remove_what_it_sees(visible: None, rows: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {rows}")
        assert cursor.fetchone()[0] > 0
        cursor.execute(f"DELETE FROM {rows}")
        assert cursor.rowcount == 0


@pytest.mark.parametrize("rows", SEEN_NOT_WRITTEN)
def test_a_partner_can_not_take_over_what_it_sees(visible: None, seller: Membership, rows: str) -> None:
    table, _, condition = rows.partition(" ")
    change = "partner_id = %s" if "membership" in rows else "id = coalesce(id, %s)"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} {condition}", [seller.partner_id])
        assert cursor.rowcount == 0


def test_a_partner_writes_no_program(visible: None, acme: Tenant) -> None:
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("INSERT INTO leads_program (id, tenant_id) VALUES (%s, %s)", [new_id(), acme.pk])


def test_numbers_of_leads_count_up_only(visible: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM leads_leadcounter")
        assert cursor.rowcount == 0
        for wrong in ("7", "1", "last - 1"):
            with pytest.raises(IntegrityError, match="given once"), transaction.atomic():
                cursor.execute(f"UPDATE leads_leadcounter SET last = {wrong}")
        cursor.execute("UPDATE leads_leadcounter SET last = last + 1 RETURNING last")
        assert cursor.fetchone() == (8,)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO django_migrations (app, name, applied) VALUES ('leads', '9999', now())",
        "UPDATE django_migrations SET name = 'x'",
        "DELETE FROM django_migrations",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        r"SELECT lo_from_bytea(0, '\x00')",
    ],
)
def test_the_portals_role_writes_neither_migrations_nor_large_objects(db: None, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement)


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
