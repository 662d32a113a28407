"""Errors of the API are problems (RFC 9457), whatever went wrong and whoever noticed it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.web import problems
from partnerhub.web.throttles import RateThrottle
from tests.calls import JSON, ROOT, Call, Caller

pytestmark = pytest.mark.django_db

NEW = "leads/"


def is_problem(answer: Any, status: int) -> bool:
    """The members that every problem has, agreeing with the answer."""
    assert answer["Content-Type"] == problems.CONTENT_TYPE
    body = answer.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    return bool(body["status"] == answer.status_code == status)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "nonsense",
        '{"program": "pos", "program": "plus"}',
        '{"program": NaN}',
        '{"company": "\\u0000"}',
        '{"company": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"company": ["\\ud800"]}',
        "[" * 100_000,
        '{"locations": ' + "9" * 5000 + "}",
    ],
    ids=lambda body: body[:20],
)
def test_a_body_that_cannot_be_read_is_said_so(call: Call, seller: Membership, body: str) -> None:
    answer = call(seller).client.post(ROOT + NEW, body.encode(), JSON)
    assert is_problem(answer, 400 if body else 422)


def test_bytes_that_are_no_text_are_said_so(call: Call, seller: Membership) -> None:
    assert is_problem(call(seller).client.post(ROOT + NEW, b'{"company": "\xff"}', JSON), 400)


@pytest.mark.parametrize("body", ["[]", '"text"', "7", "null", "true"])
def test_a_body_is_an_object(call: Call, seller: Membership, body: str) -> None:
    answer = call(seller).client.post(ROOT + NEW, body.encode(), JSON)
    assert is_problem(answer, 422)
    assert set(answer.json()["errors"]) == {"body"}


def test_a_body_has_a_bound(call: Call, seller: Membership, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = json.dumps({"company": "x" * 1000}).encode()
    assert is_problem(call(seller).client.post(ROOT + NEW, body, JSON), 413)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense", ""])
def test_another_type_of_body_is_refused(call: Call, seller: Membership, kind: str) -> None:
    assert is_problem(call(seller).client.post(ROOT + NEW, b"program=pos", kind), 415)


@pytest.mark.parametrize("method", ["put", "delete", "options", "trace", "patch"])
def test_only_the_methods_that_are_meant(call: Call, seller: Membership, method: str) -> None:
    answer = getattr(call(seller).client, method)(ROOT + NEW)
    assert is_problem(answer, 405)
    assert set(answer["Allow"].split(", ")) == {"GET", "POST", "HEAD"}


def test_answers_are_json_whatever_is_asked_for(call: Call, seller: Membership) -> None:
    answer = call(seller).get(NEW, Accept="text/html")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


def test_a_session_needs_its_csrf_token(seller: Membership) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    assert is_problem(Caller(client).post(NEW, {"program": "pos", "draft": True}), 403)


def test_an_unknown_token_is_nobody(call: Call, seller: Membership) -> None:
    answer = call(seller).get(NEW, Authorization="Bearer nonsense")
    assert is_problem(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_what_is_not_there_is_a_problem_too(call: Call, seller: Membership) -> None:
    assert is_problem(call(seller).get("nonsense/"), 404)
    assert is_problem(call(seller).client.get("/acme/api/nonsense"), 404)


def test_a_fault_of_ours_tells_nothing(call: Call, seller: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("MARKER")

    api = call(seller)
    api.client.raise_request_exception = False
    monkeypatch.setattr(RateThrottle, "allow_request", broken)
    answer = api.get(NEW)
    assert is_problem(answer, 500)
    assert b"MARKER" not in answer.content


def test_a_refused_change_leaves_nothing(call: Call, seller: Membership, acme: Any, acting: Callable[..., Any]) -> None:
    answer = call(seller).post(NEW, {"program": "pos", "company": "Half a lead"})
    assert is_problem(answer, 422)
    with acting(seller):
        assert not Lead.objects.exists()


class TestLimits:
    """Requests a minute, per member or token and per tenant."""

    @pytest.fixture(autouse=True)
    def _fresh(self) -> None:
        cache.clear()

    def test_a_member_is_told_to_wait(self, call: Call, seller: Membership, rival: Membership, settings: Any) -> None:
        settings.API_RATES = {"member": 2, "tenant": 100}
        api = call(seller)
        answers = [api.get(NEW).status_code for _ in range(2)]
        late = api.get(NEW)
        assert answers == [200, 200]
        assert is_problem(late, 429)
        assert 1 <= int(late["Retry-After"]) <= 61
        assert call(rival).get(NEW).status_code == 200

    def test_a_busy_tenant_does_not_starve_another(
        self, call: Call, seller: Membership, rival: Membership, stranger: Membership, client_of: Any, settings: Any
    ) -> None:
        settings.API_RATES = {"member": 100, "tenant": 2}
        call(seller).get(NEW)
        call(rival).get(NEW)
        assert call(seller).get(NEW).status_code == 429
        assert Caller(client_of(stranger), "/zenit/api/v1/").get(NEW).status_code == 200

    def test_without_redis_limits_go_on(self, call: Call, seller: Membership, settings: Any) -> None:
        settings.API_RATES = {"member": 1, "tenant": 100}
        away = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
        settings.CACHES = away
        api = call(seller)
        assert api.get(NEW).status_code == 200
        assert api.get(NEW).status_code == 429
