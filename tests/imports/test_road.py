"""From a file to leads and back: pages, worker, result for each row (E16)."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.imports.models import ImportJob
from partnerhub.imports.services import carry_imports_on
from tests.imports.conftest import SAME, csv_of, file_of, organisation


def test_a_file_is_uploaded_mapped_checked_imported_and_undone_on_the_pages(
    tells: None,
    seller: Membership,
    new_lead: Callable[..., Lead],
    client_of: Callable[[Membership], Client],
    companies: Callable[[], list[str]],
    acting: Callable[[Membership], Any],
    now_of: Callable[[Membership, ImportJob], ImportJob],
) -> None:
    new_lead(seller, company="Shop 00002", website="https://shop00002.example.org", email="a@shop00002.example.org")
    rows = [organisation(1), organisation(2), organisation(3, Email="nonsense"), organisation(4)]
    client = client_of(seller)
    assert "100,000 rows" in client.get("/acme/leads/import/").content.decode()
    sent = {"program": "pos", "file": file_of(csv_of(rows))}
    answer = client.post("/acme/leads/import/", sent)
    assert answer.status_code == 302, answer.content.decode()
    mapping = answer["Location"]
    with acting(seller):
        job = ImportJob.objects.get()
    page = client.get(mapping).content.decode()
    assert "Shop 00001 · Shop 00002" in page
    columns = {f"column-{at}": name for at, name in job.mapping.items()}
    assert set(columns.values()) >= {"company", "website", "country", "email", "locations", "external_id"}
    answer = client.post(mapping, SAME | columns | {"version": job.version})
    assert answer.status_code == 302, answer.content.decode()
    here = answer["Location"]
    assert "0 of 4 rows" in client.get(here).content.decode()
    carry_imports_on()
    page = client.get(here).content.decode()
    assert "You have referred this business already: lead L-1" in page
    assert "Email:" in page
    assert companies() == ["Shop 00002"]
    assert client.post(f"{here}start/", {"version": now_of(seller, job).version}).status_code == 302
    carry_imports_on()
    done = now_of(seller, job)
    assert (done.status, done.done, done.failed, done.repeated) == ("imported", 2, 2, 0)
    assert companies() == ["Shop 00001", "Shop 00002", "Shop 00004"]
    file = b"".join(client.get(f"{here}errors/").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert file.splitlines()[0].endswith(",Record ID,Reasons")
    assert len(file.splitlines()) == 3
    again = client.post("/acme/leads/import/", {"program": "pos", "file": file_of(file.encode())})["Location"]
    with acting(seller):
        mended = ImportJob.objects.latest("created_at")
    assert (mended.mapping, mended.same) == (done.mapping, done.same)  # nothing is asked anew
    page = client.post(again, columns | {"version": mended.version, "terms": "on"}).content.decode()
    assert 'id="id_consent_basis_error"' in page  # what is missing is said beside where it is chosen
    assert "No column goes to “How they agreed”" in page
    assert client.post(f"{here}undo/", {"version": done.version}).status_code == 302
    carry_imports_on()
    done = now_of(seller, job)
    assert (done.status, done.undone, done.kept) == ("undone", 2, 0)
    with acting(seller):
        assert Lead.objects.filter(status="withdrawn").count() == 2
