from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerhub.embedded.services import Services
from tests.running import SETTINGS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for servers of its own, with no setting that names real ones."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting, raising=False)
    return tmp_path


@pytest.fixture
def services(folder: Path) -> Iterator[Services]:
    made = Services(folder)
    yield made
    made.stop()
