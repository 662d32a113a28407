"""The README's commands for a server without Docker, as they stand there, on servers that know nothing of a portal."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg2
import pytest

from partnerhub.embedded.building import ROOT
from partnerhub.embedded.ports import LOOPBACK, Port
from partnerhub.embedded.processes import wait_until
from partnerhub.embedded.services import DATABASE_ROLES, Services
from partnerhub.tenancy.locks import alone_in
from tests.running import SETTINGS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("without_docker")]

README = (ROOT / "README.md").read_text()
COMMANDS = re.search(r"Without Docker, .*?\n\n((?: {4}[^\n]+\n)+)", README, re.DOTALL)[1].splitlines()
PREPARE, WEB, LIVE, WORKER, WEBHOOKS, BEAT = (
    next(line.strip() for line in COMMANDS if word in line)
    for word in ("prepare", ".wsgi", ".asgi", "--exclude-queues", "--queues", " beat")
)


@dataclass(frozen=True, slots=True)
class Server:
    """An installation of our own, what its first commands said, and what they are given."""

    settings: dict[str, str]
    refused: subprocess.CompletedProcess[str]
    at_once: list[subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Prepared once for all: without an administrator first, when there is no database; then three times at once."""
    folder = tmp_path_factory.mktemp("server")
    with pytest.MonkeyPatch.context() as patch:
        for setting in SETTINGS:
            patch.delenv(setting, raising=False)
        services = Services(folder)
        given = services.start()
    with closing(psycopg2.connect(given["DATABASE_ADMIN_URL"])) as admin, admin.cursor() as statements:
        admin.autocommit = True
        for statement in ("DROP DATABASE partnerhub", *(f"DROP OWNED BY {role}; DROP ROLE {role}" for role in ROLES)):
            statements.execute(statement)
    bind, live = (f"{LOOPBACK}:{Port(folder, name).free()}" for name in ("web", "live"))
    binds = {"PUBLIC_URL": f"http://{bind}", "WEB_BIND": bind, "LIVE_BIND": live}
    settings = given | binds | {"STATIC_ROOT": str(folder / "static")}
    refused = run(PREPARE, settings | {"DATABASE_ADMIN_URL": ""})
    with ThreadPoolExecutor() as pool:
        at_once = list(pool.map(lambda _number: run(PREPARE, settings), range(3)))
    yield Server(settings, refused, at_once)
    services.stop()


@pytest.fixture
def server(installed: Server) -> dict[str, str]:
    return installed.settings


ROLES = ("partnerhub", "partnerhub_owner", "partnerhub_reader")


def words(command: str) -> list[str]:
    """As typed in the checkout; the tests' Python stands in for the one that the README makes."""
    program, *rest = command.split()
    python = Path(sys.executable)
    return [str(python if program.endswith("python") else python.with_name(Path(program).name)), *rest]


def environment() -> dict[str, str]:
    """Ours, without what the browser tests' plugin sets."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}


def run(command: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words(command), cwd=ROOT, env=environment() | settings, capture_output=True, text=True)


@contextmanager
def running(commands: list[str], settings: dict[str, str]) -> Iterator[None]:
    """Web, live, worker and beat know neither the owner nor the administrator."""
    known = {name: value for name, value in settings.items() if name not in DATABASE_ROLES}
    clean = {name: value for name, value in environment().items() if name not in settings} | known
    parts = [subprocess.Popen(words(command), cwd=ROOT, env=clean, stderr=subprocess.DEVNULL) for command in commands]
    try:
        yield
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(timeout=60)


def test_the_readmes_commands_start_the_portal(server: dict[str, str]) -> None:
    told: dict[str, dict[str, object]] = {}

    def all_up() -> bool:
        with suppress(httpx.HTTPError):
            told.update(httpx.get(f"{server['PUBLIC_URL']}/readyz", timeout=5).json())
        return bool(told) and {part["state"] for part in told.values()} == {"up"}

    with running([WEB, LIVE, WORKER, WEBHOOKS, BEAT], server):
        assert wait_until(all_up, seconds=120), str(told)
        live = httpx.get(f"http://{server['LIVE_BIND']}/readyz", timeout=60)
        assert live.json()["database"]["state"] == "up"
        assert {"database", "broker", "storage", "worker", "webhooks", "beat", "mail"} <= set(told)
        page = httpx.get(f"{server['PUBLIC_URL']}/accounts/login/", timeout=60)
        assert page.status_code == 200
        style = re.search(r'href="(/static/css/portal\.\w+\.css)"', page.text)[1]
        assert httpx.get(f"{server['PUBLIC_URL']}{style}", timeout=60).status_code == 200


def test_at_once_and_again_it_is_done_once(installed: Server) -> None:
    assert [(one.returncode, one.stderr) for one in installed.at_once] == [(0, "")] * 3
    assert run(PREPARE, installed.settings).returncode == 0
    with closing(psycopg2.connect(installed.settings["DATABASE_OWNER_URL"])) as owner, owner.cursor() as statements:
        statements.execute("SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations")
        applied, different = statements.fetchone()
        assert applied == different > 30


def test_whoever_holds_the_lock_is_waited_for(server: dict[str, str]) -> None:
    """No statement waits meanwhile: an index that is made concurrently would wait for it."""
    owner = server["DATABASE_OWNER_URL"]
    with (
        alone_in(owner),
        subprocess.Popen(
            words(f"{PREPARE} --only database"), cwd=ROOT, env=environment() | server, stdout=subprocess.DEVNULL
        ) as second,
    ):
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(timeout=8)
        with closing(psycopg2.connect(server["DATABASE_ADMIN_URL"])) as admin, admin.cursor() as statements:
            statements.execute(
                "SELECT count(*) FILTER (WHERE state = 'active' OR backend_xmin IS NOT NULL), count(*)"
                " FROM pg_stat_activity WHERE datname = 'partnerhub' AND pid <> pg_backend_pid()"
            )
            busy, connected = statements.fetchone()
            assert (busy, connected >= 2) == (0, True)
        second.kill()


@pytest.mark.parametrize(
    ("change", "words_said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set: A long random text"),
        ({"WORKER_CONCURRENCY": "many"}, "WORKER_CONCURRENCY has to be a number, not many."),
        ({"BEHIND_PROXY": "perhaps"}, "BEHIND_PROXY has to be true or false, not perhaps."),
        ({"DATABASE_ADMIN_URL": "postgres://user:password@127.0.0.1:9/postgres"}, "Connection refused"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(server: dict[str, str], change: dict[str, str], words_said: str) -> None:
    failed = run(PREPARE, server | change)
    assert failed.returncode != 0
    assert words_said in failed.stderr.strip().splitlines()[-1]


def test_without_an_administrator_the_database_has_to_be_there(installed: Server) -> None:
    assert installed.refused.returncode != 0
    assert run(PREPARE, installed.settings | {"DATABASE_ADMIN_URL": ""}).returncode == 0


def test_a_server_is_checked_as_one(server: dict[str, str]) -> None:
    """https: what `check --deploy` warns of ends the command."""
    https = server | {"PUBLIC_URL": "https://partners.example.com"}
    assert run(f"{PREPARE} --only checks", https).returncode == 0
    assert run(f"{PREPARE} --only checks", https | {"SECRET_KEY": "short"}).returncode != 0
