"""The processes that are measured: gunicorn with the floor, gunicorn with the portal, and PostgreSQL's backends."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.data import PASSWORD

PROC = Path("/proc")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


def cpu_seconds(pid: int) -> float:
    """The CPU that a process has used, to the nanosecond: all its threads, those that ended too. 0: it has ended.

    Of its clock, whose number the kernel makes of the process' (clock_getcpuclockid).
    """
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0


def cpu_of(pids: Iterable[int]) -> dict[int, float]:
    """What each of these processes has used so far."""
    return {pid: cpu_seconds(pid) for pid in pids}


def used(before: dict[int, float], after: dict[int, float]) -> float:
    """The CPU seconds between two looks at processes; of one that has ended between them, nothing is known."""
    return sum(max(0.0, seconds - before.get(pid, 0.0)) for pid, seconds in after.items())


def children(pid: int) -> list[int]:
    """The processes below this one, however deep. One look at all processes of the machine."""
    below: dict[int, list[int]] = {}
    for entry in PROC.glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        below.setdefault(parent, []).append(int(entry.parent.name))
    return _all_below(pid, below)


def _all_below(pid: int, below: dict[int, list[int]]) -> list[int]:
    return [found for child in below.get(pid, ()) for found in (child, *_all_below(child, below))]


def private_mib(pid: int) -> float:
    """The memory of a process: proportional set size, in MiB."""
    for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


class Server:
    """One gunicorn with one worker, so that CPU per request is one process' and PostgreSQL's."""

    def __init__(self, name: str, application: str, port: int, environment: dict[str, str], *arguments: str) -> None:
        self.name, self.port = name, port
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "-c",
                "/dev/null",
                "-b",
                f"127.0.0.1:{port}",
                "-w",
                "1",
                "--keep-alive",
                "900",  # one act's connection waits while all the others are measured
                "--timeout",
                "300",
                *arguments,
                application,
            ],
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"{self.name} did not start") from None
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"{self.name} does not answer")

    def worker(self) -> int:
        return children(self.process.pid)[0]

    def cpu(self) -> dict[int, float]:
        return cpu_of(children(self.process.pid))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


@contextmanager
def served(server: Server) -> Iterator[Server]:
    try:
        yield server
    finally:
        server.stop()


class Browser:
    """A keep-alive connection with cookies, no more."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(headers or {})}
        if body:
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        self.connection.request(method, path, body or None, sent)
        response = self.connection.getresponse()
        content = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
        if found := TOKEN.search(content):
            self.token = found[1].decode()
        self.location = response.getheader("Location") or ""
        return response.status, content

    def first_byte(self, path: str) -> float:
        """Ask for a file and read all of it; the moment at which its first byte came."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        self.connection.request("GET", path, None, sent)
        response = self.connection.getresponse()
        response.read(1)
        at = time.perf_counter()
        while response.read(1 << 20):
            pass
        return at

    def post(self, path: str, values: dict[str, str]) -> tuple[int, bytes]:
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **values}))

    def sign_in(self, slug: str, email: str) -> "Browser":
        self.ask("GET", f"/{slug}/accounts/login/")
        status, _content = self.post(f"/{slug}/accounts/login/", {"login": email, "password": PASSWORD})
        if status != 302:
            raise RuntimeError(f"{email} could not sign in: {status}")
        return self
