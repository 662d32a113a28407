"""The portal as real processes on real servers: PostgreSQL, Valkey, gunicorn, worker, beat and an SMTP sink."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg2

from partnerhub.embedded.building import ROOT, load_demo_data, prepare
from partnerhub.embedded.demo.report import read_people
from partnerhub.embedded.demo.runner import PART_COMMANDS
from partnerhub.embedded.ports import LOOPBACK, Port
from partnerhub.embedded.processes import Process, clean_environment, command_of, wait_until
from partnerhub.embedded.services import Services
from tests.notifications.sink import Sink

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"|name="csrfmiddlewaretoken" value="([^"]+)"')
MESSAGE_ID = re.compile(rb"^Message-ID: *(<[^>]+>)", re.MULTILINE | re.IGNORECASE)
LEASE, RETRY = 8, 1
SELLER, MANAGER, OTHER_MANAGER = (
    "maren.feddersen@nordwind.example.org",
    "ilse.brandvold@tallvik.example.org",
    "mikael.rosenqvist@tallvik.example.org",
)


class Stack:
    """`settings` lead to the servers; `start` and `kill` move the portal's parts: web, worker, beat.

    Without `demo` the tables are made and nothing is in them.
    """

    def __init__(self, folder: Path, sink_port: int, port: int, *, demo: bool = True) -> None:
        self.services = Services(folder)
        self.parts = {name: Process(folder, name) for name in PART_COMMANDS}
        self.base = f"http://{LOOPBACK}:{port}"
        self.live = f"http://{LOOPBACK}:{Port(folder, 'live').free()}"
        self.settings = self.services.start() | {
            "PUBLIC_URL": self.base,
            "WEB_BIND": f"{LOOPBACK}:{port}",
            "LIVE_URL": self.live,
            "LIVE_BIND": self.live.removeprefix("http://"),
            "EMAIL_URL": f"smtp://{LOOPBACK}:{sink_port}",
            "LOG_LEVEL": "WARNING",
            "EMAIL_TIMEOUT": "2",
            "WEBHOOK_NETWORKS": "127.0.0.0/8",
            "MAIL_LEASE_SECONDS": str(LEASE),
            "BULK_LEASE_SECONDS": str(LEASE),
            "MAIL_RETRY_DELAYS": ",".join([str(RETRY)] * 60),
        }
        people = folder / "people.json"
        prepare(self.settings)
        if demo:
            load_demo_data(self.settings, people)
            self.password = read_people(people)[0]["password"]

    def start(self, name: str) -> None:
        module, *words = PART_COMMANDS[name]
        self.parts[name].clear()
        environment = clean_environment() | self.settings
        self.parts[name].start([sys.executable, "-m", module, *words], environment, folder=ROOT)
        if name == "web":
            assert wait_until(self.answers, seconds=120), self.parts[name].last_words()

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.base}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self, name: str) -> None:
        """kill -9, the part and all it started."""
        pid = self.parts[name].pid
        if pid is not None:
            os.killpg(pid, signal.SIGKILL)
            assert wait_until(lambda: self.parts[name].pid is None, seconds=60)

    def web_workers(self) -> list[int]:
        """The processes that answer requests, below gunicorn's master."""
        master = self.parts["web"].pid
        found = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(entry.read_text().rpartition(")")[2].split()[1]) == master:
                    found.append(int(entry.parent.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
        return [pid for pid in found if command_of(pid)]

    def stop(self) -> None:
        for name in self.parts:
            self.parts[name].stop()
        self.services.stop()

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Asked as the administrator, past every wall."""
        url = self.settings["DATABASE_ADMIN_URL"].rpartition("/")[0] + "/partnerhub"
        with closing(psycopg2.connect(url, connect_timeout=5)) as connection, connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())

    def count(self, query: str, *values: Any) -> int:
        return int(self.rows(query, *values)[0][0])

    def unsent(self) -> tuple[int, int]:
        """Events whose messages are not written yet, and messages that wait."""
        waiting = "SELECT count(*) FROM notifications_message WHERE status IN ('queued', 'sending')"
        return self.count("SELECT count(*) FROM events_untold"), self.count(waiting)

    def all_sent(self, seconds: float) -> bool:
        """Wait until nothing waits; False when nothing moved for so long. A slow machine has the time it needs."""
        before = self.unsent()
        while any(before):
            if not wait_until(lambda now=before: self.unsent() != now, seconds=seconds):
                return False
            before = self.unsent()
        return True


@dataclass
class Person:
    """Somebody at a browser."""

    stack: Stack
    email: str
    client: httpx.Client = field(init=False)
    token: str = ""

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.stack.base, timeout=30)
        self.look("/tallvik/accounts/login/")
        sent = {"login": self.email, "password": self.stack.password, "csrfmiddlewaretoken": self.token}
        assert self.client.post("/tallvik/accounts/login/", data=sent).status_code == 302
        self.look("/tallvik/")

    def look(self, path: str) -> httpx.Response:
        answer = self.client.get(path)
        if found := TOKEN.search(answer.text):
            self.token = found[1] or found[2]
        return answer

    def post(self, path: str, **values: str) -> httpx.Response:
        return self.client.post(path, data={"csrfmiddlewaretoken": self.token, **values})

    def api(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        return self.client.post(f"/tallvik/api/v1/{path}", json=body, headers=self.head() | headers)

    def head(self) -> dict[str, str]:
        """What a page's script sends with a call of the API."""
        return {"X-CSRFToken": self.token, "Origin": self.stack.base}

    def submit(self, lead_id: str, company: str) -> int:
        """Press Submit on a complete POS form; the status of the answer, 0 where there was none."""
        try:
            return self.post("/tallvik/leads/new/pos/", **form(lead_id, company)).status_code
        except httpx.HTTPError:
            return 0

    def submit_until_it_is_in(self, lead_id: str, company: str, *, seconds: float = 60) -> None:
        """What a person does: press Submit again until the page says that the lead is in."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.submit(lead_id, company) in (302, 303):
                return
        raise AssertionError(f"{company} could not be submitted")


def trusted(stack: Stack, who: str) -> Person:
    """Somebody who has just typed the password once more, so that every page opens."""
    person = Person(stack, who)
    person.look("/tallvik/accounts/reauthenticate/")
    assert person.post("/tallvik/accounts/reauthenticate/", password=stack.password).status_code == 302
    return person


def form(lead_id: str, company: str) -> dict[str, str]:
    """A complete POS form; for the same lead the same answers, as somebody sends them who presses Submit again."""
    return {
        "lead": lead_id,
        "company": company,
        "website": f"https://{lead_id[-10:]}.example.org",
        "country": "DE",
        "first_name": "Jette",
        "last_name": "Ahlers",
        "email": "j.ahlers@example.org",
        "locations": "2",
        "consent": "on",
        "consent_basis": "spoken",
        "consent_date": "2026-11-01",
        "terms": "on",
        "submit": "1",
    }


def delivered(sink: Sink) -> list[str]:
    """The Message-IDs that arrived, as often as they arrived. Asked again and again, so nothing is parsed."""
    return [found[1].decode() for _address, content in list(sink.arrived) if (found := MESSAGE_ID.search(content))]


def until(condition: Callable[[], bool], seconds: float) -> None:
    assert wait_until(condition, seconds=seconds)
