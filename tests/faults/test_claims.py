"""A partner takes a lead while Valkey is away: it has it at once, and what tells of it catches up."""

from uuid import uuid4

import pytest

from tests.claims.brings import LEAD
from tests.faults.test_live import listening, next_record
from tests.journeys.test_lead_road import mail_to
from tests.notifications.sink import Sink
from tests.stack import MANAGER, Person, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]


def test_with_valkey_killed_a_lead_is_taken_and_told_of(
    stack: Stack, seller: Person, managers: tuple[Person, Person], sink: Sink
) -> None:
    mark = uuid4().hex[:8]
    lead = LEAD | {"company": f"Valkeykontor {mark}", "website": f"https://{mark}.example.org"}
    brought = managers[0].api("vendor-leads/", lead)
    assert brought.status_code == 201, brought.text
    lead_id = brought.json()["id"]
    valkey = stack.services.valkey
    assert valkey is not None
    with listening(stack, managers[0]) as messages:
        valkey.process.stop()
        try:
            taken = seller.api(f"leads/{lead_id}/claim/", {})
            assert (taken.status_code, taken.json()["status"]) == (200, "held")
            assert seller.look(f"/tallvik/api/v1/leads/{lead_id}/").json()["email"] == LEAD["email"]
            assert next_record(messages, lead_id)
        finally:
            valkey.start()
        assert seller.api(f"leads/{lead_id}/claim/", {}).status_code == 409
    assert stack.all_sent(120)  # a worker that has lost its broker takes its time to come back
    mail_to(sink, MANAGER, lead["company"])
