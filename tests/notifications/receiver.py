"""An endpoint of webhooks: a real HTTP server on loopback that keeps what it gets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Receiver:
    """It answers with `status` and `headers`; or with these bytes, whatever they are.

    Events in `refuses` (ids) get 500. Without `may_answer` it says nothing. `came`: it was asked.
    """

    port: int = 0
    status: int = 204
    raw: bytes = b""
    refuses: set[str] = field(default_factory=set)
    came: Event = field(default_factory=Event)
    may_answer: Event = field(default_factory=Event)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"thank you"
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    @property
    def kinds(self) -> list[str]:
        """The types of what came, in order."""
        return [str(json.loads(body)["type"]) for _headers, body in self.got]

    @property
    def last(self) -> dict[str, Any]:
        return dict(json.loads(self.got[-1][1]))


@contextmanager
def receive() -> Iterator[Receiver]:
    found = Receiver()
    found.may_answer.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            found.came.set()
            found.may_answer.wait()
            if found.raw:
                self.wfile.write(found.raw)
                return
            self.send_response(500 if json.loads(body)["data"]["id"] in found.refuses else found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found.body if found.status != 204 else b"")

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_port
    Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    yield found
    found.may_answer.set()
    server.shutdown()
    server.server_close()
