"""Exports, from asking to the file; what they store lies in a folder of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.http import QueryDict
from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.exports.models import ExportJob
from partnerhub.exports.services import ask_export, carry_exports_on
from partnerhub.web.lists.declaring import LISTS

Ask = Callable[..., ExportJob]


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    assert storages["default"].location == str(tmp_path)
    return tmp_path


@pytest.fixture
def ask(acting: Callable[[Membership], Any]) -> Ask:
    """A member asks for a list as a file."""

    def asked(by: Membership, list_name: str = "leads", query: str = "", format: str = "csv") -> ExportJob:
        with acting(by):
            return ask_export(LISTS[list_name](QueryDict(query), by), format=format, by=by)

    return asked


@pytest.fixture
def now_of(acting: Callable[[Membership], Any]) -> Callable[[Membership, ExportJob], ExportJob]:
    """An export as it is now."""

    def read(by: Membership, job: ExportJob) -> ExportJob:
        with acting(by):
            return ExportJob.objects.get(pk=job.pk)

    return read


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def streamed(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content)


def carry_on_to_the_end() -> None:
    while carry_exports_on():
        pass
