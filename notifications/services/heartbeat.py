"""Heartbeats of worker and beat, and the age of the mail queue: for /readyz and for monitoring (quality 63).

Each check gives its figures, or raises Silent with a sentence that says what is wrong.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import structlog
from celery import current_app
from celery.signals import heartbeat_sent, worker_ready
from django.conf import settings
from django.utils.timezone import now
from redis.exceptions import RedisError

from notifications.selectors import queue_state
from partnerhub.web.health import HealthFacts, Trouble
from partnerhub.web.valkey import ask

log = structlog.get_logger(__name__)

BEAT = "partnerhub:alive:beat"
WORKER_KEY = "partnerhub:alive:worker"
WEBHOOKS = "partnerhub:alive:webhooks"
HEARTBEAT_KEYS = {"celery": WORKER_KEY, "webhooks": WEBHOOKS}
"""What is noted of the workers that take from a queue."""
SILENT_AFTER = timedelta(seconds=60)
NOTED_EVERY = 10.0
ERROR_FACTOR = 6


class _Noted:
    at = -NOTED_EVERY


class Silent(Trouble):
    """A part that should give signs of life does not."""


def note_beat() -> None:
    """Note that beat is alive."""
    _note(BEAT)


def note_worker(**_: object) -> None:
    """Heard from Celery's worker every two seconds; noted every ten. A worker without its broker beats in silence."""
    if monotonic() - _Noted.at > NOTED_EVERY:
        with suppress(RedisError, OSError):
            for queue in current_app.amqp.queues.consume_from:
                if queue in HEARTBEAT_KEYS:
                    _note(HEARTBEAT_KEYS[queue])
            _Noted.at = monotonic()


def listen_to_worker() -> None:
    """Called once when the app is ready, in every process; only a worker's own process sends these."""
    heartbeat_sent.connect(note_worker, weak=False)
    worker_ready.connect(note_worker, weak=False)


def check_beat() -> HealthFacts:
    """Beat asked, and a worker did it, within the last minute."""
    return _check(BEAT)


def check_worker() -> HealthFacts:
    """A worker for mail and all that is not webhooks was there within the last minute."""
    return _check(WORKER_KEY)


def check_webhooks() -> HealthFacts:
    """The same for webhooks."""
    return _check(WEBHOOKS)


def check_mail_queue() -> HealthFacts:
    """No mail is late: how much waits, and for how long the oldest has been due."""
    state = queue_state(now())
    seconds = int(state.age.total_seconds())
    facts: HealthFacts = {"waiting": state.waiting, "oldest_seconds": seconds}
    if seconds > settings.MAIL_LATE_SECONDS:
        raise Silent(f"{state.waiting} messages wait, the oldest for {seconds} s.", state="late", **facts)
    return facts


def watch_mail_queue() -> None:
    """The alarm: mail that is late is a warning in the log, mail that is very late an error, with the figures."""
    try:
        check_mail_queue()
    except Silent as late:
        seconds = late.facts["oldest_seconds"]
        tell = log.error if seconds > ERROR_FACTOR * settings.MAIL_LATE_SECONDS else log.warning
        tell("mail.queue_late", **late.facts)


def _note(key: str) -> None:
    at = now().isoformat()
    ask(lambda valkey: valkey.set(key, at, ex=24 * 3600))


def _check(key: str) -> HealthFacts:
    found: Any = ask(lambda valkey: valkey.get(key))
    if not found:
        raise Silent("No sign of life for a day or more.")
    since = now() - datetime.fromisoformat(found.decode())
    facts: HealthFacts = {"seconds_ago": int(since.total_seconds())}
    if since > SILENT_AFTER:
        raise Silent(f"No sign of life for {facts['seconds_ago']} s.", **facts)
    return facts
