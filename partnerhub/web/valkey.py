"""Valkey (Redis) in a request: short time-outs, and a circuit breaker that leaves it alone after a failure.

Everything that speaks to Valkey outside of Celery's own connections goes through `ask` or the same `BREAKER`, so that
one that is away or frozen costs a process one short wait in some seconds, not one for each caller.
"""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

import structlog
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ValkeyConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

log = structlog.get_logger(__name__)

ReplyT = TypeVar("ReplyT")

TIMEOUT = 0.25
UNREACHABLE_SECONDS = 5.0
CONNECTION_OPTIONS: dict[str, Any] = {
    "socket_timeout": TIMEOUT,
    "socket_connect_timeout": TIMEOUT,
    "retry": Retry(NoBackoff(), 0),  # the library's default asks four times
}
"""How every connection of ours is made."""


class Away(ValkeyConnectionError):
    """Valkey did not answer a moment ago and is not asked now."""


class Breaker:
    """After a failure nobody asks for some seconds; then one tries, and the others wait for what comes of it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0

    def check(self) -> None:
        """Raise Away while Valkey is left alone."""
        if not self._until:
            return
        with self._lock:
            if monotonic() < self._until:
                raise Away("Valkey did not answer a moment ago.")
            self._until = monotonic() + UNREACHABLE_SECONDS

    def failed(self, error: Exception) -> None:
        """Leave Valkey alone from now on; said once in the log."""
        self._until = monotonic() + UNREACHABLE_SECONDS
        log.warning("valkey.away", cause=f"{type(error).__name__}: {error}", rest_seconds=UNREACHABLE_SECONDS)

    def answered(self) -> None:
        self._until = 0.0

    def __call__(self, question: Callable[[], ReplyT]) -> ReplyT:
        """The answer to the question. Raises RedisError or OSError; Away where it was not even asked."""
        self.check()
        try:
            answer = question()
        except (RedisError, OSError) as error:
            self.failed(error)
            raise
        self.answered()
        return answer


BREAKER = Breaker()


def ask(question: Callable[[Redis], ReplyT]) -> ReplyT:
    """What Valkey answers. Raises RedisError (Away among them) or OSError."""
    return BREAKER(lambda: question(client()))


@lru_cache(maxsize=1)
def client() -> Redis:
    """One for the process; its connections are shared by the threads."""
    return Redis.from_url(settings.REDIS_URL, **CONNECTION_OPTIONS)


def call_worker(task: str, *, expires: float | None = None) -> None:
    """Put a task in line; raises RedisError, OSError or kombu's OperationalError. Asked first whether Valkey answers,
    because Celery itself would wait for it much longer.
    """
    ask(lambda valkey: valkey.ping())
    current_app.send_task(task, retry=False, expires=expires)


LOST = (RedisError, OperationalError, OSError)
"""What `call_worker` and `ask` raise where Valkey is away."""
