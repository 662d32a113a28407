"""Mail: what the worker's task sends in a second, beside a bare loop over smtplib, to one server, in turn."""

import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import Client

from notifications.services import send_due_messages

PORT = 18767
LETTER = (
    b"From: portal@example.org\r\nTo: somebody@example.org\r\nSubject: A letter\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    + b"Seventy characters in a line, and as many lines as a mail of ours.\r\n"
    * 120
)


def mail_rates(
    client: Client, slug: str, submission: Callable[[int], dict[str, str]], *, blocks: int, leads: int
) -> tuple[float, float]:
    """Messages a second: by the portal's task, and by the bare loop; medians of alternating blocks.

    Every block begins with so many submitted leads, each of which tells its submitter and the channel manager.
    """
    ours, bare = [], []
    with _sink():
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", PORT
        send_due_messages(seconds=600)
        for block in range(blocks):
            for number in range(leads):
                client.post(f"/{slug}/leads/new/pos/", submission(block * leads + number))
            sent, seconds = _timed(lambda: send_due_messages(seconds=600))
            ours.append(sent / seconds)
            _sent, seconds = _timed(lambda count=sent: _bare_loop(count))
            bare.append(sent / seconds)
    return statistics.median(ours), statistics.median(bare)


def _timed(act: Callable[[], int]) -> tuple[int, float]:
    began = time.perf_counter()
    return act(), time.perf_counter() - began


def _bare_loop(count: int) -> int:
    with smtplib.SMTP("127.0.0.1", PORT, timeout=20) as server:
        for _ in range(count):
            server.sendmail("portal@example.org", ["somebody@example.org"], LETTER)
    return count


@contextmanager
def _sink() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.sink", str(PORT)])
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                smtplib.SMTP("127.0.0.1", PORT, timeout=5).quit()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(10)
