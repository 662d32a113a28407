"""The roles that `prepare.sql` makes, seen in the database that the tests themselves run in."""

import os
from contextlib import closing

import psycopg2
import pytest
from django.db import connection

from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.preparation import PREPARE, PreparationError, prepare_database
from partnerhub.tenancy.scope import tenant_scope
from tests.database import OF_DJANGO


def ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None


@pytest.mark.django_db
def test_the_portal_signs_in_as_an_ordinary_role():
    assert ask("SELECT current_user") == "partnerhub"
    assert ask("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False


@pytest.mark.django_db
def test_the_owner_is_an_ordinary_role_too():
    assert ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'partnerhub_owner'") is False
    assert ask("SELECT tableowner FROM pg_tables WHERE tablename = 'django_migrations'") == "partnerhub_owner"


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["CREATE TABLE t ()", "TRUNCATE django_session", "DROP TABLE django_session"])
def test_the_portal_changes_rows_and_nothing_else(statement):
    with pytest.raises(Exception, match=r"permission denied|must be owner"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_owner_becomes_the_reader_only_by_saying_so():
    member = "SELECT pg_has_role('partnerhub_owner', 'partnerhub_reader', '{}')"
    assert ask(member.format("MEMBER")) is True
    assert ask(member.format("USAGE")) is False


def test_nobody_signs_in_as_the_reader(transactional_db, admin_cursor):
    admin_cursor.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'partnerhub_reader'")
    assert admin_cursor.fetchone() == (False,)


def test_preparing_again_changes_nothing(transactional_db, admin_cursor):
    prepare_database(
        admin_url=os.environ["DATABASE_ADMIN_URL"],
        owner_url=os.environ["DATABASE_OWNER_URL"],
        app_url=os.environ["DATABASE_URL"],
    )
    assert ask("SELECT current_user") == "partnerhub"


def test_a_superuser_is_no_role_for_the_portal(transactional_db, admin_cursor):
    address = os.environ["DATABASE_ADMIN_URL"]
    with pytest.raises(PreparationError, match="must sign in"):
        prepare_database(admin_url=address, owner_url=address, app_url=address)


def test_a_role_that_bypasses_the_walls_is_refused(transactional_db, admin_cursor):
    admin_cursor.execute("BEGIN; ALTER ROLE partnerhub BYPASSRLS")
    with pytest.raises(psycopg2.errors.RaiseException, match="ordinary roles"):
        admin_cursor.execute(PREPARE.read_text())
    admin_cursor.execute("ROLLBACK")


def test_a_transactional_test_leaves_no_rows(transactional_db):
    """The portal's role may not delete what is append-only; the fixture empties the tables as an administrator."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('left', '', now())")
    with tenant_scope(Tenant.objects.create(slug="left", name="Left")):
        Event.objects.create(kind="x.y", subject_type="x", subject_id=new_id(), actor_side="system")


def test_what_the_test_before_left_is_gone(transactional_db, admin_cursor):
    for table in connection.introspection.django_table_names(only_existing=True):
        admin_cursor.execute(f"SELECT count(*) FROM {table}")
        assert (admin_cursor.fetchone()[0] > 0) == (table in OF_DJANGO), table


def test_the_owner_signs_in_with_a_password(transactional_db):
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("partnerhub_owner",)
