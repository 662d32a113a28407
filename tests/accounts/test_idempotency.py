"""Idempotency-Key (quality 36): many at once, one effect; the same answer again; another body refused."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from partnerhub.accounts.models import AccessRequest, IdempotencyKey, Invitation, Membership
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

ClientOf = Callable[[Membership], Client]
INVITATIONS = "/acme/api/v1/invitations/"
REQUESTS = "/acme/api/v1/access-requests/"


def body(number: int = 0) -> dict[str, Any]:
    return {"email": f"guest{number}@nordwind.example", "name": "Guest", "roles": ["referrals-user"]}


def send(browser: Client, key: str, data: dict[str, Any] | None = None, address: str = INVITATIONS) -> Any:
    return browser.post(address, data or body(), "application/json", headers={"Idempotency-Key": key})


def invitations(acme: Tenant) -> int:
    with tenant_scope(acme):
        return int(Invitation.objects.count())


def test_the_answer_is_given_again(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    browser = client_of(admin)
    first, second = send(browser, "a"), send(browser, "a")
    assert (second.status_code, second.content, second["Location"]) == (201, first.content, first["Location"])
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert invitations(acme) == 1


def test_another_body_or_address_with_the_key_is_refused(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    browser = client_of(admin)
    send(browser, "a")
    assert send(browser, "a", body(1)).status_code == 422
    assert send(browser, "a", {"role": "referrals-admin"}, REQUESTS).status_code == 422
    assert invitations(acme) == 1


def test_a_key_belongs_to_its_caller(
    client_of: ClientOf, acme: Tenant, admin: Membership, seller: Membership, programme_admin: Membership
) -> None:
    """The programme admin is there to decide on what the others ask for."""
    send(client_of(admin), "a", {"role": "referrals-admin"}, REQUESTS)
    assert send(client_of(seller), "a", {"role": "account-admin"}, REQUESTS).status_code == 201
    with tenant_scope(acme):
        assert AccessRequest.objects.count() == 2


def test_a_refused_request_keeps_no_key(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    browser = client_of(admin)
    assert send(browser, "a", body() | {"roles": ["emperor"]}).status_code == 422
    assert send(browser, "a").status_code == 201
    with tenant_scope(acme):
        assert IdempotencyKey.objects.count() == 1


def test_after_a_day_the_key_is_free(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    browser = client_of(admin)
    send(browser, "a")
    with time_machine.travel(now() + timedelta(hours=25)):
        browser = client_of(admin)
        assert send(browser, "a", body(1)).status_code == 201
    assert invitations(acme) == 2


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "zażółć", "a b"])
def test_a_key_that_is_none_is_refused(client_of: ClientOf, admin: Membership, key: str) -> None:
    answer = send(client_of(admin), key)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_have_one_effect_and_one_answer(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    browsers = [client_of(admin) for _ in range(8)]
    answers = at_once([partial(send, browser, "a") for browser in browsers])
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert sum(answer.headers.get("Idempotency-Replayed") == "true" for answer in answers) == 7
    assert invitations(acme) == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_first_is_refused_the_next_goes_on(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    """Half of them are refused as invalid, in whatever order they come; none of these holds the key."""
    browsers = [client_of(admin) for _ in range(6)]
    wrong = body() | {"roles": ["emperor"]}
    answers = at_once([partial(send, browser, "a", wrong if n % 2 else body()) for n, browser in enumerate(browsers)])
    right = answers[::2]
    assert {answer.status_code for answer in right} == {201}
    assert {answer.status_code for answer in answers[1::2]} == {422}
    assert invitations(acme) == 1


@pytest.mark.django_db(transaction=True)
def test_different_keys_at_once_do_not_wait_in_vain(client_of: ClientOf, acme: Tenant, admin: Membership) -> None:
    browsers = [client_of(admin) for _ in range(6)]
    answers = at_once([partial(send, browser, f"k{n}", body(n)) for n, browser in enumerate(browsers)])
    assert [answer.status_code for answer in answers] == [201] * 6
    assert invitations(acme) == 6


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all of these at the same time, each in its thread, and return what each returned."""
    start, results = Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            results[number] = acts[number]()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
