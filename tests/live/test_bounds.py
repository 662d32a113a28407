"""What one reader may hold of the process: so many messages, so long, and nothing after it has gone."""

import asyncio
from typing import Any

import pytest
from django.urls import get_resolver

from partnerhub.events.watched import WATCHED, watch
from partnerhub.live import serving, streams
from partnerhub.live.announcing import CHANNEL, MANY, heard
from partnerhub.live.moments import OVERLAP, SLACK, moment_of, since
from partnerhub.live.selectors import NewsTold
from partnerhub.live.serving import _send_stream
from partnerhub.live.streams import MOST_WAITING, Stream, StreamListener
from partnerhub.tenancy.models import new_id
from partnerhub.web.lists.declaring import LISTS
from tests.live.apart import run_apart

SOME = "0198c0de-0000-7000-8000-000000000001"


def stream() -> Stream:
    return Stream(StreamListener(new_id(), new_id(), ("key", new_id()), frozenset(), None))


def told() -> NewsTold:
    return NewsTold(new_id(), "lead", new_id(), 1, own=False)


def test_who_lets_too_much_wait_is_cut_off() -> None:
    async def run() -> tuple[str | None, bool]:
        one = stream()
        one.tell(told() for _ in range(MOST_WAITING - 1))
        assert not one.is_cut
        one.tell([told()])
        return await one.next(), one.is_cut

    assert run_apart(run()) == (None, True)


def test_who_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SEND_SECONDS", 0.01)

    async def never(message: Any) -> None:
        await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        run_apart(_send_stream(stream(), never))


def test_what_waits_is_sent_before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> list[str]:
        one = stream()
        one.tell([told()])
        one.end(for_good=True)
        one.tell([told()])
        words = await one.next()
        assert await one.next() is None
        return [line.removeprefix("event: ") for line in (words or "").splitlines() if line.startswith("event: ")]

    assert run_apart(run()) == ["record", "over"]


def test_a_stream_in_which_nothing_happens_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT", 0.01)

    async def run() -> list[str | None]:
        one = stream()
        return [await one.next(), await one.next()]

    first, beat = run_apart(run())
    assert first is not None
    assert first.startswith("retry: ")
    assert beat is not None
    assert "event: beat\ndata:\n\n" in beat
    assert moment_of(beat.partition("\n")[0].removeprefix("id: ")) is not None


def test_a_stream_lives_for_so_long() -> None:
    async def run() -> str | None:
        one = stream()
        one.live_for(0.01)
        await one.next()
        return await one.next()

    assert run_apart(run()) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "\u2603",
        "0" * 4000,
        "019a",
        "6e5f8c1e-9d5f-4c52-8d0c-2f1e6a0b7c11",
        "ffffffff-ffff-7fff-bfff-ffffffffffff",
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment_of(text) is None


def test_one_begins_where_the_browser_left_off_and_never_before_its_page() -> None:
    drawn, last = str(new_id()), str(new_id())
    at = moment_of(drawn)
    assert at is not None
    assert since("", "") is None
    assert since(drawn, "") == at - SLACK
    assert since(drawn, last) == at - SLACK
    assert since("", drawn) == at - OVERLAP


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("x", "y"),
        (f"{CHANNEL}x", MANY),
        (f"{CHANNEL}{SOME}", "x"),
        (f"{CHANNEL}{SOME}", f"{SOME} x"),
        ("", ""),
    ],
)
def test_a_word_that_is_none_of_ours_is_not_heard(channel: str, words: str) -> None:
    assert heard(channel, words) is None


def test_many_events_are_one_word() -> None:
    tenant = new_id()
    assert heard(f"{CHANNEL}{tenant}", MANY) == (tenant, [])


def test_a_kind_is_watched_once() -> None:
    lead = WATCHED["lead"]
    with pytest.raises(ValueError, match="watched already"):
        watch(lead.model, lead.seen_by)


def test_a_list_that_is_live_hears_of_a_kind_that_is_watched() -> None:
    get_resolver().url_patterns  # noqa: B018  (the access is the import of every list with a page)
    asked = {name: declared.live for name, declared in LISTS.items() if declared.live}
    assert {"leads", "referrals", "partners", "upgrade-invitations"} <= set(asked)
    assert set(asked.values()) <= set(WATCHED)
