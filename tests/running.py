"""The portal running as real processes, once for all tests that hurt it or take a journey through it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from partnerhub.embedded.ports import LOOPBACK
from partnerhub.embedded.services import SERVERS
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
        with socket.create_server((LOOPBACK, 0)) as unused:
            port = unused.getsockname()[1]
        stack = Stack(folder, sink.port, port, demo=demo)
    for name in ("web", "live", "worker", "webhooks", "beat"):
        stack.start(name)
    yield stack
    stack.stop()


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
