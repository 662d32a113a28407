"""Many who listen at once: open streams that cost their own process next to nothing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlsplit

OPENED_AT_ONCE = 10


class Heard(NamedTuple):
    """A record that a stream told of, and when."""

    at: float
    data: str


@asynccontextmanager
async def many_streams(base: str, path: str, cookies: Sequence[str]) -> AsyncIterator[asyncio.Queue[Heard]]:
    """A stream for each of these cookies; what they are told of records comes into the queue."""
    heard: asyncio.Queue[Heard] = asyncio.Queue()
    gate = asyncio.Semaphore(OPENED_AT_ONCE)
    opened = await asyncio.gather(*(_open(base, path, cookie, gate) for cookie in cookies))
    tasks = [asyncio.create_task(_pass_on(reader, heard)) for reader, _writer in opened]
    try:
        yield heard
    finally:
        for task in tasks:
            task.cancel()
        for _reader, writer in opened:
            writer.close()


async def told(heard: asyncio.Queue[Heard], count: int, *, seconds: float = 60) -> list[Heard]:
    """The next so many messages; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        return [await heard.get() for _ in range(count)]


async def _open(
    base: str, path: str, cookie: str, gate: asyncio.Semaphore
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    there = urlsplit(base)
    async with gate:
        reader, writer = await asyncio.open_connection(there.hostname, there.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {there.netloc}\r\nCookie: {cookie}\r\n\r\n".encode())
        status = await reader.readline()
        assert b" 200 " in status, status
        await reader.readuntil(b"retry: ")
    return reader, writer


async def _pass_on(reader: asyncio.StreamReader, heard: asyncio.Queue[Heard]) -> None:
    while line := await reader.readline():
        if line.startswith(b"data: {"):
            heard.put_nowait(Heard(perf_counter(), line.decode().removeprefix("data: ")))
