"""The live stream while Valkey is away: it stays open, and what happens is told all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx
import pytest

from tests.live.process import Message, messages_in
from tests.stack import Person, Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]


@contextmanager
def listening(stack: Stack, person: Person) -> Iterator[Iterator[Message]]:
    """The person's open stream at the running portal."""
    cookies = dict(person.client.cookies.items())
    with httpx.stream("GET", f"{stack.live}/tallvik/live/", cookies=cookies, timeout=60) as answer:
        assert answer.status_code == 200
        yield messages_in(answer.iter_lines())


def next_record(messages: Iterator[Message], lead_id: str) -> Message:
    return next(one for one in messages if one.event == "record" and one.data["id"] == lead_id)


def test_with_valkey_killed_the_stream_stays_and_changes_come(
    stack: Stack, seller: Person, managers: tuple[Person, Person]
) -> None:
    before, away, back = str(uuid4()), str(uuid4()), str(uuid4())
    valkey = stack.services.valkey
    assert valkey is not None
    with listening(stack, managers[0]) as messages:
        seller.submit_until_it_is_in(before, "Before")
        assert next_record(messages, before)
        valkey.process.stop()
        try:
            seller.submit_until_it_is_in(away, "While it is away")
            assert next_record(messages, away)
        finally:
            valkey.start()
        seller.submit_until_it_is_in(back, "When it is back")
        assert next_record(messages, back)
