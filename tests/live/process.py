"""The live process as it runs on a server, on the database and the Valkey of these tests, and somebody who listens."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from django.conf import settings
from django.test import Client

from partnerhub.embedded.building import ROOT
from partnerhub.embedded.demo.runner import PART_COMMANDS
from partnerhub.embedded.ports import LOOPBACK, Port
from partnerhub.embedded.processes import Process, clean_environment

PATIENCE = 30.0


class Message(NamedTuple):
    """`data` of the messages that say something."""

    event: str
    id: str
    data: dict[str, Any]


class LiveProcess:
    """`start`, `stop` and `process` move it; `base` is where it answers."""

    def __init__(self, folder: Path, more: Mapping[str, str], *, host: str = LOOPBACK) -> None:
        self.process = Process(folder, "live")
        port = Port(folder, "live").free()
        self.base = f"http://{host}:{port}"
        more = more | {"LIVE_URL": self.base} if "PUBLIC_URL" in more else more
        self._settings = {"LIVE_BIND": f"{LOOPBACK}:{port}", "LOG_LEVEL": "INFO", **more}

    def start(self) -> None:
        module, *words = PART_COMMANDS["live"]
        environment = clean_environment() | {"DATABASE_URL": os.environ["DATABASE_URL"]} | self._settings
        self.process.start([sys.executable, "-m", module, *words], environment, folder=ROOT)
        assert self.process.comes_up(self._answers, seconds=60), self.process.last_words()

    def stop(self) -> None:
        self.process.stop()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.base}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def log(self) -> str:
        return self.process.log.read_text()

    @contextmanager
    def listening(self, client: Client, **asked: str) -> Iterator[Iterator[Message]]:
        """Somebody's open stream: the messages as they come, heartbeats too. Ends where the stream does."""
        last, tenant = asked.pop("last_event_id", ""), asked.pop("tenant", "acme")
        headers = head_of(client) | ({"Last-Event-ID": last} if last else {})
        with httpx.stream(
            "GET", f"{self.base}/{tenant}/live/", params=asked, headers=headers, timeout=PATIENCE
        ) as answer:
            assert answer.status_code == 200, answer.status_code
            assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
            lines = answer.iter_lines()
            assert next(lines).startswith("retry: ")
            yield messages_in(lines)

    def status(self, client: Client, path: str = "/acme/live/", method: str = "GET") -> int:
        """The answer to somebody who is not let in."""
        with httpx.stream(method, f"{self.base}{path}", headers=head_of(client), timeout=PATIENCE) as answer:
            return answer.status_code


def head_of(client: Client) -> dict[str, str]:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie.value}"} if cookie else {}


def messages_in(lines: Iterator[str]) -> Iterator[Message]:
    said: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            said[name] = value
        elif said:
            yield Message(said.get("event", ""), said.get("id", ""), json.loads(said.get("data") or "{}"))
            said = {}


def records_until(messages: Iterator[Message], record_id: Any) -> list[Message]:
    """What was told up to and with this record: the marker that all before it has arrived."""
    told = []
    for message in messages:
        if message.event == "record":
            told.append(message)
            if message.data["id"] == str(record_id):
                return told
    raise AssertionError("The stream ended before the marker came.")
