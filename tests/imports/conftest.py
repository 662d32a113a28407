"""Files to import, and who imports them."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.imports.importers import importer_for
from partnerhub.imports.models import ImportJob
from partnerhub.imports.services import carry_imports_on, check_import, start_import, upload_import
from partnerhub.tenancy.models import Tenant

HEADINGS = ("Company name", "Website URL", "Country/Region", "First Name", "Last Name", "Email", "Stores", "Record ID")
SAME = {"consent": "on", "consent_basis": "spoken", "consent_date": "2026-11-02", "terms": "on"}


def organisation(number: int, **changes: str) -> dict[str, str]:
    """A row of a CRM's export."""
    host = f"shop{number:05}.example.org"
    said = (f"Shop {number:05}", host, "Germany", "Jette", f"Ahlers {number}", f"jette@{host}", "3", str(number))
    return dict(zip(HEADINGS, said, strict=True)) | changes


def csv_of(rows: Sequence[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A file with these rows. Nothing in them needs quotation marks."""
    lines = [separator.join(HEADINGS), *(separator.join(row.values()) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def file_of(content: bytes, name: str = "contacts.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


Upload = Callable[..., ImportJob]


@pytest.fixture
def tells(acme: Tenant) -> None:
    """The conflict check tells what it finds, as it does where nothing else is set."""
    Tenant.objects.filter(pk=acme.pk).update(conflict_check="tell")


@pytest.fixture
def upload(acting: Callable[[Membership], Any]) -> Upload:
    """A file comes in for the POS program."""

    def bring(by: Membership, content: bytes, name: str = "contacts.csv") -> ImportJob:
        with acting(by):
            importer = importer_for("leads", by)
            chosen = importer.choose_form({"program": "pos"})
            return upload_import(importer, file=file_of(content, name), chosen=chosen, by=by)

    return bring


@pytest.fixture
def now_of(acting: Callable[[Membership], Any]) -> Callable[[Membership, ImportJob], ImportJob]:
    """An import as it is now."""

    def read(by: Membership, job: ImportJob) -> ImportJob:
        with acting(by):
            return ImportJob.objects.get(pk=job.pk)

    return read


@pytest.fixture
def checked(
    upload: Upload, acting: Callable[[Membership], Any], now_of: Callable[[Membership, ImportJob], ImportJob]
) -> Callable[..., ImportJob]:
    """A file that is mapped by its headings, and checked by the worker."""

    def bring(by: Membership, content: bytes, **same: str) -> ImportJob:
        job = upload(by, content)
        with acting(by):
            check_import(job.pk, by=by, mapping=job.mapping, same=SAME | same)
        carry_imports_on()
        return now_of(by, job)

    return bring


@pytest.fixture
def imported(
    checked: Callable[..., ImportJob],
    acting: Callable[[Membership], Any],
    now_of: Callable[[Membership, ImportJob], ImportJob],
) -> Callable[..., ImportJob]:
    """The same, imported by the worker."""

    def bring(by: Membership, content: bytes, **same: str) -> ImportJob:
        job = checked(by, content, **same)
        with acting(by):
            start_import(job.pk, by=by)
        carry_imports_on()
        return now_of(by, job)

    return bring


@pytest.fixture
def companies(acting: Callable[[Membership], Any], manager: Membership) -> Callable[[], list[str]]:
    """The companies of all leads that were sent."""

    def read() -> list[str]:
        with acting(manager):
            return sorted(Lead.objects.values_list("company", flat=True))

    return read
