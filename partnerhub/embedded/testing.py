"""A pytest plugin, loaded before Django's settings are: servers for the tests, a database for each worker.

Every pytest process takes a free slot, held by a lock that dies with it, so that several runs at once never meet. The
slot is the number of its PostgreSQL database and of its Valkey database.
"""

import atexit
import os
from contextlib import ExitStack
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from partnerhub.tenancy.preparation import PreparationError, database_url
from partnerhub.web.translations import compile_translations

from .building import collect_static
from .processes import StartError, locked
from .services import TEST_FOLDER, servers_for_tests
from .valkey import VALKEY_DATABASES

RUN = TEST_FOLDER / "run"
_held = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    if {"--help", "-h", "--version", "-V"} & set(early_config.invocation_params.args):
        return
    atexit.register(_held.close)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        try:
            _start_servers()
        except (StartError, PreparationError, psycopg2.OperationalError) as error:
            raise pytest.UsageError(f"The tests cannot start: {str(error).strip().splitlines()[0]}") from error
    _take_slot()


def _start_servers() -> None:
    settings = _held.enter_context(servers_for_tests())
    if "DATABASE_ADMIN_URL" not in settings:
        raise StartError("the tests make databases of their own: with DATABASE_URL, set DATABASE_ADMIN_URL too.")
    os.environ.update(settings)
    compile_translations()
    with locked(RUN / "static.lock"):
        collect_static(settings)


def _take_slot() -> None:
    for slot in range(1, VALKEY_DATABASES):
        if _held.enter_context(locked(RUN / f"slot-{slot}.lock", wait=False)):
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
                os.environ[name] = database_url(os.environ[name], f"test_partnerhub_{slot}")
            os.environ["REDIS_URL"] = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{slot}"))
            return
    raise pytest.UsageError(f"{VALKEY_DATABASES} test runs at once are too many.")
