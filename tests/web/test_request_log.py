"""What the log says of a request: one line, its own facts, and nothing of another's."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.celery import app
from partnerhub.tenancy.models import Tenant

pytestmark = pytest.mark.django_db


class Lines(logging.Handler):
    """Every line as the log's own formatter writes it."""

    def __init__(self) -> None:
        super().__init__()
        found: Any = settings.LOGGING["formatters"]["json"]
        kept = {key: value for key, value in found.items() if key != "()"}
        self.setFormatter(found["()"](**kept))
        self.said: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(json.loads(self.format(record)))

    def requests(self) -> list[dict[str, Any]]:
        return [line for line in self.said if line["event"] == "request"]


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler, root = Lines(), logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


def browser() -> Client:
    return Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)


def test_a_request_is_one_line(
    acme: Tenant, seller: Membership, client_of: Callable[..., Client], lines: Lines
) -> None:
    client_of(seller).get("/acme/leads/?q=secret-words", headers={"X-Request-ID": "proxy-4711"})
    (line,) = [line for line in lines.said if line.get("request_id") == "proxy-4711"]
    assert line["event"] == "request"
    assert (line["method"], line["path"], line["status"], line["tenant"]) == ("GET", "/acme/leads/", 200, "acme")
    assert (line["membership_id"], line["user_id"]) == (str(seller.pk), str(seller.user_id))
    assert line["duration_ms"] > 0
    assert "secret-words" not in json.dumps(line)


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [("/nowhere/at/all/", "127.0.0.1", 404), ("/", "unknown.example.org", 400), ("/", "not a host", 400)],
)
def test_so_is_one_that_ends_before_its_tenant_is_known(lines: Lines, path: str, host: str, status: int) -> None:
    browser().get(path, headers={"host": host})
    (line,) = lines.said
    assert (line["event"], line["path"], line["status"], line["tenant"]) == ("request", path, status, None)
    assert line.get("refused_host", "") == (host if status == 400 else "")
    assert line["request_id"]
    assert line["duration_ms"] > 0


def test_so_is_one_that_fails(acme: Tenant, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("partnerhub.portal.views.HomeView.dispatch", broken)
    assert browser().get("/acme/").status_code == 500
    (line,) = lines.requests()
    assert (line["status"], line["tenant"], line["level"]) == (500, "acme", "error")
    (fault,) = [line for line in lines.said if line["event"] != "request"]
    assert "planted" in fault["exception"]
    assert fault["request_id"] == line["request_id"]


def test_what_opens_a_door_is_not_in_the_line(acme: Tenant, lines: Lines) -> None:
    browser().get("/acme/welcome/0123456789abcdef/")
    (line,) = lines.requests()
    assert line["path"] == "/acme/welcome/…/"


def test_an_id_that_is_none_is_replaced(lines: Lines) -> None:
    browser().get("/nowhere/", headers={"X-Request-ID": 'x"\n {evil}'})
    (line,) = lines.requests()
    assert len(line["request_id"]) == 36


def test_what_a_thread_did_before_is_not_on_its_next_lines(
    acme: Tenant, seller: Membership, client_of: Callable[..., Client], lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the request ended: a page, an export that streams, a fault; and whatever was bound outside of any."""
    client = client_of(seller)
    client.raise_request_exception = False
    assert b"".join(client.get("/acme/leads/export.csv").streaming_content)
    client.get("/acme/")
    assert structlog.contextvars.get_contextvars() == {}
    structlog.contextvars.bind_contextvars(user_id="somebody else", membership_id="theirs")
    browser().get("/nowhere/")
    *_, last = lines.requests()
    assert "user_id" not in last
    assert "membership_id" not in last
    assert len({line["request_id"] for line in lines.requests()}) == len(lines.requests()) == 3
    assert structlog.contextvars.get_contextvars() == {}


def test_a_task_carries_its_own_id_and_leaves_none(lines: Lines) -> None:
    """A worker's process does one task after the other."""
    seen: list[dict[str, Any]] = []

    @app.task(name="tests.look")
    def look() -> None:
        seen.append(dict(structlog.contextvars.get_contextvars()))

    structlog.contextvars.bind_contextvars(request_id="of a request before", membership_id="theirs")
    first, second = look.apply(), look.apply()
    assert seen == [{"task": "tests.look", "task_id": first.id}, {"task": "tests.look", "task_id": second.id}]
    assert structlog.contextvars.get_contextvars() == {}
    app.tasks.pop("tests.look")


def test_a_librarys_line_keeps_its_figures_but_no_objects(lines: Lines) -> None:
    logging.getLogger("somebody").warning("moved", extra={"cause": "full", "count": 3, "request": object()})
    (line,) = lines.said
    assert (line["cause"], line["count"], "request" in line) == ("full", 3, False)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("550 <jette.ahlers@shop.example.org>: no such user", "550 <…@shop.example.org>: no such user"),
        (
            "duplicate key value\nDETAIL:  Key (tenant_id, name)=(7, Jette\nAhlers) already exists.\nHINT: none",
            "duplicate key value\nDETAIL: …\nHINT: none",
        ),
        ("null value\nDETAIL:  Failing row contains (7, Jette Ahlers, +49 40 1).", "null value\nDETAIL: …"),
        ("redis://portal:secret@valkey:6379/0", "redis://portal:…@valkey:6379/0"),  # pragma: allowlist secret
        ("celery@worker-1 ready.", "celery@worker-1 ready."),
    ],
)
def test_nobody_is_named_by_what_an_error_quotes(lines: Lines, said: str, written: str) -> None:
    structlog.get_logger("somebody").warning("delivery.not_written", error=said)
    (line,) = lines.said
    assert line["error"] == written
