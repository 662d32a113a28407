"""From "Send me a link" to the file, and to where it is not there any more (E16)."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from weakref import finalize
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.exports.models import ExportJob, ExportPart
from partnerhub.exports.services import carry_exports_on, sweep_exports, working
from partnerhub.exports.services.working import ExportTurn
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.exports.conftest import Ask, carry_on_to_the_end, files_in, streamed

ClientOf = Callable[[Membership], Client]
NowOf = Callable[[Membership, ExportJob], ExportJob]
FORMULA = '=HYPERLINK("https://evil.example.org")'


def test_asked_for_on_a_page_it_is_written_mailed_fetched_and_gone(
    seller: Membership,
    colleague: Membership,
    rival: Membership,
    stranger: Membership,
    new_lead: Callable[..., Lead],
    client_of: ClientOf,
    acting: Callable[[Membership], Any],
    now_of: NowOf,
    stored: Path,
) -> None:
    for number in range(3):
        new_lead(seller, company=f"Shop {number}", website=f"https://shop{number}.example.org")
    client = client_of(seller)
    assert 'href="/acme/exports/new/leads/?q=shop"' in client.get("/acme/leads/?q=shop").content.decode()
    asking = "/acme/exports/new/leads/?q=shop&sort=company"
    assert "72 hours" in client.get(asking).content.decode()
    here = client.post(asking, {"format": "csv"})["Location"]
    assert "being written" in client.get(here).content.decode()
    assert client.get(f"{here}file/").status_code == 410
    carry_exports_on()
    page = client.get(here).content.decode()
    assert f'href="{here}file/"' in page
    fetched = client.get(f"{here}file/")
    expected = streamed(client, "/acme/leads/export.csv?q=shop&sort=company")
    assert b"".join(fetched.streaming_content) == expected  # type: ignore[attr-defined]
    assert expected.count(b"\r\n") == 4
    assert (fetched["Cache-Control"], int(fetched["Content-Length"])) == ("private, no-store", len(expected))
    for other in (colleague, rival):
        assert client_of(other).get(f"{here}file/").status_code == 404
    assert client_of(stranger).get(f"{here}file/").status_code == 404
    assert Client(HTTP_HOST="127.0.0.1").get(f"{here}file/").status_code == 302
    with acting(seller):
        job = ExportJob.objects.get()
        kinds = [*Event.objects.filter(subject_id=job.pk).order_by("id").values_list("kind", "actor_id")]
    assert kinds == [("exportjob.asked", seller.pk), ("exportjob.finished", None), ("exportjob.downloaded", seller.pk)]
    assert (job.done, job.total, job.size) == (3, 3, len(expected))
    with time_machine.travel(job.expires_at, tick=False):  # type: ignore[arg-type]
        assert client_of(seller).get(f"{here}file/").status_code == 410, "before any sweep"
        assert sweep_exports() == 1
    assert (now_of(seller, job).status, files_in(stored)) == ("expired", [])
    assert "Ask again" in client.get("/acme/exports/").content.decode()
    assert client.post(f"{here}again/", {"version": now_of(seller, job).version}).status_code == 302
    carry_exports_on()
    assert (now_of(seller, job).status, len(files_in(stored))) == ("ready", 1)


def test_a_list_that_is_too_long_asks_first_and_the_api_says_how(
    seller: Membership, new_lead: Callable[..., Lead], client_of: ClientOf, settings: Any
) -> None:
    settings.EXPORT_ROWS_AT_ONCE = 1
    client = client_of(seller)
    new_lead(seller)
    assert client.get("/acme/leads/export.csv").status_code == 200
    new_lead(seller, company="Another", website="https://another.example.org")
    answer = client.get("/acme/leads/export.xlsx?sort=company")
    assert (answer.status_code, answer["Location"]) == (302, "/acme/exports/new/leads/?sort=company&format=xlsx")
    page = client.get(answer["Location"]).content.decode()
    assert "more than 1 rows" in page
    assert '<option value="xlsx" selected>' in page
    refused = client.get("/acme/api/v1/leads/export/")
    assert (refused.status_code, "POST exports/" in refused.content.decode()) == (409, True)


def test_over_the_api_it_is_asked_for_read_and_fetched(
    seller: Membership, new_lead: Callable[..., Lead], client_of: ClientOf
) -> None:
    new_lead(seller, company=FORMULA)
    client = client_of(seller)

    def post(**body: str) -> Any:
        return client.post("/acme/api/v1/exports/", body, content_type="application/json")

    assert post(list="none").status_code == 422
    wrong = post(list="leads", query="colour=red")
    assert (wrong.status_code, [*wrong.json()["errors"]]) == (422, ["query"])
    assert post(list="queues").status_code in {403, 404}, "a list of the vendor's"
    made = post(list="leads", format="xlsx")
    assert made.status_code == 201, made.content
    here = made["Location"]
    assert client.get(f"{here}file/").status_code == 409
    carry_exports_on()
    read = client.get(here).json()
    assert (read["status"], read["done"], read["list"]) == ("ready", 1, "leads")
    sheets = [packed(streamed(client, address)) for address in (f"{here}file/", "/acme/leads/export.xlsx")]
    assert sheets[0] == sheets[1], "as the streamed one"
    csv = post(list="leads")["Location"]
    carry_exports_on()
    content = streamed(client, f"{csv}file/")
    assert b"'=HYPERLINK" in content
    assert content == streamed(client, "/acme/leads/export.csv")


def packed(content: bytes) -> dict[str, bytes]:
    """What is in a workbook, by the names of its parts."""
    with ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_each_has_what_they_see_at_the_same_time_and_no_more_than_their_share(
    ask: Ask, seller: Membership, rival: Membership, new_lead: Callable[..., Lead], client_of: ClientOf, acting: Any
) -> None:
    for member, company in ((seller, "Nordlicht"), (rival, "Südwind")):
        new_lead(member, company=company, website=f"https://{company[:4].lower()}x.example.org")
    jobs = {member: ask(member) for member in (seller, rival)}
    carry_exports_on()
    texts = [streamed(client_of(member), f"/acme/exports/{job.pk}/file/").decode() for member, job in jobs.items()]
    assert [("Nordlicht" in text, "Südwind" in text) for text in texts] == [(True, False), (False, True)]
    for _at in range(3):
        ask(seller)
    answer = client_of(seller).post("/acme/exports/new/leads/", {"format": "csv"})
    assert answer.status_code == 409
    assert "Three of your exports" in answer.content.decode()


def one_row_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "EXPORT_ROWS_IN_PART", 1)


def turn_of(tenant: Tenant, job: ExportJob) -> ExportTurn:
    """A worker that has taken the export up, and written its first row."""
    turn = ExportTurn(tenant, job.pk)
    assert all([turn._take(), turn._part(), turn._part()])
    return turn


def test_a_role_that_is_taken_away_meanwhile_ends_it_in_words(
    ask: Ask,
    seller: Membership,
    new_lead: Callable[..., Lead],
    client_of: ClientOf,
    acme: Tenant,
    now_of: NowOf,
    stored: Path,
    monkeypatch: pytest.MonkeyPatch,
    acting: Any,
) -> None:
    one_row_a_part(monkeypatch)
    for number in range(3):
        new_lead(seller, company=f"Shop {number}", website=f"https://shop{number}.example.org")
    ready, job = ask(seller), ask(seller)
    while now_of(seller, ready).status != "ready":
        ExportTurn(acme, ready.pk).go()
    turn = turn_of(acme, job)
    with acting(seller):
        Membership.objects.filter(pk=seller.pk).update(roles=[Role.BUSINESS_PROFILE_ADMIN])
    turn._part()
    failed = now_of(seller, job)
    assert (failed.status, "taken away" in failed.reason) == ("failed", True)
    with acting(seller):
        assert not ExportPart.objects.filter(job=job).exists()
    client = client_of(seller)
    assert client.get(f"/acme/exports/{job.pk}/file/").status_code == 410
    assert client.get(f"/acme/exports/{ready.pk}/file/").status_code == 403, "written with the role"


def test_another_worker_waits_for_the_lease_and_goes_on_with_whole_parts(
    ask: Ask,
    seller: Membership,
    new_lead: Callable[..., Lead],
    client_of: ClientOf,
    acme: Tenant,
    now_of: NowOf,
    stored: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_row_a_part(monkeypatch)
    for number in range(3):
        new_lead(seller, company=f"Shop {number}", website=f"https://shop{number}.example.org")
    job = ask(seller, query="sort=company")
    turn_of(acme, job)  # and is never heard of again
    assert now_of(seller, job).done == 1
    assert ExportTurn(acme, job.pk).go() == 0, "the lease holds"
    new_lead(seller, company="Shop 0 later", website="https://later.example.org")
    with time_machine.travel(now() + timedelta(hours=1), tick=True):
        carry_on_to_the_end()
        client = client_of(seller)
        content = streamed(client, f"/acme/exports/{job.pk}/file/").decode()
    assert [f"Shop {number}" in content for number in (0, 1, 2)] == [True] * 3
    assert (content.count("\r\n"), "later" in content) == (4, False), "the rows of when it was begun, each once"


def test_other_roles_begin_it_anew(
    ask: Ask,
    seller: Membership,
    new_lead: Callable[..., Lead],
    acme: Tenant,
    now_of: NowOf,
    acting: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_row_a_part(monkeypatch)
    for number in range(2):
        new_lead(seller, company=f"Shop {number}", website=f"https://shop{number}.example.org")
    job = ask(seller)
    turn = turn_of(acme, job)
    with acting(seller):
        Membership.objects.filter(pk=seller.pk).update(roles=[*seller.roles, Role.BUSINESS_PROFILE_ADMIN])
    turn._part()
    assert (now_of(seller, job).done, now_of(seller, job).total) == (0, 2)


def test_too_many_rows_and_too_long_a_file_are_told(
    ask: Ask, seller: Membership, new_lead: Callable[..., Lead], now_of: NowOf, settings: Any
) -> None:
    for number in range(2):
        new_lead(seller, company=f"Shop {number}", website=f"https://shop{number}.example.org")
    settings.EXPORT_ROWS = 1
    many = ask(seller)
    carry_exports_on()
    settings.EXPORT_ROWS, settings.EXPORT_BYTES = 100, 10
    long = ask(seller)
    carry_exports_on()
    assert [now_of(seller, job).reason.split(" than ")[0] for job in (many, long)] == [
        "The list has more",
        "The file gets longer",
    ]


def test_what_is_stopped_leaves_nothing(
    ask: Ask, seller: Membership, client_of: ClientOf, now_of: NowOf, stored: Path
) -> None:
    job = ask(seller)
    answer = client_of(seller).post(f"/acme/exports/{job.pk}/stop/", {"version": job.version})
    assert answer.status_code == 302
    assert carry_exports_on() == 0
    half = stored / job.key
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half of it")
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        assert sweep_exports() == 1
    assert (now_of(seller, job).status, now_of(seller, job).has_file, half.exists()) == ("stopped", False, False)


def test_no_more_rows_than_a_part_has_are_held_of_50_000(
    ask: Ask, seller: Membership, acting: Callable[[Membership], Any], now_of: NowOf
) -> None:
    ask(seller, "exports")
    carry_exports_on()
    copied = [field.column for field in ExportJob._meta.fields if field.name not in {"id", "has_file"}]
    with acting(seller), connection.cursor() as cursor:
        columns = ", ".join(copied)
        cursor.execute(
            f"INSERT INTO exports_exportjob (id, has_file, {columns})"
            f" SELECT gen_random_uuid(), false, {columns} FROM exports_exportjob, generate_series(1, 50000)"
        )
    job = ask(seller, "exports")
    alive: set[int] = set()
    most = 0

    def made(instance: ExportJob, **said: Any) -> None:
        nonlocal most
        alive.add(id(instance))
        finalize(instance, alive.discard, id(instance))
        most = max(most, len(alive))

    post_init.connect(made, sender=ExportJob)
    try:
        carry_on_to_the_end()
    finally:
        post_init.disconnect(made, sender=ExportJob)
    done = now_of(seller, job)
    assert (done.status, done.done) == ("ready", 50_002)
    assert most < 2 * working.EXPORT_ROWS_IN_PART
