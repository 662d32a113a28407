"""Writes under faults: what was acknowledged is there, once; what was not can be sent again; nothing is half done."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from partnerhub.embedded.processes import wait_until
from tests.stack import SELLER, Person, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]

WHOLE = """
    SELECT l.id, count(DISTINCT e.id), count(DISTINCT m.id)
    FROM leads_lead l
    LEFT JOIN events_event e ON e.subject_id = l.id AND e.kind = 'lead.submitted'
    LEFT JOIN notifications_message m ON m.event_id = e.id
    WHERE l.id = ANY (%s::uuid[]) AND l.status = 'submitted' GROUP BY l.id
"""


def assert_each_is_whole(stack: Stack, ids: list[str]) -> None:
    """Every lead is in once, with one event and its three messages; the worker has told of all of them."""
    assert wait_until(lambda: stack.count("SELECT count(*) FROM events_untold") == 0, seconds=60)
    rows = stack.rows(WHOLE, ids)
    assert {str(row[0]) for row in rows} == set(ids)
    assert {row[1:] for row in rows} == {(1, 3)}


def test_postgresql_restarted_under_submits(stack: Stack, person: Callable[[str], Person]) -> None:
    people = [person(SELLER) for _ in range(3)]
    ids = [[str(uuid4()) for _ in range(12)] for _ in people]
    postgres = stack.services.postgres
    assert postgres is not None

    def work(number: int) -> None:
        for index, lead_id in enumerate(ids[number]):
            people[number].submit_until_it_is_in(lead_id, f"Restart {number}-{index}", seconds=90)

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(work, number) for number in range(3)]
        for _ in range(2):
            done = stack.count("SELECT count(*) FROM leads_lead")
            wait_until(lambda done=done: stack.count("SELECT count(*) FROM leads_lead") >= done + 4, seconds=30)
            postgres.stop()
            postgres.start()
        for one in running:
            one.result()
    assert_each_is_whole(stack, [lead_id for some in ids for lead_id in some])


def test_web_killed_between_commit_and_answer(stack: Stack, seller: Person) -> None:
    """The browser's retry carries the same id: whether the kill came before the commit or after it, one lead."""
    ids = [str(uuid4()) for _ in range(24)]
    unanswered = 0
    for index, lead_id in enumerate(ids):
        workers = stack.web_workers()
        killer = threading.Timer(index * 0.004, lambda: [_kill(pid) for pid in workers])  # noqa: B023 - joined below
        killer.start()
        unanswered += seller.submit(lead_id, f"Killed {index}") == 0
        killer.join()
        seller.submit_until_it_is_in(lead_id, f"Killed {index}")
    assert unanswered > 0
    assert_each_is_whole(stack, ids)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_two_managers_deciding_at_once_two_hundred_times(
    stack: Stack, seller: Person, managers: tuple[Person, Person]
) -> None:
    ids = [str(uuid4()) for _ in range(200)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda lead_id: seller.submit_until_it_is_in(lead_id, f"Race {lead_id[:4]}"), ids))
    versions = dict(stack.rows("SELECT id::text, version FROM leads_lead WHERE id = ANY (%s::uuid[])", ids))
    first, second = managers

    def award(lead_id: str) -> int:
        return first.post(f"/tallvik/leads/{lead_id}/award/", version=str(versions[lead_id])).status_code

    def refuse(lead_id: str) -> int:
        values = {"version": str(versions[lead_id]), "code": "not_a_fit", "text": "Not a shop."}
        return second.post(f"/tallvik/leads/{lead_id}/refuse/", **values).status_code

    with ThreadPoolExecutor(2) as pool:
        for lead_id in ids:
            decisions = [pool.submit(award, lead_id), pool.submit(refuse, lead_id)]
            assert sorted(decision.result() for decision in decisions) == [302, 409]
    decided = """
        SELECT l.status, count(DISTINCT e.id), count(DISTINCT r.id), l.reason_code <> '' FROM leads_lead l
        JOIN events_event e ON e.subject_id = l.id AND e.kind IN ('lead.awarded', 'lead.refused')
        LEFT JOIN referrals_referral r ON r.lead_id = l.id
        WHERE l.id = ANY (%s::uuid[]) GROUP BY l.id, l.status, l.reason_code
    """
    outcomes = stack.rows(decided, ids)
    assert len(outcomes) == 200
    assert set(outcomes) <= {("awarded", 1, 1, False), ("not_eligible", 1, 0, True)}


def test_sixty_four_clients_with_one_idempotency_key(stack: Stack, seller: Person) -> None:
    key = str(uuid4())
    body = {
        "program": "pos",
        "company": "One of sixty-four",
        "website": "https://one-of-64.example.org",
        "country": "DE",
        "first_name": "Jette",
        "last_name": "Ahlers",
        "email": "j.ahlers@example.org",
        "locations": 2,
        "consent": True,
        "consent_basis": "spoken",
        "consent_date": "2026-11-01",
        "terms": True,
    }
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(lambda _: seller.api("leads/", body, **{"Idempotency-Key": key}), range(64)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert stack.count("SELECT count(*) FROM leads_lead WHERE company = %s", body["company"]) == 1
    other = seller.api("leads/", body | {"company": "Another"}, **{"Idempotency-Key": key})
    assert other.status_code == 422
