"""The portal running as real processes, once for all tests that hurt it or take a journey through it."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from partnerhub.embedded.building import load_demo_data, prepare
from partnerhub.embedded.ports import LOOPBACK
from partnerhub.embedded.processes import locked
from partnerhub.embedded.services import SERVERS, Services
from tests.notifications.sink import Sink, serve
from tests.stack import Stack

SETTINGS = (*SERVERS, "SECRET_KEY", "STORAGE_URL", "STATIC_ROOT", "BEAT_SCHEDULE_FILE", "PUBLIC_URL")


@contextmanager
def mail_server() -> Iterator[Sink]:
    made = Sink()
    controller = serve(made)
    made.port = controller.port
    yield made
    controller.stop()


@contextmanager
def portal(folder: Path, sink: Sink, *, demo: bool = True) -> Iterator[Stack]:
    """The whole portal below this folder, with demo data or with nothing at all; its mails go to the sink."""
    with pytest.MonkeyPatch.context() as patch:
        for setting in SETTINGS:
            patch.delenv(setting, raising=False)
        if demo:
            copy_demo(folder)
        with socket.create_server((LOOPBACK, 0)) as unused:
            port = unused.getsockname()[1]
        stack = Stack(folder, sink.port, port, demo=demo)
    for name in ("web", "live", "worker", "webhooks", "beat"):
        stack.start(name)
    yield stack
    stack.stop()


def copy_demo(folder: Path) -> None:
    """Lay into this folder what a portal with the demo's data has stored. It is made once for all processes of a run.

    Where PostgreSQL keeps its data elsewhere, it is not laid there, and the portal makes its own.
    """
    base = folder.parent.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder.parent
    made, unfinished = base / "demo", base / "demo-unfinished"
    with locked(base / "demo.lock"):
        if not made.is_dir():
            services = Services(unfinished)
            settings = services.start()
            prepare(settings)
            load_demo_data(settings, unfinished / "people.json")
            services.stop()
            unfinished.rename(made)
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("run", "log"), dirs_exist_ok=True)


@pytest.fixture(scope="session")
def letter_sink() -> Iterator[Sink]:
    """The mail server that the running portal sends to."""
    with mail_server() as sink:
        yield sink


@pytest.fixture(scope="session")
def running(letter_sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with portal(tmp_path_factory.mktemp("portal"), letter_sink) as stack:
        yield stack


@pytest.fixture
def stack(running: Stack, letter_sink: Sink) -> Stack:
    """The stack, whole and idle."""
    letter_sink.refuse_mail, letter_sink.drop, letter_sink.slow = "", "", 0
    letter_sink.refuse_address.clear()
    for name, part in running.parts.items():
        if part.pid is None:
            running.start(name)
    assert running.all_sent(60)
    letter_sink.arrived.clear()
    return running
