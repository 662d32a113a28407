"""Imports over the API, repeat-safe and as whoever asked (E16, E17)."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.imports.models import ImportedRow, ImportJob
from partnerhub.imports.services import carry_imports_on, start_import, uploading
from partnerhub.imports.services.working import ImportTurn
from partnerhub.tenancy.models import Tenant
from tests.calls import Call
from tests.imports.conftest import SAME, csv_of, file_of, organisation


def test_a_program_uploads_checks_imports_and_reads_the_rows(
    tells: None, call: Call, seller: Membership, companies: Callable[[], list[str]]
) -> None:
    api = call(seller)
    rows = [organisation(1), organisation(2, **{"Company name": "=cmd", "Email": "-"}), organisation(1)]
    assert api.upload("imports/", importer="deals", chosen="{}", file=file_of(b"A\n1")).status_code == 422
    wrong = api.upload("imports/", importer="leads", chosen='{"program": "no"}', file=file_of(csv_of(rows)))
    assert wrong.status_code == 422
    made = api.upload("imports/", importer="leads", chosen='{"program": "pos"}', file=file_of(csv_of(rows)))
    assert made.status_code == 201, made.content
    job, here = made.json(), f"imports/{made.json()['id']}/"
    assert {"name": "company", "label": "Company", "needed": True} in job["fields_to_fill"]
    lacking = api.post(f"{here}check/", {"mapping": {"0": "company"}, "same": SAME}, version=job["version"])
    assert lacking.status_code == 409
    assert "No column goes to “Website”" in lacking.content.decode()
    checking = api.post(f"{here}check/", {"mapping": job["mapping"], "same": SAME}, version=job["version"])
    assert checking.status_code == 200, checking.content
    assert checking.json()["status"] == "checking"
    carry_imports_on()
    checked = api.get(here).json()
    assert (checked["status"], checked["checked"], checked["wrong"]) == ("checked", 3, 1)
    assert companies() == []
    assert [row["became"] for row in api.get(f"{here}rows/").json()["results"]] == ["ok", "refused", "same"]
    assert api.post(f"{here}start/", version=checked["version"]).status_code == 200
    carry_imports_on()
    done = api.get(here).json()
    assert (done["status"], done["done"], done["failed"], done["repeated"]) == ("imported", 1, 1, 1)
    (bad,) = api.get(f"{here}rows/", {"only": "bad"}).json()["results"]
    assert (bad["row"], bad["id"]) == (3, None)
    file = b"".join(api.get(f"{here}errors/").streaming_content).decode("utf-8-sig")
    assert file.splitlines()[1].startswith("'=cmd,")
    assert api.get(f"{here}timeline/").json()["results"][0]["kind"] == "importjob.finished"


def test_the_same_rows_make_nothing_again_until_they_are_taken_back(
    tells: None,
    seller: Membership,
    imported: Callable[..., ImportJob],
    acting: Callable[[Membership], Any],
    companies: Callable[[], list[str]],
) -> None:
    rows = [organisation(number) for number in range(5)]
    first = imported(seller, csv_of(rows))
    again = imported(seller, csv_of([*rows, organisation(5)], separator=";"))
    assert (first.done, again.done, again.repeated) == (5, 1, 5)
    assert len(companies()) == 6
    with acting(seller):
        assert ImportedRow.objects.count() == 6
        assert set(ImportedRow.objects.values_list("record_id", flat=True)) == set(
            Lead.objects.values_list("pk", flat=True)
        )


def test_a_worker_that_died_leaves_whole_parts_and_another_one_goes_on(
    tells: None,
    acme: Tenant,
    seller: Membership,
    checked: Callable[..., ImportJob],
    acting: Callable[[Membership], Any],
    now_of: Callable[[Membership, ImportJob], ImportJob],
    companies: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploading, "ROWS_IN_PART", 2)
    job = checked(seller, csv_of([organisation(number) for number in range(5)]))
    with acting(seller):
        start_import(job.pk, by=seller)
    dead = ImportTurn(acme, job.pk)
    assert dead._take()
    assert dead._part()
    carry_imports_on()
    assert now_of(seller, job).done == 2, "the dead one holds it until its lease is over"
    with acting(seller):
        ImportJob.objects.filter(pk=job.pk).update(due_at=job.created_at)
    carry_imports_on()
    done = now_of(seller, job)
    assert (done.status, done.done) == ("imported", 5)
    assert not dead._part(), "it is another worker's now"
    assert len(companies()) == 5


def test_whoever_lost_the_role_imports_no_further_row(
    tells: None,
    seller: Membership,
    checked: Callable[..., ImportJob],
    acting: Callable[[Membership], Any],
    now_of: Callable[[Membership, ImportJob], ImportJob],
    companies: Callable[[], list[str]],
) -> None:
    job = checked(seller, csv_of([organisation(1)]))
    with acting(seller):
        start_import(job.pk, by=seller)
        Membership.objects.filter(pk=seller.pk).update(roles=["referrals-user"])
    carry_imports_on()
    ended = now_of(seller, job)
    assert (ended.status, ended.reason) == ("ended", "The role that this needs was taken away meanwhile.")
    assert companies() == []
