"""Mail: what one worker, as shipped, sends in a second, beside a bare loop over smtplib, to one server, in turn."""

import os
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Count, Max, Min
from django.test import Client
from django.utils.timezone import now

from notifications.models import Message
from notifications.selectors import queue_state
from notifications.services.nudging import nudge
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

DAY = timedelta(days=1)
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
    """Messages a second: by one worker, and by the bare loop; medians of alternating blocks.

    Every block begins with so many submitted leads, each of which tells its submitter and the channel manager.
    """
    ours, bare = [], []
    with _sink():
        _send_all(slug)
        for block in range(blocks):
            for number in range(leads):
                client.post(f"/{slug}/leads/new/pos/", submission(block * leads + number))
            count, seconds = _send_all(slug)
            ours.append(count / seconds)
            began = time.perf_counter()
            _bare_loop(count)
            bare.append(count / (time.perf_counter() - began))
    return statistics.median(ours), statistics.median(bare)


def _send_all(slug: str) -> tuple[int, float]:
    """Start the worker and let it send whatever waits; how many, and the seconds from its first mail to its last."""
    began = now()
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "partnerhub", "worker", "--loglevel=WARNING"],
        env=os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{PORT}", "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
    )
    try:
        nudge()
        deadline = time.monotonic() + 600
        while queue_state(now() + DAY).waiting:
            if time.monotonic() > deadline:
                raise RuntimeError("The worker does not send.")
            time.sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(60)
    with tenant_scope(Tenant.objects.get(slug=slug)):
        sent = Message.objects.filter(sent_at__gte=began).aggregate(
            many=Count("pk"), first=Min("sent_at"), last=Max("sent_at")
        )
    return sent["many"], (sent["last"] - sent["first"]).total_seconds() if sent["many"] else 1.0


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
