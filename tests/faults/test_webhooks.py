"""Webhooks under faults: nothing lost, nothing doubled but by the same id."""

import json
from uuid import uuid4

import pytest

from tests.faults.test_mail import submit_many
from tests.notifications.receiver import Receiver, receive
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import Person, Stack, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]
SUBMITTED = 60
UNFINISHED = "SELECT count(*) FROM notifications_hook WHERE status IN ('queued', 'sending')"


def test_a_worker_killed_while_it_sends_webhooks_loses_none(stack: Stack, seller: Person) -> None:
    admin = Person(stack, PROGRAMME_ADMIN)
    with receive() as receiver:
        made = admin.api("webhooks/", {"url": receiver.url, "event_types": ["lead.submitted"]})
        assert made.status_code == 201, made.text
        stack.kill("webhooks")
        submit_many(seller, SUBMITTED)
        for share in (1, 2, 3):
            stack.start("webhooks")
            until(lambda share=share: len({ids for ids, _ in heard(receiver)}) >= SUBMITTED * share // 5, seconds=60)
            stack.kill("webhooks")
        stack.start("webhooks")
        until(lambda: len({ids for ids, _ in heard(receiver)}) >= SUBMITTED, seconds=120)
        assert stack.all_sent(120)
        until(lambda: stack.count(UNFINISHED) == 0, seconds=120)
        told = heard(receiver)
    where = made.json()["id"]
    assert admin.client.delete(f"/tallvik/api/v1/webhooks/{where}/", headers=admin.head()).status_code == 204
    assert len({ids for ids, _ in told}) == len({event for _, event in told}) == len(set(told)) == SUBMITTED
    assert stack.count("SELECT count(*) FROM notifications_hook WHERE status <> 'sent'") == 0


def heard(receiver: Receiver) -> list[tuple[str, str]]:
    """(webhook-id, event) of what came, as often as it came."""
    return [(headers["webhook-id"], json.loads(body)["data"]["id"]) for headers, body in list(receiver.got)]


def test_an_endpoint_that_was_away_hears_it_later(stack: Stack, seller: Person) -> None:
    admin = Person(stack, PROGRAMME_ADMIN)
    with receive() as receiver:
        receiver.status = 503
        made = admin.api("webhooks/", {"url": receiver.url, "event_types": ["lead.submitted"]})
        seller.submit_until_it_is_in(str(uuid4()), "Shop with a hook")
        until(lambda: bool(receiver.got), seconds=30)
        receiver.status = 200
        until(lambda: stack.count(UNFINISHED) == 0, seconds=60)
        first, *_, last = receiver.got
    assert first[0]["webhook-id"] == last[0]["webhook-id"]
    where = made.json()["id"]
    assert admin.client.delete(f"/tallvik/api/v1/webhooks/{where}/", headers=admin.head()).status_code == 204
