"""Signs of life of the worker and of beat, and the age of the mail queue: for /readyz and whoever watches (quality 63).

Each check returns nothing, or raises Silent with a sentence that says what is wrong.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from celery.signals import heartbeat_sent, worker_ready
from django.conf import settings
from django.utils.timezone import now
from redis import Redis
from redis.exceptions import RedisError

from notifications.selectors import queue_state

BEAT = "partnerhub:alive:beat"
WORKER = "partnerhub:alive:worker"
SILENT_AFTER = timedelta(seconds=60)
QUEUE_TOO_OLD = timedelta(minutes=5)
NOTED_EVERY = 10.0


class _Noted:
    at = -NOTED_EVERY


class Silent(Exception):
    """A part that should give signs of life does not."""


def note_beat() -> None:
    _note(BEAT)


def note_worker(**_: Any) -> None:
    """Heard from Celery's worker every two seconds; noted every ten. A worker without its broker beats in silence."""
    if monotonic() - _Noted.at > NOTED_EVERY:
        with suppress(RedisError, OSError):
            _note(WORKER)
            _Noted.at = monotonic()


def listen_to_worker() -> None:
    """Called once when the app is ready, in every process; only a worker's own process sends these."""
    heartbeat_sent.connect(note_worker, weak=False)
    worker_ready.connect(note_worker, weak=False)


def check_beat() -> None:
    """Beat asked, and a worker did it, within the last minute."""
    _check(BEAT)


def check_worker() -> None:
    """A worker was there within the last minute."""
    _check(WORKER)


def check_mail_queue() -> None:
    """No mail has been due for more than five minutes."""
    state = queue_state(now())
    if state.age > QUEUE_TOO_OLD:
        raise Silent(f"{state.waiting} messages wait, the oldest for {int(state.age.total_seconds())} s.")


def _note(key: str) -> None:
    _redis().set(key, now().isoformat(), ex=24 * 3600)


def _check(key: str) -> None:
    noted = str(_redis().get(key) or "")
    if not noted or now() - datetime.fromisoformat(noted) > SILENT_AFTER:
        raise Silent(f"No sign of life since {noted or 'a day or more'}.")


def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, decode_responses=True)
