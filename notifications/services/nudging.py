"""A word to the worker that there is mail. It may be lost: beat asks every few seconds anyway."""

from functools import lru_cache
from time import monotonic

import structlog
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

SEND = "notifications.send_due_messages"
PENDING = "partnerhub:mail:nudged"
PENDING_SECONDS = 5
REST_SECONDS = 5.0
TIMEOUT = 0.25


class _Rest:
    """After a failure nobody is asked for a while: a request never waits for a broker that is away."""

    until = 0.0


def nudge() -> None:
    """Tell the worker, unless somebody has and it has not begun yet. Never raises, never waits for long.

    The mark is taken away by the worker before it looks for due mail; so whoever finds the mark has committed before
    that look, and is seen by it.
    """
    if monotonic() < _Rest.until:
        return
    try:
        if _broker().set(PENDING, 1, nx=True, ex=PENDING_SECONDS):
            current_app.send_task(SEND, retry=False, expires=30)
    except (RedisError, OperationalError, OSError) as error:
        _Rest.until = monotonic() + REST_SECONDS
        log.warning("mail.nudge_lost", error=str(error))


def take_nudge() -> None:
    """Said by the worker before it looks: the next one has to tell again."""
    try:
        _broker().delete(PENDING)
    except (RedisError, OSError) as error:
        log.warning("mail.nudge_kept", error=str(error))


@lru_cache(maxsize=1)
def _broker() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
