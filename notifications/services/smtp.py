"""One SMTP connection, kept for as many mails as the server takes, and what the server said, sorted."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from types import TracebackType
from typing import Self

from django.conf import settings

from notifications.services.answers import MailAnswer, MailVerdict, Unreachable

ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
NO_SUCH_BOX = {550, 551, 553}
SERVICE_CLOSING = 421
CLOSED = "The mail server closed the connection."


def _nothing() -> None:
    """What a caller does meanwhile who has nothing else to do."""


class Outlet:
    """Sends mails over one connection, opened when the first is sent. Raises Unreachable if that does not succeed."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, sender: str, address: str, content: bytes, meanwhile: Callable[[], None] = _nothing) -> MailAnswer:
        """Hand one mail to the server and wait for its word on it.

        `meanwhile` is called once the mail is handed over, while the server works on it. A kept connection that the
        server closed meanwhile is opened once more: nothing had been said about this mail.
        """
        was_open = self._server is not None
        answer = self._attempt(sender, address, content, meanwhile)
        if answer.lost and was_open and answer.text == CLOSED:
            answer = self._attempt(sender, address, content, meanwhile)
        return answer

    def _attempt(self, sender: str, address: str, content: bytes, meanwhile: Callable[[], None]) -> MailAnswer:
        server = self._server or self._open()
        try:
            return self._talk(server, sender, address, content, meanwhile)
        except smtplib.SMTPServerDisconnected:
            self._close()
            return MailAnswer(MailVerdict.LATER, CLOSED, lost=True)
        except OSError as error:
            self._close()
            return MailAnswer(MailVerdict.LATER, f"The connection broke: {error}", lost=True)

    def _talk(
        self, server: smtplib.SMTP, sender: str, address: str, content: bytes, meanwhile: Callable[[], None]
    ) -> MailAnswer:
        size = f" size={len(content)}" if server.has_extn("size") else ""
        code, text = server.docmd("mail", f"FROM:<{sender}>{size}")  # `mail()` takes each address apart once more
        if code != 250:
            return self._refused(code, text)
        code, text = server.docmd("rcpt", f"TO:<{address}>")
        if code not in {250, 251}:
            return self._refused(code, text, about_address=True)
        code, text = server.docmd("DATA")
        if code != 354:
            return self._refused(code, text)
        server.send(_as_data(content))
        meanwhile()
        try:
            code, text = server.getreply()
        except smtplib.SMTPServerDisconnected:
            self._close()
            return MailAnswer(MailVerdict.LATER, "The connection broke after the mail was sent.", lost=True)
        return MailAnswer(MailVerdict.TAKEN, _said(code, text)) if code == 250 else self._refused(code, text)

    def _refused(self, code: int, text: bytes, *, about_address: bool = False) -> MailAnswer:
        lost = code == SERVICE_CLOSING
        if lost:
            self._close()
        else:
            self._reset()
        return MailAnswer(_verdict(code, text, about_address=about_address), _said(code, text), lost=lost)

    def _reset(self) -> None:
        if self._server is not None:
            try:
                self._server.rset()
            except (smtplib.SMTPException, OSError):
                self._close()

    def _open(self) -> smtplib.SMTP:
        try:
            self._server = _connect()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(_words_of(error)) from error
        return self._server

    def _close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()


@cache
def _context() -> ssl.SSLContext:
    """Reading the system's certificates takes a tenth of a second: once, and only where TLS is spoken."""
    return ssl.create_default_context()


def _connect() -> smtplib.SMTP:
    where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    if settings.EMAIL_USE_SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=settings.EMAIL_TIMEOUT, context=_context())
    else:
        server = smtplib.SMTP(*where, timeout=settings.EMAIL_TIMEOUT)
    try:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _as_data(content: bytes) -> bytes:
    """The mail as DATA wants it: a dot at the beginning of a line doubled, a line with a dot at the end (RFC 5321)."""
    if content.startswith(b"."):
        content = b"." + content
    return content.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def _verdict(code: int, text: bytes, *, about_address: bool) -> MailVerdict:
    if not 500 <= code < 600:
        return MailVerdict.LATER
    if not about_address:
        return MailVerdict.REFUSED
    return MailVerdict.NO_SUCH_ADDRESS if _names_no_box(code, text.decode(errors="replace")) else MailVerdict.REFUSED


def _names_no_box(code: int, text: str) -> bool:
    """About the address: 5.1.x, or 5.2.1, a closed box. 5.7.x would be about us, not about them."""
    if enhanced := ENHANCED.search(text):
        return enhanced[0].startswith("5.1.") or enhanced[0] == "5.2.1"
    return code in NO_SUCH_BOX


def _said(code: int, text: bytes) -> str:
    return f"{code} {text.decode(errors='replace')}".replace("\x00", "")[:500]


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        detail = error.smtp_error
        return f"{error.smtp_code} {detail.decode(errors='replace') if isinstance(detail, bytes) else detail}"[:500]
    return f"The mail server could not be reached: {error}"[:500]
