"""Two addresses for whatever watches the installation; they answer before anything else runs."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()


def _storage() -> None:
    default_storage.exists("ready")


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "broker": _broker, "storage": _storage}


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:  # noqa: BLE001 - whatever is wrong, the answer is the same word; the cause is in that part's own log
        return "down"
    return "up"


class HealthMiddleware:
    """`/healthz`: this process answers. `/readyz`: so do the database, the broker and the file storage (else 503)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
        if request.path_info == "/readyz":
            states = {name: _state(check) for name, check in CHECKS.items()}
            return JsonResponse(states, status=200 if set(states.values()) == {"up"} else 503)
        return self.get_response(request)
