"""Prepare a database: its roles, extensions and default privileges. Needs psycopg2 only, so it runs without Django."""

from contextlib import closing
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection

OWNER_ROLE = "partnerhub_owner"
APP = "partnerhub"
PREPARE = Path(__file__).parent / "sql" / "prepare.sql"


class PreparationError(Exception):
    """The database cannot be prepared; the message is one line for an operator."""


def prepare_database(*, admin_url: str, owner_url: str, app_url: str) -> None:
    """Make the database named by `app_url` if it is missing, and give our three roles their rights in it.

    `admin_url` signs in somebody who may create roles and databases; the passwords of the two others are set to what
    their addresses say. Safe to repeat.
    """
    owner, app = urlsplit(owner_url), urlsplit(app_url)
    if (owner.username, app.username) != (OWNER_ROLE, APP):
        raise PreparationError(f"DATABASE_OWNER_URL must sign in as {OWNER_ROLE} and DATABASE_URL as {APP}.")
    name = unquote(app.path.lstrip("/"))
    _create_database(admin_url, name)
    with closing(_connect(database_url(admin_url, name))) as admin, admin.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('prepare.owner_password', %s, false), set_config('prepare.app_password', %s, false)",
            [unquote(owner.password or ""), unquote(app.password or "")],
        )
        cursor.execute(PREPARE.read_text())
        cursor.execute("COMMENT ON SCHEMA public IS %s", [_mark()])


def is_prepared(owner_url: str) -> bool:
    """Whether the owner can sign in to a database that was prepared by the present rules."""
    try:
        with closing(_connect(owner_url)) as owner, owner.cursor() as cursor:
            cursor.execute("SELECT obj_description('public'::regnamespace) = %s", [_mark()])
            return cursor.fetchone() == (True,)
    except psycopg2.OperationalError:
        return False


def database_url(url: str, name: str) -> str:
    """The same server and person, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _mark() -> str:
    return f"PartnerHub, prepared by {sha256(PREPARE.read_bytes()).hexdigest()[:16]}"


def _create_database(admin_url: str, name: str) -> None:
    with closing(_connect(admin_url)) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _connect(url: str) -> connection:
    opened = psycopg2.connect(url, connect_timeout=10)
    opened.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    return opened
