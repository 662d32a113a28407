"""The live process on the tests' own servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.process import LiveProcess


@pytest.fixture(scope="session")
def running_live(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveProcess]:
    process = LiveProcess(tmp_path_factory.mktemp("live"), {})
    yield process
    process.stop()


@pytest.fixture
def live(running_live: LiveProcess, transactional_db: None) -> LiveProcess:
    """It, running: a test may stop it."""
    if running_live.process.pid is None:
        running_live.start()
    return running_live


@pytest.fixture
def narrow(transactional_db: None, tmp_path: Path) -> Iterator[LiveProcess]:
    """One that has room for a single stream."""
    process = LiveProcess(tmp_path, {"LIVE_STREAMS": "1"})
    process.start()
    yield process
    process.stop()
