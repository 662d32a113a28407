"""Mails as files: one complete .eml per mail, named by the time it came."""

import os
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Summary:
    """What the list shows of a mail."""

    id: str
    received: datetime
    sender: str
    recipients: str
    subject: str


class MailFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, Summary] = {}
        self._lock = threading.Lock()

    def keep(self, content: bytes, sender: str, recipients: list[str]) -> None:
        """Store a mail whole or not at all: it appears under its name only when it is on the disk."""
        received = datetime.now(UTC)
        name = f"{received:%Y%m%dT%H%M%S.%f}-{uuid.uuid4().hex[:8]}"
        envelope = f"Return-Path: <{sender}>\r\n" + "".join(f"Delivered-To: {address}\r\n" for address in recipients)
        unfinished = self.path / f".{name}.part"
        with unfinished.open("xb") as file:
            file.write(envelope.encode() + content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self.path / f"{name}.eml")

    def newest(self, search: str, limit: int) -> list[Summary]:
        """The newest mails with this in an address or the subject; all of them for an empty search."""
        wanted = search.strip().casefold()
        found: list[Summary] = []
        for path in sorted(self.path.glob("[0-9]*.eml"), reverse=True):
            mail = self._summary(path.stem)
            if wanted in f"{mail.recipients} {mail.sender} {mail.subject}".casefold():
                found.append(mail)
                if len(found) == limit:
                    break
        return found

    def source(self, id: str) -> bytes | None:
        """The mail as it came, or None. Only names that are in the folder are looked at."""
        found = [path for path in self.path.iterdir() if path.name == f"{id}.eml"]
        return found[0].read_bytes() if found else None

    def mail(self, id: str) -> EmailMessage | None:
        source = self.source(id)
        return None if source is None else BytesParser(EmailMessage, policy=policy.default).parsebytes(source)

    def _summary(self, id: str) -> Summary:
        with self._lock:
            if id not in self._known:
                with (self.path / f"{id}.eml").open("rb") as file:
                    head = BytesHeaderParser(policy=policy.default).parse(file)
                self._known[id] = Summary(
                    id=id,
                    received=datetime.strptime(id.split("-", 1)[0], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC),
                    sender=str(head.get("From", "")),
                    recipients=", ".join(map(str, head.get_all("Delivered-To", []))),
                    subject=str(head.get("Subject", "")),
                )
            return self._known[id]


class LetterKeeper:
    """What the SMTP server asks when a mail has come."""

    def __init__(self, folder: MailFolder) -> None:
        self._folder = folder

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        try:
            self._folder.keep(content, envelope.mail_from or "", envelope.rcpt_tos)
        except OSError as error:
            return f"452 Not stored: {error.strerror}"
        return "250 Stored"
