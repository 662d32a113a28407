"""The demo's import: a short export of a CRM, with a row that is refused."""

from django.core.files.uploadedfile import SimpleUploadedFile

from partnerhub.accounts.demo import PortalDemo, acting, with_role
from partnerhub.imports.importers import importer_for
from partnerhub.imports.services import carry_imports_on, check_import, start_import, upload_import
from partnerhub.roles import Role

FROM_A_CRM = """Company name,Website URL,Country/Region,First Name,Last Name,Email,Stores,Record ID
Fjordbakeriet,https://fjordbakeriet.example.org,Norway,Sunniva,Hauge,sunniva@fjordbakeriet.example.org,4,7001
Pracownia Lnu,https://pracownia-lnu.example.org,Poland,Hanna,Wilk,hanna@pracownia-lnu.example.org,2,7002
Kaffeerösterei Sand,https://sand-kaffee.example.org,Germany,Enno,Claasen,no address,1,7003
"""
SAID_OF_ROWS = {"consent": "on", "consent_basis": "spoken", "consent_date": "2026-11-02", "terms": "on"}


def fill_imports(demo: PortalDemo) -> None:
    """A partner's seller imports a file, as a person does it."""
    seller = with_role(demo.seats, Role.REFERRALS_ADMIN)
    with acting(demo.tenant, seller):
        importer = importer_for("leads", seller)
        file = SimpleUploadedFile("crm-contacts.csv", FROM_A_CRM.encode())
        job = upload_import(importer, file=file, chosen=importer.choose_form({"program": "pos"}), by=seller)
        check_import(job.pk, by=seller, mapping=job.mapping, same=SAID_OF_ROWS)
    carry_imports_on()
    with acting(demo.tenant, seller):
        start_import(job.pk, by=seller)
    carry_imports_on()
