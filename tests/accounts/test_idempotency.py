"""Idempotency-Key: one effect, the same answer again (quality 36)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils.timezone import now

from leads.models import Lead
from partnerhub.accounts.models import IdempotencyKey, Membership
from partnerhub.notes.models import Attachment, SharedMessage
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

KEY = "a-key-of-my-own"
DRAFT = {"program": "pos", "draft": True, "company": "Once"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
CLIENTS = 64


@pytest.fixture
def count(acme: Tenant) -> Callable[[Any], int]:
    def rows(model: Any) -> int:
        with tenant_scope(acme):
            return int(model.objects.count())

    return rows


@pytest.mark.django_db
def test_sent_again_it_is_done_once_and_answered_alike(
    call: Call, seller: Membership, count: Callable[[Any], int]
) -> None:
    api = call(seller)
    first, again = (api.post("leads/", DRAFT, Idempotency_Key=KEY) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content) == (201, first.content)
    assert (first["ETag"], first["Location"]) == (again["ETag"], again["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert count(Lead) == 1


@pytest.mark.django_db
def test_another_request_with_the_key_is_refused(call: Call, seller: Membership, count: Callable[[Any], int]) -> None:
    api = call(seller)
    api.post("leads/", DRAFT, Idempotency_Key=KEY)
    answer = api.post("leads/", DRAFT | {"company": "Twice"}, Idempotency_Key=KEY)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert count(Lead) == 1


@pytest.mark.django_db
def test_a_refused_request_leaves_the_key_free(call: Call, seller: Membership, count: Callable[[Any], int]) -> None:
    api = call(seller)
    assert api.post("leads/", {"program": "pos"}, Idempotency_Key=KEY).status_code == 422
    assert api.post("nonsense/", {}, Idempotency_Key=KEY).status_code == 404
    assert count(IdempotencyKey) == 0
    assert api.post("leads/", DRAFT, Idempotency_Key=KEY).status_code == 201


@pytest.mark.django_db
def test_a_key_is_its_callers_own(
    call: Call, seller: Membership, rival: Membership, count: Callable[[Any], int]
) -> None:
    answers = [call(who).post("leads/", DRAFT, Idempotency_Key=KEY).json()["id"] for who in (seller, rival)]
    assert len(set(answers)) == count(Lead) == 2


@pytest.mark.django_db
def test_a_key_is_free_again_after_a_day(
    call: Call, seller: Membership, acme: Tenant, count: Callable[[Any], int]
) -> None:
    api = call(seller)
    api.post("leads/", DRAFT, Idempotency_Key=KEY)
    with tenant_scope(acme):
        IdempotencyKey.objects.update(created_at=now() - timedelta(hours=24, seconds=1))
    assert "Idempotency-Replayed" not in api.post("leads/", DRAFT, Idempotency_Key=KEY)
    assert count(Lead) == 2


@pytest.mark.django_db
def test_a_key_has_a_bound(call: Call, seller: Membership, count: Callable[[Any], int]) -> None:
    answer = call(seller).post("leads/", DRAFT, Idempotency_Key="x" * 256)
    assert answer.status_code == 400
    assert count(Lead) == 0


@pytest.mark.django_db
def test_reading_needs_no_key(call: Call, seller: Membership, count: Callable[[Any], int]) -> None:
    assert call(seller).get("leads/", Idempotency_Key=KEY).status_code == 200
    assert count(IdempotencyKey) == 0


@pytest.mark.django_db
def test_a_step_is_taken_once(call: Call, seller: Membership, manager: Membership, new_lead: Any) -> None:
    lead = new_lead(seller)
    first, again = (
        call(manager).post(f"leads/{lead.pk}/award/", version=lead.version, Idempotency_Key=KEY) for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content


@pytest.mark.django_db
def test_a_file_is_attached_once(call: Call, seller: Membership, new_lead: Any, count: Callable[[Any], int]) -> None:
    address = f"leads/{new_lead(seller).pk}/attachments/"
    api = call(seller)

    def attach(content: bytes) -> Any:
        file = SimpleUploadedFile("offer.pdf", content, "application/pdf")
        return api.client.post(api.root + address, {"files": file}, headers={"Idempotency-Key": KEY})

    first, again = attach(PDF), attach(PDF)
    assert first.status_code == 201, first.content
    assert first.content == again.content
    assert count(Attachment) == 1
    assert attach(PDF + b"\n").status_code == 422


@pytest.mark.django_db
def test_a_large_file_has_a_key_too(
    call: Call, seller: Membership, new_lead: Any, settings: Any, count: Callable[[Any], int]
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    address = f"leads/{new_lead(seller).pk}/attachments/"
    api = call(seller)
    file = SimpleUploadedFile("offer.pdf", PDF[:-6] + b"%" * 5000 + b"\n%%EOF\n", "application/pdf")
    answer = api.client.post(api.root + address, {"files": file}, headers={"Idempotency-Key": KEY})
    assert answer.status_code == 201, answer.content
    assert count(Attachment) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_have_one_effect(
    call: Call, seller: Membership, new_lead: Any, count: Callable[[Any], int]
) -> None:
    address = f"leads/{new_lead(seller).pk}/messages/"
    callers = [call(seller) for _ in range(CLIENTS)]

    def send(api: Any) -> tuple[int, bytes]:
        try:
            answer = api.post(address, {"body": "Once, please."}, Idempotency_Key=KEY)
            return answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = set(pool.map(send, callers))
    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert count(SharedMessage) == 1
