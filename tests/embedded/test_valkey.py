import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis

from partnerhub.embedded.credentials import credentials_in
from partnerhub.embedded.ports import LOOPBACK
from partnerhub.embedded.valkey import Valkey


@pytest.fixture
def valkey(folder: Path) -> Iterator[Valkey]:
    server = Valkey(folder, credentials_in(folder))
    server.start()
    yield server
    server.stop()


def test_it_listens_on_loopback_and_asks_for_a_password(valkey):
    with closing(redis.Redis.from_url(valkey.url)) as client:
        assert client.config_get("bind") == {"bind": LOOPBACK}
    stranger = redis.Redis(host=LOOPBACK, port=valkey._port.known)
    with closing(stranger), pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_work_in_hand_outlives_a_kill(valkey):
    with closing(redis.Redis.from_url(valkey.url)) as client:
        client.set("task", "waiting")
        client.config_set("appendfsync", "always")
        client.set("task", "waiting still")
    os.kill(valkey.process.pid, signal.SIGKILL)
    valkey.start()
    with closing(redis.Redis.from_url(valkey.url)) as client:
        assert client.get("task") == b"waiting still"


def test_unreadable_data_is_set_aside(valkey, folder):
    valkey.stop()
    (folder / "valkey" / "appendonlydir" / "appendonly.aof.manifest").write_text("torn")
    valkey.start()
    assert valkey.answers()
    assert (folder / "valkey-unreadable").is_dir()


def test_its_password_is_readable_by_its_owner_only(valkey, folder):
    assert (folder / "valkey.conf").stat().st_mode & 0o077 == 0
    assert (folder / "credentials.json").stat().st_mode & 0o077 == 0
