"""What a balancer and a watcher are told (quality 63)."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.db import connections
from django.test import Client

from partnerhub.web import health
from partnerhub.web.health import HEALTH_CHECKS, Trouble
from partnerhub.web.valkey import BREAKER, client


@pytest.fixture(autouse=True)
def _awake() -> Iterator[None]:
    BREAKER.answered()
    yield
    BREAKER.answered()
    client.cache_clear()


@pytest.fixture
def watcher() -> Client:
    """Asks by an address that no tenant has, as a balancer does."""
    return Client(HTTP_HOST="10.0.0.7:8000")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_no_cache_keeps_the_answer_and_no_session_begins(db: None, watcher: Client, address: str) -> None:
    answer = watcher.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    assert "Vary" not in answer


def test_the_body_tells_of_every_part(db: None, watcher: Client) -> None:
    told = watcher.get("/readyz").json()
    assert set(told) == {"database", "broker", "storage", "worker", "webhooks", "beat", "mail"}
    assert told["database"] == told["broker"] == {"state": "up"}
    assert told["mail"] == {"state": "up", "waiting": 0, "oldest_seconds": 0}


def test_pages_work_without_valkey_and_the_balancer_is_told_so(db: None, watcher: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    client.cache_clear()
    answer = watcher.get("/readyz")
    assert answer.status_code == 200
    assert [answer.json()[part]["state"] for part in ("database", "broker", "worker", "beat")] == ["up", *["down"] * 3]


@pytest.mark.django_db(transaction=True)
def test_no_page_works_without_the_database(watcher: Client) -> None:
    there = connections["default"]
    port, there.settings_dict["PORT"] = there.settings_dict["PORT"], "9"
    try:
        there.close()
        answer = watcher.get("/readyz")
        assert (answer.status_code, answer.json()["database"]) == (503, {"state": "down"})
    finally:
        there.settings_dict["PORT"] = port


def test_the_cause_is_logged_once_each_time_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LOOK_AGAIN", -1.0)
    watch = health.Watch()

    def broken() -> None:
        raise Trouble("the disk is full", state="late", free=0)

    with structlog.testing.capture_logs() as lines:
        monkeypatch.setitem(HEALTH_CHECKS, "storage", broken)
        for _ in range(3):
            assert watch.look()["storage"] == {"state": "late", "free": 0}
        monkeypatch.setitem(HEALTH_CHECKS, "storage", lambda: None)
        watch.look()
    told = [(line["state"], line["cause"], line["log_level"]) for line in lines if line.get("part") == "storage"]
    assert told == [("late", "the disk is full", "warning"), ("up", "", "info")]
