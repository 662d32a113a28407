"""Acts on many rows under faults: every row is done once, whatever dies in the middle."""

from collections.abc import Callable

import pytest

from tests.faults.test_mail import submit_many
from tests.stack import MANAGER, Person, Stack, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]
SUBMITTED = 400
RUN = "SELECT state, total, done, failed FROM bulk_run WHERE id = %s"
ASSIGNED = """
    SELECT subject_id FROM events_event WHERE kind = 'lead.assigned' AND data ->> 'together' = %s
    GROUP BY subject_id HAVING count(*) <> 1
"""


def test_a_worker_killed_again_and_again_does_each_row_once(
    stack: Stack, person: Callable[[str], Person], seller: Person
) -> None:
    submit_many(seller, SUBMITTED)
    manager = person(MANAGER)
    to = manager.look("/tallvik/api/v1/representatives/").json()["results"][0]["id"]
    stack.kill("worker")
    begun = manager.api("leads/bulk/assign/", {"filter": {"status": "submitted", "q": "Shop"}, "to": to})
    assert begun.status_code == 202, begun.text
    run = begun.json()["id"]
    for share in (1, 2, 3):
        stack.start("worker")
        until(lambda share=share: stack.rows(RUN, run)[0][2] >= SUBMITTED * share // 5, seconds=60)
        stack.kill("worker")
    stack.start("worker")
    until(lambda: stack.rows(RUN, run)[0][0] == "done", seconds=120)
    _state, total, done, failed = stack.rows(RUN, run)[0]
    assert total >= SUBMITTED
    assert (done, failed) == (total, 0)
    assert stack.rows(ASSIGNED, run) == []
    assert stack.count("SELECT count(*) FROM events_event WHERE data ->> 'together' = %s", run) <= total
    assert stack.all_sent(120)
