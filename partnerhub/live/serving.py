"""The live process' ASGI application: whoever opens a stream passes the middleware of every page, then listens.

The gates run in a few threads, each with a connection to PostgreSQL; an open stream has neither. What is no stream is
answered as a web process would (who may not listen, health), and other addresses are not served here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import Any

import structlog
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.http import HttpResponse, HttpResponseBase
from django.urls import get_resolver, set_script_prefix

from partnerhub.live.hub import AnswerT, Hub
from partnerhub.live.streams import Stream
from partnerhub.live.views import Opening

log = structlog.get_logger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HEALTH = frozenset({"/healthz", "/readyz"})
LIVE_PATH = "/live/"
MOST_OF_PERSON = 12
"""Streams of one person at a time, over all their browsers."""
SEND_SECONDS = 10.0
"""How long a reader may take nothing while something waits to go out to it."""
LATER = {"Retry-After": "5"}
UNBUFFERED = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}


class LiveApplication:
    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()
        get_resolver().url_patterns  # noqa: B018  (the access is the import: the first visitor does not wait for it)
        self._threads = ThreadPoolExecutor(settings.LIVE_THREADS, thread_name_prefix="live")
        self._hub: Hub | None = None
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    def stop(self) -> None:
        """Called at SIGTERM: no new streams, and the open ones end."""
        if self._hub:
            self._hub.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            if (await receive())["type"] == "lifespan.startup":
                self._hub = Hub(self._work)
                await send({"type": "lifespan.startup.complete"})
            else:
                self.stop()
                self._threads.shutdown(cancel_futures=True)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _work(self, function: Callable[[], AnswerT]) -> AnswerT:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(_briefly, function))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if refused := self._refused(scope):
            await _send_whole(refused, send)
            return
        self._open += 1
        try:
            response = await self._work(partial(self._ask, scope))
            if not isinstance(response, Opening):
                await _send_whole(response, send)
            elif self._hub is None or self._hub.is_closing:
                await _send_whole(HttpResponse(status=503, headers=LATER), send)
            elif self._hub.count_of(response.listener.user_id) >= MOST_OF_PERSON:
                await _send_whole(HttpResponse(status=429, headers=LATER), send)
            else:
                await self._stream(self._hub, response, receive, send)
        finally:
            self._open -= 1

    def _refused(self, scope: Scope) -> HttpResponse | None:
        """What needs no look at who asks: nothing of the request is read for it but its first line."""
        path = scope["path"]
        if path not in HEALTH and not path.endswith(LIVE_PATH):
            return HttpResponse(status=404)
        if scope["method"] not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET"})
        if self._open >= settings.LIVE_STREAMS:
            return HttpResponse(status=503, headers=LATER)
        return None

    def _ask(self, scope: Scope) -> HttpResponseBase:
        """What the middleware and the view say, as for a page."""
        set_script_prefix("/")
        response = self._handler.get_response(ASGIRequest(dict(scope), BytesIO()))
        response.close()
        return response

    async def _stream(self, hub: Hub, opening: Opening, receive: Receive, send: Send) -> None:
        stream = Stream(opening.listener)
        await send(_start_of(200, [*_headers(opening), *_encoded((UNBUFFERED | _cors()).items())]))
        sending = asyncio.create_task(_send_stream(stream, send))
        leaving = asyncio.create_task(_until_gone(receive))
        try:
            await hub.join(stream)
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        except (DatabaseError, InterfaceError) as error:
            log.warning("live.not_joined", error=str(error).strip())
        finally:
            hub.leave(stream)
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)


async def _send_stream(stream: Stream, send: Send) -> None:
    """Until the stream ends, or its reader takes nothing for too long."""
    while (words := await stream.next()) is not None:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": words.encode(), "more_body": True})
    if not stream.is_cut:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _briefly(function: Callable[[], AnswerT]) -> AnswerT:
    """As around a request: a connection that is too old, or broken, is not used again."""
    close_old_connections()
    try:
        return function()
    finally:
        close_old_connections()


async def _send_whole(response: HttpResponseBase, send: Send) -> None:
    body = response.content if isinstance(response, HttpResponse) else b""
    about = {"Content-Type": response.get("Content-Type", "text/plain"), "Content-Length": str(len(body))}
    await send(_start_of(response.status_code, [*_headers(response), *_encoded(about.items())]))
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _start_of(status: int, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    """Those of the answer, but what it says of its content; cookies are not set here."""
    return _encoded(item for item in response.items() if item[0].lower() not in {"content-type", "content-length"})


def _encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _cors() -> dict[str, str]:
    """Where pages listen on another port (LIVE_URL), their own origin alone may read, with its cookies."""
    if not settings.LIVE_URL:
        return {}
    return {
        "Access-Control-Allow-Origin": settings.PUBLIC_URL.rstrip("/"),
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
        "Cross-Origin-Resource-Policy": "same-site",
    }
