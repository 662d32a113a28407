"""The bytes of a mail with a text and an HTML part (RFC 5322, 2045, 2047).

Written out here, not with `email.message.EmailMessage`: that takes 3 ms a mail, three times the rest of the work, and
folds a long List-Unsubscribe address into encoded words that no client follows. The tests read every mail back with it.
"""

import binascii
from collections.abc import Iterable
from email.header import Header
from email.utils import formataddr

CRLF = "\r\n"
LINE = 76


def one_line(text: str) -> str:
    """The text for a header: no line break and nothing else that does not print."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(text.split())


def header_words(name: str, text: str) -> str:
    """A header of free text; what is not ASCII goes into encoded words, what is long is folded."""
    text = one_line(text)
    if text.isascii() and len(name) + len(text) <= LINE:
        return f"{name}: {text}"
    charset = "us-ascii" if text.isascii() else "utf-8"
    return f"{name}: {Header(text, charset, header_name=name).encode(linesep=CRLF)}"


def mailbox(name: str, person: str, address: str) -> str:
    """A header with one person's name and address."""
    person, address = one_line(person), one_line(address)
    if person.isascii():
        return f"{name}: {formataddr((person, address))}"
    encoded = Header(person, "utf-8", header_name=name).encode(linesep=CRLF)
    return f"{name}: {encoded}{CRLF} <{address}>"


def token(name: str, value: str) -> str:
    """A header whose value is one word that must not be broken: an address on the web, an id. ASCII only."""
    return f"{name}: {one_line(value)}"


def alternative(headers: Iterable[str], text: str, html: str, boundary: str) -> bytes:
    """The whole mail: the same in text and in HTML, the better one last."""
    head = [
        *headers,
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    return b"".join(
        (
            CRLF.join(head).encode("ascii"),
            b"\r\n\r\n",
            _part(boundary, "plain", text),
            _part(boundary, "html", html),
            f"--{boundary}--{CRLF}".encode("ascii"),
        )
    )


def _part(boundary: str, subtype: str, text: str) -> bytes:
    head = (
        f'--{boundary}{CRLF}Content-Type: text/{subtype}; charset="utf-8"{CRLF}'
        f"Content-Transfer-Encoding: quoted-printable{CRLF}{CRLF}"
    )
    lines = text.replace(CRLF, "\n").replace("\r", "\n").replace("\n", CRLF)
    return head.encode("ascii") + binascii.b2a_qp(lines.encode(), istext=True) + b"\r\n"
