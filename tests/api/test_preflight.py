"""`?validate=only` (E30): on every write of the API the checks run, nothing is written, nobody is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from leads.api.leads import NEW_LEAD
from leads.models import Lead
from notifications.models import Message
from partnerhub.accounts.models import IdempotencyKey, Invitation, Membership
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.schema import api_schema
from tests.calls import Call

pytestmark = pytest.mark.django_db
ONLY = "?validate=only"


def written(tenant: Tenant) -> tuple[int, ...]:
    with tenant_scope(tenant):
        return tuple(model.objects.count() for model in (Lead, Event, Message, Invitation, IdempotencyKey))


def test_what_would_be_taken_is_answered_by_nothing_and_leaves_nothing(
    call: Call, acme: Tenant, seller: Membership, manager: Membership
) -> None:
    before = written(acme)
    answer = call(seller).post(f"leads/{ONLY}", NEW_LEAD)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Location" not in answer
    assert written(acme) == before


def test_what_is_refused_is_refused_in_the_same_words(
    call: Call, seller: Membership, manager: Membership, finance: Membership, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(seller)
    address = f"leads/{lead.pk}/award/"
    for who, body, version in (
        (manager, {"x": 1}, lead.version),
        (manager, {}, lead.version + 7),
        (manager, {}, None),
        (finance, {}, lead.version),
        (seller, {}, lead.version),
    ):
        asked = call(who).post(address + ONLY, body, version=version)
        done = call(who).post(address, body, version=version)
        assert (asked.status_code, asked.json()) == (done.status_code, done.json())
    wrong = {"program": "pos", "email": "nonsense"}
    asked, done = (call(seller).post(address, wrong) for address in (f"leads/{ONLY}", "leads/"))
    assert (asked.status_code, asked.json()) == (422, done.json())


def test_a_key_is_neither_used_up_nor_asked_for(call: Call, acme: Tenant, seller: Membership) -> None:
    caller = call(seller)
    assert caller.post(f"leads/{ONLY}", NEW_LEAD, idempotency_key="a").status_code == 204
    assert caller.post("leads/", NEW_LEAD, idempotency_key="a").status_code == 201
    again = caller.post(f"leads/{ONLY}", NEW_LEAD, idempotency_key="a")
    assert "Idempotency-Replayed" not in again
    with tenant_scope(acme):
        assert IdempotencyKey.objects.count() == 1


def test_the_record_stays_as_it_was(
    call: Call, seller: Membership, manager: Membership, new_lead: Callable[..., Lead], acting: Any
) -> None:
    lead = new_lead(seller)
    assert call(manager).post(f"leads/{lead.pk}/award/{ONLY}", version=lead.version).status_code == 204
    with acting(manager):
        kept = Lead.objects.get(pk=lead.pk)
    assert (kept.status, kept.version) == (lead.status, lead.version)
    assert call(manager).post(f"leads/{lead.pk}/award/", version=lead.version).status_code == 200


def test_an_act_on_many_says_what_would_become_of_each(
    call: Call,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    new_lead: Callable[..., Lead],
    acting: Any,
) -> None:
    lead = new_lead(seller)
    chosen = [{"id": str(lead.pk), "version": lead.version}, {"id": "01981f9a-7c7e-7cc2-9a3b-5f0c4d2e8a11"}]
    answer = call(manager).post(f"leads/bulk-assign/{ONLY}", {"to": str(representative.pk), "leads": chosen})
    assert [row["ok"] for row in answer.json()["results"]] == [True, False]
    with acting(manager):
        assert Lead.objects.get(pk=lead.pk).representative_id is None


def test_a_file_that_is_only_looked_at_is_not_kept(
    call: Call, seller: Membership, new_lead: Callable[..., Lead]
) -> None:
    address, kept = f"leads/{new_lead(seller).pk}/attachments/{ONLY}", Path(default_storage.location)
    before = {file for file in kept.rglob("*") if file.is_file()}
    answer = call(seller).upload(address, files=SimpleUploadedFile("note.txt", b"hello", "text/plain"))
    assert answer.status_code == 204
    assert {file for file in kept.rglob("*") if file.is_file()} == before


def test_another_word_is_refused(call: Call, acme: Tenant, seller: Membership) -> None:
    before = written(acme)
    answer = call(seller).post("leads/?validate=yes", NEW_LEAD)
    assert answer.status_code == 422
    assert [*answer.json()["errors"]] == ["validate"]
    assert written(acme) == before


def test_a_key_that_cannot_be_one_is_refused_all_the_same(seller: Membership, call: Call) -> None:
    answer = call(seller).post(f"leads/{ONLY}", NEW_LEAD, **{"Idempotency-Key": "ø ø"})
    assert answer.status_code == 400


def test_every_write_is_described_with_it() -> None:
    for path, methods in api_schema()["paths"].items():
        for method, operation in methods.items():
            names = {one["name"] for one in operation.get("parameters", [])}
            assert ("validate" in names) == (method != "get"), (method, path)
            assert method == "get" or "204" in operation["responses"], (method, path)
