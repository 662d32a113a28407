"""Idempotency-Key: one effect, the same answer again (quality 36)."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerhub.accounts.models import IdempotencyKey, Membership
from partnerhub.accounts.requests import VisitorRequest
from partnerhub.web.preflight import is_preflight
from partnerhub.web.problems import CONTENT_TYPE, problem

ANSWERS_KEPT_FOR = timedelta(hours=24)
REPLAYED_HEADERS = ("Content-Type", "ETag", "Location")
KEY_SHAPE = re.compile("[!-~]{1,255}")
TAKE = """
INSERT INTO accounts_idempotencykey
    (id, tenant_id, membership_id, partner_id, key, fingerprint, headers, body, created_at)
VALUES (%s, %s, %s, %s, %s, %s, '{}', '', %s)
ON CONFLICT DO NOTHING
"""


class IdempotencyMiddleware:
    """Runs inside the request's transaction, so the key, the effect and the answer are kept together or not at all.

    A second caller with the same key waits on the unique index until the first has committed, then gets its answer; if
    the first was refused, it takes the key itself. An answer of 400 and above keeps nothing. An answer that is shown
    once (`response.shown_once`) is not kept either: the second caller is told that it was given. A preflight, which
    has no effect, takes no key.
    """

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponse:
        key, member = request.headers.get("Idempotency-Key"), request.membership
        if key is None or request.method != "POST" or member is None or not _is_api(request):
            return self.get_response(request)
        if not KEY_SHAPE.fullmatch(key):
            return _refusal(request, 400, _("Idempotency-Key has to be 1 to 255 visible ASCII characters."))
        if is_preflight(request):
            return self.get_response(request)
        try:
            fingerprint = _fingerprint(request)
        except RequestDataTooBig:
            return self.get_response(request)  # refused there, in the API's words
        key = _scoped(request, key)
        if not _take(member, key, fingerprint):
            return _replay(request, member, key, fingerprint)
        response = self.get_response(request)
        if response.status_code < 400:
            _keep(request, member, key, response)
        elif not connection.needs_rollback:
            _mine(member, key).delete()
        return response


def _is_api(request: VisitorRequest) -> bool:
    return bool(request.path_info.startswith("/api/"))


def _scoped(request: VisitorRequest, key: str) -> str:
    """The key as it is kept: a token is another caller than its member, though they share a seat.

    The space keeps what is a token's apart from what anybody may send.
    """
    token = request.api_token
    return key if token is None else f"{token} {hashlib.sha256(key.encode()).hexdigest()}"


def _fingerprint(request: VisitorRequest) -> str:
    head = f"{request.method} {request.get_full_path()}\n"
    return hashlib.sha256(head.encode() + request.body).hexdigest()


def _mine(membership: Membership, key: str) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(membership=membership, key=key)


def _take(membership: Membership, key: str, fingerprint: str) -> bool:
    """Whether this request is the first with the key. Waits for one that is under way."""
    _mine(membership, key).filter(created_at__lt=timezone.now() - ANSWERS_KEPT_FOR).delete()
    row = IdempotencyKey(membership=membership, partner_id=membership.partner_id, key=key, fingerprint=fingerprint)
    values = [row.pk, row.tenant_id, membership.pk, membership.partner_id, key, fingerprint, row.created_at]
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        return bool(cursor.rowcount)


def _replay(request: VisitorRequest, member: Membership, key: str, fingerprint: str) -> HttpResponse:
    row = _mine(member, key).first()
    if row is None:
        return _refusal(request, 409, _("The first request with this Idempotency-Key has just ended. Send it again."))
    if row.fingerprint != fingerprint:
        return _refusal(request, 422, _("This Idempotency-Key was used with another request."))
    response = HttpResponse(bytes(row.body), status=row.status or 500, headers=row.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _keep(request: VisitorRequest, member: Membership, key: str, response: Any) -> None:
    if getattr(response, "shown_once", False):
        response = _refusal(request, 409, _("It was done, and the answer was given. It is not shown a second time."))
    elif hasattr(response, "render"):
        response.render()
    headers = {name: response[name] for name in REPLAYED_HEADERS if response.has_header(name)}
    _mine(member, key).update(status=response.status_code, headers=headers, body=response.content)


def _refusal(request: VisitorRequest, status: int, detail: str) -> HttpResponse:
    body = problem(status, detail, kind="idempotency", instance=request.path)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
