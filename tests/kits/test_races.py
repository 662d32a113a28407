"""Every step of every machine, taken by two connections at once on the same version: one wins, the other is told.

Their rows are written for good, so each test has a house of its own, emptied behind it.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from psycopg2.extensions import cursor

from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.events.models import Event
from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.house import House, built
from tests.kits.declared import Taken
from tests.kits.test_steps import EACH, VERSION, Subject, of_step

BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0 AND datname = %s"


@pytest.fixture
def house(transactional_db: None) -> House:
    return built()


@pytest.fixture(autouse=True)
def _undone() -> None:
    """By `transactional_db`, here."""


def answer_of(subject: Subject, letter: str, step: str) -> Any:
    try:
        return subject.by_api(letter, step)
    finally:
        connections.close_all()


def at_once(subjects: list[Subject], letter: str, step: str, admin_cursor: cursor) -> list[Any]:
    """The answers to requests that have all come as far as they get while the record's row is locked."""
    one = subjects[0]
    with ThreadPoolExecutor(len(subjects)) as threads, transaction.atomic():
        with tenant_scope(one.house.tenant):
            one.model.objects.select_for_update().get(pk=one.pk)
        asked = [threads.submit(answer_of, subject, letter, step) for subject in subjects]
        while waiting(admin_cursor) + sum(each.done() for each in asked) < len(asked):
            pass  # until each stands in the row's queue, or is refused before
    return [each.result() for each in asked]


def waiting(admin_cursor: cursor) -> int:
    admin_cursor.execute(BLOCKED, [connection.settings_dict["NAME"]])
    return int(admin_cursor.fetchone()[0])


@pytest.mark.parametrize(("declared", "step"), EACH, ids=str)
def test_of_two_who_take_a_step_at_once_one_wins(
    house: House, admin_cursor: cursor, declared: Taken, step: str
) -> None:
    subject, other = Subject(house, declared), Subject(house, declared)
    sources, target = of_step(declared, step)
    state, letter = min(sources), subject.letters(step)[0]
    subject.write(state, step)
    told, known = subject.look()[1], set(happened(house))
    won, late = sorted(at_once([subject, other], letter, step, admin_cursor), key=lambda answer: answer.status_code)
    assert (won.status_code, late.status_code) == (200, 412), late.content
    row, events = subject.look()
    assert (row["version"], row["status"], len(events)) == (VERSION + 1, target or state, len(told) + 1)
    assert late.json()["current"]["version"] == VERSION + 1
    assert late.json()["difference"].get("status") == ({"seen": state, "now": target} if target else None)
    news = [event for event in happened(house).items() if event[0] not in known]
    assert max(Counter(what for _key, what in news).values()) == 1, "told once, whatever it is about"
    assert_delivered_once(house)


def happened(house: House) -> dict[Any, tuple[str, Any]]:
    """Every event: its key → kind, and what it is about."""
    with tenant_scope(house.tenant):
        return {event.pk: (event.kind, event.subject_id) for event in Event.objects.all()}


def assert_delivered_once(house: House) -> None:
    while fan_out_events():
        pass
    with tenant_scope(house.tenant):
        sets = Counter(Message.objects.values_list("event", "address", "purpose"))
    assert set(sets.values()) <= {1}
