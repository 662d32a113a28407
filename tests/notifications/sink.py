"""A real SMTP server on loopback that keeps what it is sent and refuses what it is told to refuse."""

import asyncio
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Condition
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """What arrived, and how the server behaves.

    `refuse_address[address]` and `refuse_mail` are answers like "550 5.1.1 No such user"; `drop` closes the connection
    instead of answering to that command, `slow` waits so many seconds before it says that it has taken a mail.
    """

    def __init__(self) -> None:
        self.arrived: list[tuple[str, bytes]] = []
        self.refuse_address: dict[str, str] = {}
        self.refuse_mail = ""
        self.drop = ""
        self.slow = 0.0
        self.connections = 0
        self.port = 0
        self._news = Condition()

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.drop == "RCPT":
            _hang_up(server)
        if answer := self.refuse_address.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuse_mail:
            return self.refuse_mail
        content: Any = envelope.content
        with self._news:
            self.arrived.append((envelope.rcpt_tos[0], content))
            self._news.notify_all()
        if self.drop == "DATA":
            _hang_up(server)
        await asyncio.sleep(self.slow)
        return "250 Taken as 4711"

    def clear(self) -> None:
        self.arrived.clear()

    def wait_for(self, count: int, *, seconds: float) -> bool:
        """Until so many mails have arrived; False if they do not in that time."""
        with self._news:
            return self._news.wait_for(lambda: len(self.arrived) >= count, timeout=seconds)

    @property
    def mails(self) -> list[EmailMessage]:
        return [parsed(content) for _address, content in self.arrived]

    @property
    def addresses(self) -> list[str]:
        return [address for address, _content in self.arrived]

    def to(self, address: str) -> list[EmailMessage]:
        return [parsed(content) for receiver, content in self.arrived if receiver == address]


def _hang_up(server: SMTP) -> None:
    transport: Any = server.transport
    transport.close()


def parsed(content: bytes) -> EmailMessage:
    """Read by the standard library's strict rules; a mail that breaks them fails the test."""
    mail: Any = message_from_bytes(content, policy=default)
    assert not mail.defects
    for part in mail.walk():
        assert not part.defects
    return mail


def text_of(mail: EmailMessage) -> str:
    part: Any = mail.get_body(("plain",))
    return str(part.get_content())


def html_of(mail: EmailMessage) -> str:
    part: Any = mail.get_body(("html",))
    return str(part.get_content())


class _OnAnyPort(Controller):
    """The library knocks at the port it was given; we give it none."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library has no types here


class _Handler:
    """The sink's answers alone: the library reads every attribute at each connection, properties too."""

    def __init__(self, sink: Sink) -> None:
        self.handle_EHLO = sink.handle_EHLO
        self.handle_RCPT = sink.handle_RCPT
        self.handle_DATA = sink.handle_DATA


def serve(sink: Sink) -> Controller:
    controller = _OnAnyPort(_Handler(sink), hostname="127.0.0.1", port=0)
    controller.start()
    return controller
