"""Idempotency-Key: one effect, the same answer again (quality 36)."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from partnerhub.accounts.models import IdempotencyKey

KEPT = timedelta(hours=24)
REPLAYED_HEADERS = ("Content-Type", "ETag", "Location")


class IdempotencyMiddleware:
    """Runs inside the request's transaction, so the key, the effect and the answer are kept together or not at all.

    A second caller with the same key waits on the unique index until the first has committed, then gets its answer.
    An answer of 400 and above keeps nothing: the transaction is rolled back, the key with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key or request.method != "POST" or request.membership is None or not _is_api(request):
            return self.get_response(request)
        if len(key) > 255:
            return _refusal(400, "The Idempotency-Key is longer than 255 characters.")
        fingerprint = _fingerprint(request)
        if not _take(request.membership, key, fingerprint):
            return _replay(request.membership, key, fingerprint)
        response = self.get_response(request)
        if response.status_code < 400:
            _keep(request.membership, key, response)
        else:
            transaction.set_rollback(True)
        return response


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _fingerprint(request: HttpRequest) -> str:
    """What was asked: the address and the body. A form's parts count, not what the client puts between them."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.content_type)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _mine(membership: Any, key: str) -> Any:
    return IdempotencyKey.objects.filter(membership=membership, key=key)


def _take(membership: Any, key: str, fingerprint: str) -> bool:
    """Whether this request is the first with the key. Waits for one that is under way."""
    _mine(membership, key).filter(created_at__lt=timezone.now() - KEPT).delete()
    row = IdempotencyKey(membership=membership, partner_id=membership.partner_id, key=key, fingerprint=fingerprint)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_idempotencykey"
            " (id, tenant_id, membership_id, partner_id, key, fingerprint, headers, body, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, '{}', '', %s) ON CONFLICT DO NOTHING",
            [row.pk, row.tenant_id, membership.pk, membership.partner_id, key, fingerprint, row.created_at],
        )
        return bool(cursor.rowcount)


def _replay(membership: Any, key: str, fingerprint: str) -> HttpResponse:
    row = _mine(membership, key).first()
    if row is None:
        return _refusal(409, "The first request with this Idempotency-Key was refused just now. Send it again.")
    if row.fingerprint != fingerprint:
        return _refusal(422, "This Idempotency-Key was used with another request.")
    response = HttpResponse(bytes(row.body), status=row.status or 500, headers=row.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _keep(membership: Any, key: str, response: HttpResponse) -> None:
    if hasattr(response, "render"):
        response.render()
    headers = {name: response[name] for name in REPLAYED_HEADERS if response.has_header(name)}
    _mine(membership, key).update(status=response.status_code, headers=headers, body=response.content)


def _refusal(status: int, detail: str) -> HttpResponse:
    body = {
        "type": "urn:partnerhub:problem:idempotency",
        "title": "Idempotency-Key",
        "status": status,
        "detail": detail,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
