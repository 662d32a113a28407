"""Requests to addresses that people enter: guarded where the connection is made, bounded in time and size (quality 53).

A host is resolved once, every address that it has is checked, and the connection goes to a checked address, never to
the name; so a name that changes its mind in between leads nowhere. Redirects are answers, not followed. No library does
this and is kept: advocate is of 2020, and HTTP clients resolve the name again when they connect.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

import idna
from django.conf import settings

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
CONNECT_SECONDS = 5.0
MOST_READ, MOST_TRIED = 4096, 4
# NAT64 leads to IPv4 addresses by another name: all of it, because a network may have a prefix of its own within. And
# what was called site-local, which ipaddress takes for global.
NOT_OUTSIDE = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "fec0::/10")))
PORTS = {"https": 443, "http": 80}


class Forbidden(Exception):
    """The address leads where the portal must not go, or nowhere."""


@dataclass(frozen=True)
class OutboundReply:
    """What came back: the status, the headers by lower-case name, and the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    body: str


def check_url(url: str) -> SplitResult:
    """The parts of an address that may be asked for. Raises Forbidden with what is wrong, in English.

    HTTPS alone, but for networks that the operator has named (`WEBHOOK_NETWORKS`); no name and password, no fragment.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        if host and not host.isascii():
            idna.encode(host, uts46=True)
    except (ValueError, idna.IDNAError) as error:
        raise Forbidden("This is no address.") from error
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOK_NETWORKS):
        raise Forbidden("The address has to begin with https://.")
    if not (parts.path + parts.query).isascii():  # a request line has %XX for what is beyond
        raise Forbidden("This is no address.")
    if not host or port == 0 or "@" in parts.netloc or parts.fragment or not url.isprintable() or " " in url:
        raise Forbidden("This is no address.")
    with suppress(ValueError):
        check_address(ipaddress.ip_address(host), parts.scheme)
    return parts


def check_address(address: IPAddress, scheme: str) -> None:
    """Raise Forbidden for what is not out in the internet, by whatever name it is written."""
    if any(address in network for network in settings.WEBHOOK_NETWORKS if network.version == address.version):
        return
    if scheme != "https":
        raise Forbidden("The address has to begin with https://.")
    inner = _inner(address)
    by_another_name = isinstance(address, ipaddress.IPv6Address) and any(address in network for network in NOT_OUTSIDE)
    if by_another_name or any(not one.is_global or one.is_multicast or one.is_reserved for one in (address, *inner)):
        raise Forbidden(f"{address} is not an address in the internet.")


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float) -> OutboundReply:
    """Send one POST; once it is connected it ends after so many seconds, however slowly the other side answers.

    Raises Forbidden, and OSError or http.client.HTTPException where the other side can't be reached or makes no sense.
    """
    parts = check_url(url)
    spoken = _connect(parts, seconds=seconds)
    late = Event()  # set before the cut: a Timer's own flag comes after it, when the cut answer may have been read
    watch = Timer(seconds, _cut_late, [spoken, late])
    watch.start()
    try:
        if isinstance(spoken, ssl.SSLSocket):
            spoken.do_handshake()
        reply = _asked(spoken, parts, body, headers)
        if late.is_set():  # what was read may look whole
            raise TimeoutError("The answer took too long.")
        return reply
    finally:
        watch.cancel()
        _cut(spoken)
        spoken.close()


def _inner(address: IPAddress) -> list[IPAddress]:
    """The IPv4 addresses that an IPv6 one stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    teredo = address.teredo or ()
    return [one for one in (address.ipv4_mapped, address.sixtofour, *teredo) if one is not None]


def _connect(parts: SplitResult, *, seconds: float) -> socket.socket:
    """Resolve once, check all, connect to the first that answers. TLS is begun, with the name, and not spoken yet."""
    found = socket.getaddrinfo(_name(parts), parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
    for *_, where in found:
        check_address(ipaddress.ip_address(str(where[0]).partition("%")[0]), parts.scheme)
    failed: OSError = OSError("The name has no address.")
    for family, kind, protocol, _, where in found[:MOST_TRIED]:
        connected = socket.socket(family, kind, protocol)
        connected.settimeout(CONNECT_SECONDS)
        try:
            connected.connect(where)
        except OSError as error:
            failed = error
            connected.close()
        else:
            connected.settimeout(seconds)
            return _encrypted(connected, parts) if parts.scheme == "https" else connected
    raise failed


def _name(parts: SplitResult) -> str:
    """The host as the DNS knows it."""
    host = parts.hostname or ""
    return host if host.isascii() else idna.encode(host, uts46=True).decode()


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _encrypted(connected: socket.socket, parts: SplitResult) -> socket.socket:
    return _context().wrap_socket(connected, server_hostname=_name(parts), do_handshake_on_connect=False)


def _asked(spoken: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> OutboundReply:
    name = f"[{_name(parts)}]" if ":" in _name(parts) else _name(parts)
    connection = http.client.HTTPConnection(name)
    connection.sock = spoken
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    host = f"{name}:{parts.port}" if parts.port else name
    connection.request("POST", path, body, {"Host": host, **headers})
    answer = connection.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    return OutboundReply(answer.status, told, answer.read(MOST_READ).decode(errors="replace").replace("\x00", ""))


def _cut_late(connected: socket.socket, late: Event) -> None:
    late.set()
    _cut(connected)


def _cut(connected: socket.socket) -> None:
    """End whatever is read or written; by another thread too."""
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)  # of the socket itself, whatever TLS is doing
