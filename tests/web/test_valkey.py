"""Valkey frozen, which is worse than away: every question waits until its time is over."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from redis.connection import AbstractConnection

from notifications.services.nudging import nudge
from partnerhub.accounts.services.letters import _nudge as nudge_letters
from partnerhub.embedded.credentials import credentials_in
from partnerhub.embedded.valkey import Valkey
from partnerhub.web import valkey
from partnerhub.web.cache import ForgivingRedisCache
from partnerhub.web.valkey import BREAKER, Away, ask, client


@pytest.fixture
def frozen(tmp_path: Path, settings: Any) -> Iterator[Valkey]:
    """A real server that accepts connections and never says a word."""
    server = Valkey(tmp_path, credentials_in(tmp_path))
    server.start()
    settings.REDIS_URL = server.url
    client.cache_clear()
    BREAKER.answered()
    os.kill(server.process.pid, signal.SIGSTOP)
    yield server
    os.kill(server.process.pid, signal.SIGCONT)
    server.stop()
    client.cache_clear()
    BREAKER.answered()


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time that anybody opens a connection or sends a word."""
    made: list[int] = []
    connect = AbstractConnection.connect

    def counted(connection: Any, *args: Any, **kwargs: Any) -> Any:
        made.append(1)
        return connect(connection, *args, **kwargs)

    monkeypatch.setattr(AbstractConnection, "connect", counted)
    return made


def limits(server: Valkey) -> ForgivingRedisCache:
    return ForgivingRedisCache(server.url, {"KEY_PREFIX": "test"})


def test_twenty_calls_wait_once(frozen: Valkey, attempts: list[int]) -> None:
    limited = limits(frozen)
    counted = [limited.count(["caller", "tenant"], 60) for _ in range(20)]
    assert len(attempts) == 1
    assert counted[-1][0] >= 20  # the limits hold meanwhile: the process counts for itself


def test_whoever_asks_whatever_waits_once(frozen: Valkey, attempts: list[int]) -> None:
    limited = limits(frozen)
    limited.get("a")
    limited.set("a", 1)
    nudge()
    nudge_letters()
    with pytest.raises(Away):
        ask(lambda there: there.ping())
    assert len(attempts) == 1
    assert limited.get("a") == 1


def test_after_a_rest_one_asks_and_the_others_do_not_wait(frozen: Valkey, attempts: list[int]) -> None:
    limited = limits(frozen)
    limited.get("a")
    BREAKER._until = 0.001  # the rest is over
    BREAKER.check()  # this one asks
    for _ in range(5):
        limited.get("a")
    assert len(attempts) == 1


def test_when_it_is_back_it_is_asked_again(frozen: Valkey, monkeypatch: pytest.MonkeyPatch) -> None:
    limited = limits(frozen)
    limited.count(["caller"], 60)
    os.kill(frozen.process.pid, signal.SIGCONT)
    assert frozen.answers()
    BREAKER._until = 0.001
    monkeypatch.setattr(valkey, "TIMEOUT", 5)
    limited.set("caller", "there", 60)
    assert limited.get("caller") == "there"
    BREAKER.check()


def test_the_portals_cache_is_this_one() -> None:
    options = cache._options
    assert (options["socket_timeout"], options["socket_connect_timeout"]) == (valkey.TIMEOUT, valkey.TIMEOUT)
    assert options["retry"]._retries == 0
