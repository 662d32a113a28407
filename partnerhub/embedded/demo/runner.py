"""Starts the demo's parts, watches them, starts one again that died, and stops them all."""

import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from partnerhub.embedded.building import ROOT, load_demo_data, prepare
from partnerhub.embedded.ports import LOOPBACK
from partnerhub.embedded.processes import Process, StartError, clean_environment, locked, wait_until
from partnerhub.embedded.services import DATABASE_ROLES, Services

from .outside import check_outside_servers
from .report import DemoFacts, as_text, read_people, write_facts

PORT = 8000
WORKER = ["celery", "-A", "partnerhub", "worker", "--loglevel=WARNING", "--without-mingle", "--without-gossip"]
PART_COMMANDS = {
    "web": ["gunicorn", "-c", "python:partnerhub.gunicorn_conf", "partnerhub.wsgi"],
    "live": ["gunicorn", "-c", "python:partnerhub.live.gunicorn_conf", "partnerhub.asgi"],
    "worker": [*WORKER, "--exclude-queues=webhooks"],
    "webhooks": [*WORKER, "--queues=webhooks", "--hostname=webhooks@%h"],
    "beat": ["celery", "-A", "partnerhub", "beat", "--loglevel=WARNING", "--pidfile="],
}
LOOK_SECONDS = 0.5
LONGEST_PAUSE = 10.0
STEADY_SECONDS = 60


class WatchedPart:
    """A part that is started again when it dies; one that keeps dying, less and less often."""

    def __init__(self, process: Process, start: Callable[[], None]) -> None:
        self.process = process
        self._start = start
        self._started = time.monotonic()
        self._pause = 0.0

    def look(self) -> None:
        alive_for = time.monotonic() - self._started
        if self.process.pid is not None:
            self._pause = 0.0 if alive_for > STEADY_SECONDS else self._pause
        elif alive_for >= self._pause:
            self._pause = min(LONGEST_PAUSE, self._pause * 2 or 1)
            print(f"  {self.process.name} stopped; starting it again. Its log: {self.process.log}", flush=True)
            self._start()
            self._started = time.monotonic()


class Demo:
    """The portal and its servers, with all that they keep in `folder` and the facts about them in `folder`.json."""

    def __init__(self, folder: Path, port: int | None) -> None:
        self._services = Services(folder)
        self._people = folder / "people.json"
        self._facts = folder.with_suffix(".json")
        self._portal = {name: Process(folder, name) for name in PART_COMMANDS}
        self._environment: dict[str, str] = {}
        web = _open_door(port)
        self._port = web.getsockname()[1]
        self._doors = {"web": web, "live": _open_door(None, after=self._port)}
        self._stopping = threading.Event()

    def run(self) -> None:
        """Until Ctrl-C. Raises StartError if it cannot start; nothing is left running then."""
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(how, self._ask_to_stop)
        check_outside_servers()
        try:
            self._start()
            watched = self._watched()
            while not self._stopping.wait(LOOK_SECONDS):
                for part in watched:
                    part.look()
        except StartError:
            if not self._stopping.is_set():
                raise
        finally:
            self._stop()

    def _start(self) -> None:
        began = time.monotonic()
        for process in self._portal.values():
            process.clear()
        settings = self._settings()
        prepare(settings)
        load_demo_data(settings, self._people)
        self._environment = clean_environment() | settings
        for role in DATABASE_ROLES:
            self._environment.pop(role, None)
        # The page first: the others would take the processor from it.
        self._start_part("web")
        self._wait_for_the_page()
        for name in ("live", "worker", "webhooks", "beat"):
            self._start_part(name)
        self._tell(settings["PUBLIC_URL"], time.monotonic() - began)

    def _settings(self) -> dict[str, str]:
        here = f"http://{LOOPBACK}:{self._port}"
        doors = {name: f"fd://{door.fileno()}" for name, door in self._doors.items()}
        defaults = {"PUBLIC_URL": here, "LOG_LEVEL": "WARNING", "WEB_BIND": doors["web"], "LIVE_BIND": doors["live"]}
        if not os.environ.get("PUBLIC_URL"):
            defaults["LIVE_URL"] = f"http://{LOOPBACK}:{self._doors['live'].getsockname()[1]}"
        given = {name: os.environ[name] for name in defaults if os.environ.get(name)}
        return self._services.start() | defaults | given

    def _start_part(self, name: str) -> None:
        """Without the owner's rights; and without what a killed one left, which would hold its port and its tasks."""
        module, *words = PART_COMMANDS[name]
        self._portal[name].clear()
        command = [sys.executable, "-m", module, *words]
        doors = [self._doors[name].fileno()] if name in self._doors else []
        self._portal[name].start(command, self._environment, folder=ROOT, descriptors=doors)

    def _watched(self) -> list[WatchedPart]:
        servers = [self._services.postgres, self._services.valkey, self._services.letterbox]
        return [
            *[WatchedPart(server.process, server.start) for server in servers if server],
            *[WatchedPart(process, partial(self._start_part, name)) for name, process in self._portal.items()],
        ]

    def _wait_for_the_page(self) -> None:
        web = self._portal["web"]
        wait_until(lambda: web.pid is None or self._stopping.is_set() or self._page_answers(), seconds=180)
        if web.pid is None or not self._page_answers():
            raise StartError(f"the page does not answer: {web.last_words()} (see {web.log})")

    def _page_answers(self) -> bool:
        connection = HTTPConnection(LOOPBACK, self._port, timeout=10)
        try:
            connection.request("GET", "/accounts/login/")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _tell(self, base_url: str, seconds: float) -> None:
        letterbox = self._services.letterbox
        facts = DemoFacts(
            base_url=base_url,
            mailbox_url=letterbox.page if letterbox else None,
            mail_dir=str(letterbox.mails) if letterbox else None,
            people=read_people(self._people),
        )
        write_facts(facts, self._facts)
        print(f"{as_text(facts)}\n  Started in {seconds:.1f} s. Ctrl-C stops everything and loses nothing.", flush=True)

    def _ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self._stopping.set()

    def _stop(self) -> None:
        """The portal first, side by side; then the servers it needs to finish its work."""
        print("\n  Stopping …", flush=True)
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda process: process.stop(seconds=20), self._portal.values()))
        self._services.stop()


def run(folder: Path, port: int | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder / "run" / "demo.lock", wait=False) as alone:
        if not alone:
            raise StartError(f"it runs already; its address is in {folder.with_suffix('.json')}. Stop that one first.")
        Demo(folder.resolve(), port).run()


def reset(folder: Path) -> None:
    """Throw the demo's data away."""
    with locked(folder / "run" / "demo.lock", wait=False) as alone:
        if not alone:
            raise StartError("the demo is running. Stop it first, then reset it.")
        for name in PART_COMMANDS:
            Process(folder, name).clear()
        services = Services(folder)
        services.stop()
        if services.postgres:
            services.postgres.destroy()
        shutil.rmtree(folder)
        folder.with_suffix(".json").unlink(missing_ok=True)
        print("The demo's data is gone; make demo starts afresh.")


def _open_door(wanted: int | None, *, after: int = PORT - 1) -> socket.socket:
    """Where a part listens. It is ours, not the part's: visitors wait while one that died is started again."""
    for port in [wanted] if wanted else range(after + 1, 65536):
        with suppress(OSError):
            return socket.create_server((LOOPBACK, port))
    raise StartError(f"port {wanted} is taken; choose another: make demo PORT={(wanted or PORT) + 1}")
