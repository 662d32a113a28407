"""`/healthz` and `/readyz`, which answer before any other middleware."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any

import structlog
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from partnerhub.web.valkey import ask

log = structlog.get_logger(__name__)

HealthFacts = dict[str, Any]
HealthCheck = Callable[[], HealthFacts | None]

NEEDED = "database"
"""What every page needs. The status of /readyz follows it alone: a balancer takes no web away whose pages work."""
LOOK_AGAIN = 2.0


class Trouble(Exception):
    """A part is not as it should be: the cause in words for the log, its state and figures for /readyz."""

    def __init__(self, cause: str, *, state: str = "down", **facts: Any) -> None:
        super().__init__(cause)
        self.state, self.facts = state, facts


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    ask(lambda valkey: valkey.ping())


def _storage() -> None:
    default_storage.exists("ready")


HEALTH_CHECKS: dict[str, HealthCheck] = {"broker": _broker, "storage": _storage}
"""The other parts, by name. An app adds its own when it is ready; each gives its figures, or raises."""


class Watch:
    """Looks at the parts, and writes down when the state of one has changed, with the cause."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._said: dict[str, str] = {}
        self._seen: HealthFacts = {}
        self._until = 0.0

    def look(self) -> HealthFacts:
        """Every part's state and figures. The database is always asked, the others once in two seconds a process."""
        needed = self._state(NEEDED, _database)
        with self._lock:
            if monotonic() > self._until:
                self._seen = {name: self._state(name, check) for name, check in HEALTH_CHECKS.items()}
                self._until = monotonic() + LOOK_AGAIN
            return {NEEDED: needed, **self._seen}

    def _state(self, name: str, check: HealthCheck) -> HealthFacts:
        try:
            facts = {"state": "up", **(check() or {})}
            cause = ""
        except Trouble as trouble:
            facts, cause = {"state": trouble.state, **trouble.facts}, str(trouble)
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the part is down; the cause is in the log
            facts, cause = {"state": "down"}, f"{type(error).__name__}: {error}".strip()
        self._tell(name, facts["state"], cause)
        return facts

    def _tell(self, name: str, state: str, cause: str) -> None:
        if self._said.get(name, "up") != state:
            tell = log.info if state == "up" else log.warning
            tell("ready.changed", part=name, state=state, cause=cause)
        self._said[name] = state


class HealthMiddleware:
    """`/healthz`: this process answers. `/readyz`: pages work, else 503; its body tells of every other part.

    Neither has a session, sets a cookie or may be kept by a cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.watch = Watch()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return _bare(HttpResponse("ok\n", content_type="text/plain; charset=utf-8"))
        if request.path_info == "/readyz":
            parts = self.watch.look()
            return _bare(JsonResponse(parts, status=200 if parts[NEEDED]["state"] == "up" else 503))
        return self.get_response(request)


def _bare(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
