"""One line in the log for each request, and nothing of one request on the lines of another (quality 63)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from time import perf_counter
from typing import Any
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

from partnerhub.web.requests import PortalRequest

log = structlog.get_logger("partnerhub.requests")

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestLogMiddleware:
    """Method, path (without its query, doors hidden), status, duration and tenant of every request that gets an answer.

    Who asked (`user_id`, `membership_id`, `ip`) is bound on the way by SeatMiddleware; what was not known before the
    answer is missing from the line. The id is the proxy's `X-Request-ID` where it is one, else made here; it stands on
    every line and event of the request. What is streamed is told when its last byte is out.
    """

    def __init__(self, get_response: Callable[[PortalRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        began = perf_counter()
        _begin({"request_id": _id_of(request)})
        request.tenant = None
        call = {"method": request.method, "path": request.path}
        try:
            response = self.get_response(request)
            facts = call | {"status": response.status_code, "tenant": _slug_of(request)}
            if response.streaming:
                _tell_when_closed(response, facts, began)
            else:
                _tell(facts, began)
            return response
        finally:
            structlog.contextvars.clear_contextvars()


def _slug_of(request: PortalRequest) -> str | None:
    return request.tenant.slug if request.tenant else None


def _begin(known: Mapping[str, Any]) -> None:
    """Whatever this thread was doing before is over, however it ended."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**known)


def _id_of(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if REQUEST_ID.fullmatch(given) else str(uuid4())


def _tell(facts: Mapping[str, Any], began: float) -> None:
    level = "error" if facts["status"] >= 500 else "info"
    getattr(log, level)("request", **facts, duration_ms=round((perf_counter() - began) * 1000, 1))


def _tell_when_closed(response: Any, facts: Mapping[str, Any], began: float) -> None:
    """The server closes every answer when it is sent or given up."""
    known = structlog.contextvars.get_contextvars()
    close = response.close
    if getattr(response, "file_to_stream", None) is None:
        response.streaming_content = _as_part_of_it(response.streaming_content, known)

    def closed() -> None:
        close()
        _begin(known)
        _tell(facts, began)
        structlog.contextvars.clear_contextvars()

    response.close = closed


def _as_part_of_it(parts: Iterable[bytes], known: Mapping[str, Any]) -> Iterator[bytes]:
    """What is logged while the answer is made carries the request's id."""
    _begin(known)
    try:
        yield from parts
    finally:
        structlog.contextvars.clear_contextvars()
