"""A pytest plugin, loaded before Django's settings are: servers for the tests, and a database and broker for each worker.

Every pytest process takes a free slot, held by a lock that dies with it, so that several runs at once never meet. The
slot is the number of its PostgreSQL database and of its Valkey database.
"""

import atexit
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from partnerhub.tenancy.preparation import PreparationError, database_url

from .building import ROOT, collect_static, compile_translations
from .processes import StartError, locked
from .services import Services
from .valkey import DATABASES

FOLDER = ROOT / "var" / "test"
USERS = FOLDER / "run" / "users.lock"
_held = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if {"--help", "-h", "--version", "-V"} & set(early_config.invocation_params.args):
        return
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _start_servers()
    _take_slot()


def _start_servers() -> None:
    services = Services(FOLDER, durable=False)
    _held.enter_context(locked(USERS, shared=True))
    atexit.register(_leave, services)
    try:
        settings = services.start()
        if "DATABASE_ADMIN_URL" not in settings and "DATABASE_ADMIN_URL" not in os.environ:
            raise StartError("the tests make databases of their own: with DATABASE_URL, set DATABASE_ADMIN_URL too.")
        os.environ.update(settings)
        compile_translations()
        with locked(FOLDER / "run" / "static.lock"):
            collect_static(settings)
    except (StartError, PreparationError, psycopg2.OperationalError) as error:
        raise pytest.UsageError(f"The tests cannot start: {str(error).strip().splitlines()[0]}") from error


def _leave(services: Services) -> None:
    """The last one out stops the servers."""
    _held.close()
    with locked(USERS, wait=False) as alone:
        if alone:
            services.stop()


def _take_slot() -> None:
    for slot in range(1, DATABASES):
        if _held.enter_context(locked(Path(FOLDER / "run" / f"slot-{slot}.lock"), wait=False)):
            os.environ["PARTNERHUB_TEST_SLOT"] = str(slot)
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
                os.environ[name] = database_url(os.environ[name], f"test_partnerhub_{slot}")
            os.environ["REDIS_URL"] = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{slot}"))
            return
    sys.exit(f"{DATABASES} test runs at once are too many.")
