"""Upgrades of stores by the tenant's own system, under faults: a store is upgraded once, whatever dies."""

import re

import httpx
import pytest

from tests.journeys.test_lead_road import mail_to
from tests.notifications.receiver import receive
from tests.notifications.sink import Sink, text_of
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import Person, Stack, until
from tests.upgrades.brings import merchants_lead

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]
TOLD = "SELECT count(*) FROM events_event WHERE kind = 'upgrade.active' AND subject_id = %s"
MADE = "SELECT count(*) FROM referrals_referral WHERE lead_id = %s"


def test_a_worker_killed_while_the_system_answers_upgrades_the_store_once(
    stack: Stack, seller: Person, sink: Sink
) -> None:
    admin = Person(stack, PROGRAMME_ADMIN)
    where = "/tallvik/api/v1/upgrade-activation/"
    with receive() as receiver:
        receiver.status, receiver.body = 200, b'{"status": "active"}'
        receiver.may_answer.clear()
        assert admin.client.put(where, json={"url": receiver.url}, headers=admin.head()).status_code == 200
        lead = merchants_lead(seller, "killed-merchant")
        seen = {"If-Match": f'"{lead["version"]}"'}
        sent = seller.api(f"leads/{lead['id']}/upgrade-invitation/", {"language": "en"}, **seen)
        invitation = sent.json()["id"]
        found = re.search(
            r"https?://\S+/invitations/\S+/", text_of(mail_to(sink, "owner@killed-merchant.example.org", ""))
        )
        assert found is not None
        for act in ({"act": "read"}, {"act": "agree", "name": "Ola Nordmann", "agree": "on"}):
            assert httpx.post(found[0], data=act).status_code == 302
        assert receiver.came.wait(60)
        stack.kill("webhooks")
        receiver.may_answer.set()
        stack.start("webhooks")
        until(lambda: stack.count(TOLD, invitation) == 1, seconds=120)
        assert stack.all_sent(60)
        ids = {headers["webhook-id"] for headers, _body in receiver.got}
    assert admin.client.delete(where, headers=admin.head()).status_code == 204
    assert (len(receiver.got) >= 2, len(ids)) == (True, 1)
    assert (stack.count(TOLD, invitation), stack.count(MADE, lead["id"])) == (1, 1)
