"""The cache: limits and locks. When Valkey is away, the process counts for itself until it is back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.utils.functional import cached_property
from redis.exceptions import RedisError

from partnerhub.web.valkey import BREAKER, CONNECTION_OPTIONS


class ForgivingRedisCache(RedisCache):
    """Valkey, and the process' own memory while it is away: limits get looser, never absent, and no page fails."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**CONNECTION_OPTIONS, **params.get("OPTIONS", {})}})
        self._own = LocMemCache("while-redis-is-away", {})

    def _forgiving(self, verb: str, *args: Any, **kwargs: Any) -> Any:
        theirs, own = getattr(super(), verb), getattr(self._own, verb)
        return _first(lambda: theirs(*args, **kwargs), lambda: own(*args, **kwargs))

    def count(self, names: Sequence[str], seconds: int) -> list[int]:
        """One more under each of these names, in one round trip; each is forgotten so many seconds after the first."""
        keys = [self.make_and_validate_key(name) for name in names]
        numbers: list[int] = _first(lambda: self._counted(keys, seconds), lambda: self._counted_here(keys, seconds))
        return numbers

    def _counted(self, keys: Sequence[str], seconds: int) -> list[int]:
        line = self._client.pipeline(transaction=False)
        for key in keys:
            line.incr(key)
        numbers = [int(number) for number in line.execute()]
        for key in (key for key, number in zip(keys, numbers, strict=True) if number == 1):
            self._client.expire(key, seconds)
        return numbers

    def _counted_here(self, keys: Sequence[str], seconds: int) -> list[int]:
        return [1 if self._own.add(key, 1, seconds) else int(self._own.incr(key)) for key in keys]

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


def _first(theirs: Callable[[], Any], own: Callable[[], Any]) -> Any:
    """Valkey's answer, else our own."""
    try:
        return BREAKER(theirs)
    except (RedisError, OSError):
        return own()
