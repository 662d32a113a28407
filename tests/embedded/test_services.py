import socket
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from partnerhub.embedded.demo.outside import check_outside_servers
from partnerhub.embedded.ports import LOOPBACK, answers
from partnerhub.embedded.processes import StartError
from partnerhub.embedded.services import Services


def test_everything_starts_and_answers(services):
    settings = services.start()
    for role in ("partnerhub", "partnerhub_owner"):
        address = settings["DATABASE_URL" if role == "partnerhub" else "DATABASE_OWNER_URL"]
        with closing(psycopg2.connect(address)) as database, database.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (role,)
    assert services.valkey.answers()
    assert services.letterbox.answers()


def test_another_start_gives_the_same_settings(services, folder):
    assert services.start() == Services(folder).start()


def test_stopping_leaves_nothing_listening(services):
    services.start()
    ports = [services.postgres._port.known, services.valkey._port.known, services.letterbox._smtp.known]
    services.stop()
    assert not any(answers(port) for port in ports)


def test_every_port_is_on_loopback_only(services):
    services.start()
    ours = [services.postgres._port, services.valkey._port, services.letterbox._smtp, services.letterbox._page]
    assert {_address_of(port.known) for port in ours} == {LOOPBACK}


def test_a_setting_takes_the_place_of_the_embedded_server(folder, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://cache.example:6379/0")
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example:25")
    services = Services(folder)
    assert (services.valkey, services.letterbox) == (None, None)
    assert services._settings()["REDIS_URL"] == "redis://cache.example:6379/0"


def test_an_owner_without_a_database_is_refused(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://partnerhub_owner@db.example/partnerhub")
    with pytest.raises(StartError, match="DATABASE_OWNER_URL is set, but DATABASE_URL is not"):
        Services(folder)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DATABASE_URL", "mysql://db.example/partnerhub"),
        ("DATABASE_URL", "postgres://partnerhub@127.0.0.1:1/partnerhub"),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
        ("REDIS_URL", "127.0.0.1"),
        ("EMAIL_URL", "smtp://127.0.0.1:1"),
        ("EMAIL_URL", "mail.example"),
        ("STORAGE_URL", "/just/a/folder"),
        ("STORAGE_URL", "file:///dev/null/files"),
    ],
)
def test_a_setting_that_leads_nowhere_is_told_in_one_line(folder: Path, monkeypatch, setting, value):
    monkeypatch.setenv(setting, value)
    with pytest.raises(StartError, match=rf"^{setting} does not work: .+$"):
        check_outside_servers()


def test_a_superuser_is_refused_as_the_portals_role(services, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", services.start()["DATABASE_ADMIN_URL"])
    with pytest.raises(StartError, match="superuser or bypasses row-level security"):
        check_outside_servers()


def _address_of(port: int) -> str:
    """The address that the kernel says this port listens on."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _number, local, _remote, state, *_rest = line.split()
        address, number = local.split(":")
        if state == "0A" and int(number, 16) == port:
            return socket.inet_ntoa(bytes.fromhex(address)[::-1])
    return "nowhere"
