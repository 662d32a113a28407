"""The test database: migrated by its owner, used by the portal's ordinary role, so that every wall is in force."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from itertools import count

import psycopg2
import pytest
import redis
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg2 import extensions, sql
from psycopg2.extensions import cursor

from partnerhub.embedded.building import manage, migrations_fingerprint
from partnerhub.embedded.processes import locked
from partnerhub.embedded.testing import RUN
from partnerhub.tenancy.preparation import database_url, prepare_database

TEMPLATE = "partnerhub_template_"
OF_DJANGO = {"django_content_type", "auth_permission"}
ROLLED_BACK = 250
_finished = count(1)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Migrate before the clock of the first test starts: how long that takes depends on the machine."""
    if not session.config.option.collectonly:
        with (
            closing(admin_connection("postgres")) as admin,
            locked(RUN / "template.lock"),
            admin.cursor() as statements,
        ):
            migrated_template(statements)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, pytestconfig: pytest.Config) -> Iterator[None]:
    """Copy this worker's database from one that was migrated before; drop it at the end."""
    name = connections["default"].settings_dict["NAME"]
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", _empty_after)
    with closing(admin_connection("postgres")) as admin:
        with locked(RUN / "template.lock"), admin.cursor() as statements:
            drop_database(statements, name)
            copy_database(statements, migrated_template(statements), name)
        yield
        connections.close_all()
        patch.undo()
        with admin.cursor() as statements:
            drop_database(statements, name)


def pytest_runtest_logfinish() -> None:
    """Now and then, take away what the tests rolled back: a later one would walk past it in every table it reads."""
    if next(_finished) % ROLLED_BACK:
        return
    name = connections["default"].settings_dict["NAME"]
    with closing(admin_connection("postgres")) as admin, admin.cursor() as statements:
        statements.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not statements.rowcount:
            return
    with (
        closing(admin_connection(name)) as admin,
        admin.cursor() as statements,
        suppress(psycopg2.errors.QueryCanceled),
    ):
        statements.execute("SET statement_timeout = '20s'")
        statements.execute("VACUUM (SKIP_LOCKED, TRUNCATE FALSE)")


@pytest.fixture(scope="session", autouse=True)
def _empty_broker() -> None:
    """The slot's former user may have left tasks and counters."""
    with closing(redis.Redis.from_url(settings.REDIS_URL)) as broker:
        broker.flushdb()


@pytest.fixture
def admin_cursor(transactional_db: None) -> Iterator[cursor]:
    """Looks past every wall, as an administrator of the server would. Sees what is committed."""
    with closing(admin_connection(connections["default"].settings_dict["NAME"])) as admin, admin.cursor() as statements:
        yield statements


def admin_connection(database: str) -> extensions.connection:
    admin = psycopg2.connect(database_url(os.environ["DATABASE_ADMIN_URL"], database), connect_timeout=10)
    admin.autocommit = True
    return admin


def migrated_template(statements: cursor) -> str:
    """The name of a migrated database of the present migrations; made if there is none, and former ones are dropped."""
    name = TEMPLATE + migrations_fingerprint()[:16]
    statements.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE])
    present = {row[0] for row in statements.fetchall()}
    if name not in present:
        for former in present:
            drop_database(statements, former)
        unfinished = f"{TEMPLATE}unfinished"
        addresses = {
            setting: database_url(os.environ[setting], unfinished) for setting in ("DATABASE_URL", "DATABASE_OWNER_URL")
        }
        prepare_database(
            admin_url=os.environ["DATABASE_ADMIN_URL"],
            owner_url=addresses["DATABASE_OWNER_URL"],
            app_url=addresses["DATABASE_URL"],
        )
        manage(["migrate", "--noinput", "--verbosity=0"], addresses)
        statements.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (unfinished, name))))
    return name


def copy_database(statements: cursor, template: str, name: str) -> None:
    statements.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))


def drop_database(statements: cursor, name: str) -> None:
    statements.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _empty_after(case: TransactionTestCase) -> None:
    """Empty the tables, again where a worker that still wrote was in the way. What a test leaves open fails that test
    alone.
    """
    for _at in range(4):
        with suppress(psycopg2.errors.DeadlockDetected), _nobody_left():
            return _empty_tables()
    return _empty_tables()


@contextmanager
def _nobody_left() -> Iterator[None]:
    try:
        yield
    except psycopg2.errors.LockNotAvailable:
        connections.close_all()
        with closing(admin_connection("postgres")) as admin, admin.cursor() as run:
            name = connections["default"].settings_dict["NAME"]
            run.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        _empty_tables()
        raise


def _empty_tables() -> None:
    """Empty the tables after a transactional test: the portal's role may not, and triggers guard some of them.

    Only those with rows: to truncate all of them takes fifty times as long. The locks are what TRUNCATE takes, so that
    a transaction that a test left open fails here.
    """
    name = connections["default"].settings_dict["NAME"]
    with closing(admin_connection(name)) as admin, admin.cursor() as run:
        run.execute("BEGIN; SET session_replication_role = replica; SET lock_timeout = '10s'")
        run.execute(f"LOCK TABLE {', '.join(_tables())}")
        each = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in _tables())
        run.execute(" UNION ALL ".join(each))
        run.execute("".join(f"DELETE FROM {table};" for (table,) in run.fetchall()) + "COMMIT")


@cache
def _tables() -> list[str]:
    """What a test may write: every model's table but those that migrations fill for Django itself."""
    return sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False)} - OF_DJANGO)
