"""One stack for all faults of a run; each test leaves it running and its outbox empty."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partnerhub.embedded.ports import LOOPBACK
from partnerhub.embedded.services import SERVERS
from tests.faults.stack import MANAGER, OTHER_MANAGER, SELLER, Person, Stack
from tests.notifications.sink import Sink, serve

SETTINGS = (*SERVERS, "SECRET_KEY", "STORAGE_URL", "STATIC_ROOT", "BEAT_SCHEDULE_FILE", "PUBLIC_URL")


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    made = Sink()
    controller = serve(made)
    made.port = controller.port  # type: ignore[attr-defined]
    yield made
    controller.stop()


@pytest.fixture(scope="session")
def running(sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("faults")
    with pytest.MonkeyPatch.context() as patch:
        for setting in SETTINGS:
            patch.delenv(setting, raising=False)
        with socket.create_server((LOOPBACK, 0)) as unused:
            port = unused.getsockname()[1]
        stack = Stack(folder, sink.port, port)  # type: ignore[attr-defined]
        for name in ("web", "worker", "beat"):
            stack.start(name)
        yield stack
        stack.stop()


@pytest.fixture
def stack(running: Stack, sink: Sink) -> Stack:
    """The stack, whole and idle."""
    sink.refuse_mail, sink.drop = "", ""
    sink.refuse_address.clear()
    for name, part in running.parts.items():
        if part.pid is None:
            running.start(name)
    assert running.all_sent(60)
    sink.arrived.clear()
    return running


@pytest.fixture
def person(stack: Stack) -> Callable[[str], Person]:
    return lambda email: Person(stack, email)


@pytest.fixture
def seller(person: Callable[[str], Person]) -> Person:
    return person(SELLER)


@pytest.fixture
def managers(person: Callable[[str], Person]) -> tuple[Person, Person]:
    return person(MANAGER), person(OTHER_MANAGER)
