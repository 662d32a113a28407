"""A company of Nordwind's, on which both sides may write; and a file storage of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deals.models import Company
from deals.services import remember_customer
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason
from partnerhub.events.services import SYSTEM
from partnerhub.notes import subjects
from partnerhub.partners.models import Partner
from partnerhub.roles import LEADS_COMMENT, VENDOR
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    options = {"location": str(tmp_path)}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return tmp_path


@pytest.fixture(autouse=True)
def _companies_can_be_written_on() -> Iterator[None]:
    def find(membership: Membership, company_id: UUID) -> Company | None:
        rows = Company.objects.filter(pk=company_id)
        return rows.first() if membership.side == VENDOR else rows.filter(partner=membership.partner_id).first()

    def can_comment(membership: Membership, company: Company) -> list[Reason]:
        return [Reason("role", "You have a role that may write.", ok=membership.can(LEADS_COMMENT))]

    def describe(company: Company) -> dict[str, Any]:
        return {"company": company.name, "url": f"/companies/{company.pk}/"}

    subjects.register("company", find, can_comment, describe)
    yield
    subjects._subjects.pop("company")


@pytest.fixture
def new_company(acme: Tenant) -> Callable[..., Company]:
    def make(partner: Partner, name: str = "Hafenkontor", host: str = "hafenkontor.example.org") -> Company:
        with tenant_scope(acme):
            company, _ = remember_customer(
                partner_id=partner.pk,
                name=name,
                host=host,
                website=f"https://{host}",
                country="DE",
                postcode="28195",
                first_name="Jette",
                last_name="Ahlers",
                email=f"jette@{host}",
                phone="",
                job_title="",
                by=SYSTEM,
            )
            return Company.objects.get(pk=company)

    return make


@pytest.fixture
def company(new_company: Callable[..., Company], nordwind: Partner) -> Company:
    return new_company(nordwind)


def pdf(name: str = "contract.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
