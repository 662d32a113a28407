"""Where the portal may send what people ask it to, and how long it waits (quality 53)."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from itertools import chain, repeat
from threading import Thread
from typing import Any

import pytest

from partnerhub.web import outbound
from partnerhub.web.outbound import MOST_READ, Forbidden, check_address, check_url, post

LOOPBACK = [ip_network("127.0.0.0/8")]


@contextmanager
def server(answer: Any) -> Iterator[int]:
    """A plain HTTP server on loopback; `answer(handler)` writes the answer to a POST."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *args: Any) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=running.serve_forever, args=[0.05], daemon=True).start()
    yield running.server_port
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104 - an address to refuse
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
        "2002:7f00:1::", "2001:0:53aa:64c:0:fbff:80ff:fffe", "2001:db8::1", "fec0::1",
    ],
)  # fmt: skip
def test_what_is_not_in_the_internet_is_refused(address: str) -> None:
    with pytest.raises(Forbidden):
        check_address(ip_address(address), "https")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_the_internet_is_open_over_tls_alone(address: str) -> None:
    check_address(ip_address(address), "https")
    with pytest.raises(Forbidden):
        check_address(ip_address(address), "http")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https://user:password@example.org/", "example.org",
        "https://example.org/#part", "https://127.0.0.1/", "https://[::ffff:127.0.0.1]/", "https://[::1]/",
        "https://example.org:99999/", "https://example.org/größe", "https://exa mple.org/", "https://example.org/\n", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_is_no_address_out_there_is_refused_when_it_is_entered(url: str) -> None:
    with pytest.raises(Forbidden):
        check_url(url)


@pytest.mark.parametrize("url", ["https://127.1/", "https://0x7f000001/", "https://2130706433/", "https://localhost/"])
def test_other_ways_to_write_loopback_are_refused_when_they_are_asked(url: str) -> None:
    with pytest.raises(Forbidden):
        post(url, b"", {}, seconds=60)


def test_a_name_that_leads_inside_is_refused_and_nobody_is_asked(settings: Any) -> None:
    asked: list[str] = []
    settings.WEBHOOK_NETWORKS = [ip_network("10.99.0.0/16")]
    with server(lambda handler: asked.append(handler.path)) as port, pytest.raises(Forbidden):
        post(f"http://localhost:{port}/", b"", {}, seconds=60)
    assert asked == []


def test_the_connection_goes_to_the_address_that_was_checked(settings: Any, monkeypatch: Any) -> None:
    """A name that answers differently when it is asked again leads nowhere: it is asked once."""
    settings.WEBHOOK_NETWORKS = LOOPBACK
    names: list[str] = []
    resolve = socket.getaddrinfo

    def counted(host: str, *args: Any, **kwargs: Any) -> Any:
        names.append(host)
        return resolve("127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    with server(lambda handler: (handler.send_response(204), handler.end_headers())) as port:
        assert post(f"http://rebinding.example:{port}/x?y=1", b"{}", {}, seconds=60).status == 204
    assert names == ["rebinding.example"]


def test_a_redirect_is_an_answer(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = LOOPBACK
    paths: list[str] = []

    def answer(handler: Any) -> None:
        paths.append(handler.path)
        handler.send_response(302)
        handler.send_header("Location", "/elsewhere")
        handler.end_headers()

    with server(answer) as port:
        reply = post(f"http://127.0.0.1:{port}/here", b"", {}, seconds=60)
    assert (reply.status, reply.headers["location"], paths) == (302, "/elsewhere", ["/here"])


def test_of_a_long_answer_the_beginning_is_read(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = LOOPBACK

    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 10 * MOST_READ)

    with server(answer) as port:
        assert len(post(f"http://127.0.0.1:{port}/", b"", {}, seconds=60).body) == MOST_READ


def test_who_answers_a_letter_at_a_time_is_cut_off(settings: Any) -> None:
    """Each letter comes in time, the whole never does: only being cut off ends it."""
    settings.WEBHOOK_NETWORKS = LOOPBACK
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connected, _ = listening.accept()
            with connected:
                for letter in chain(b"HTTP/1.1 200 OK\r\nX: ", repeat(ord("y"))):
                    try:
                        connected.send(bytes([letter]))
                    except OSError:
                        return
                    time.sleep(0.05)  # the other side's slowness is what is tried

        Thread(target=drip, daemon=True).start()
        with pytest.raises((OSError, http.client.HTTPException)):
            post(f"http://127.0.0.1:{listening.getsockname()[1]}/", b"", {}, seconds=1)
    assert outbound.CONNECT_SECONDS < 15
