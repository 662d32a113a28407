"""The cache: limits and locks. When Redis is away, the process counts for itself until it is back."""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.utils.functional import cached_property
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis, and the process' own memory while Redis is away: limits get looser, never absent, and no page fails."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache("while-redis-is-away", {})

    def _forgiving(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), verb)(*args, **kwargs)
        except (RedisError, OSError):
            log.warning("cache.redis_away", extra={"verb": verb})
            return getattr(self._own, verb)(*args, **kwargs)

    def count(self, names: Sequence[str], seconds: int) -> list[int]:
        """One more under each of these names, in one round trip; each is forgotten so many seconds after the first."""
        keys = [self.make_and_validate_key(name) for name in names]
        try:
            return self._counted(keys, seconds)
        except (RedisError, OSError):
            log.warning("cache.redis_away", extra={"verb": "count"})
            return [1 if self._own.add(key, 1, seconds) else int(self._own.incr(key)) for key in keys]

    def _counted(self, keys: Sequence[str], seconds: int) -> list[int]:
        line = self._client.pipeline(transaction=False)
        for key in keys:
            line.incr(key)
        numbers = [int(number) for number in line.execute()]
        for key in (key for key, number in zip(keys, numbers, strict=True) if number == 1):
            self._client.expire(key, seconds)
        return numbers

    @cached_property
    def _client(self) -> Any:
        """One client for all requests of a thread; Django's `get_client` makes a new one each time it is asked."""
        return self._cache.get_client(None, write=True)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._forgiving("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._forgiving("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._forgiving("set", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._forgiving("delete", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._forgiving("incr", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._forgiving("has_key", *args, **kwargs)
