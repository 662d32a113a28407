"""The mail box in a browser: a list to search, and one page per mail with its text and its HTML. Read only."""

import re
from email.message import EmailMessage
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

from partnerhub.embedded.ports import LOOPBACK

from .store import MailFolder, Summary

SHOWN = 200
OUR_HOSTS = {LOOPBACK, "localhost"}
PAGE_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
# A mail's HTML is somebody else's: no scripts, nothing loaded, links open in a tab of their own.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
)
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
form { display: flex; gap: .5rem; margin-block: 1rem; flex-wrap: wrap; align-items: center; }
input { flex: 1 1 16rem; font: inherit; padding: .4rem .6rem; } button { font: inherit; padding: .4rem 1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; padding: .5rem; border-bottom: 1px solid #8886; vertical-align: top; }
td { overflow-wrap: anywhere; }
time { white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid #8886; border-radius: .4rem; }
iframe { width: 100%; height: 44rem; border: 1px solid #8886; border-radius: .4rem; background: #fff; }
@media (max-width: 40rem) { thead { display: none; } td { display: block; border: 0; padding: .1rem 0; }
  tr { display: block; padding: .6rem 0; border-bottom: 1px solid #8886; } }
"""


def serve_page(folder: MailFolder, port: int) -> ThreadingHTTPServer:
    return ThreadingHTTPServer((LOOPBACK, port), type("Handler", (_Handler,), {"folder": folder}))


class _Handler(BaseHTTPRequestHandler):
    folder: MailFolder
    server_version = "mailbox"
    sys_version = ""

    def do_GET(self) -> None:
        if (self.headers.get("Host") or "").rpartition(":")[0] not in OUR_HOSTS:
            # Another name that leads to loopback is a stranger's page reading our mail through the browser.
            self._answer("Not found", HTTPStatus.NOT_FOUND)
            return
        address = urlsplit(self.path)
        match address.path.strip("/").split("/"):
            case [""]:
                search = parse_qs(address.query).get("to", [""])[0]
                self._answer(_list_page(self.folder.newest(search, SHOWN), search))
            case ["style.css"]:
                self._answer(STYLE, type="text/css")
            case ["mail", id, *view] if (mail := self.folder.mail(unquote(id))) is not None:
                self._show(unquote(id), mail, view)
            case _:
                self._answer(_page("Not found", "<p>There is no such mail.</p>"), HTTPStatus.NOT_FOUND)

    def _show(self, id: str, mail: EmailMessage, view: list[str]) -> None:
        match view:
            case []:
                self._answer(_mail_page(id, mail))
            case ["html"]:
                self._answer(f'<base target="_blank">{_part(mail, "html")}', policy=MAIL_POLICY)
            case ["source"]:
                self._answer((self.folder.source(id) or b"").decode(errors="replace"), type="text/plain")
            case _:
                self._answer(_page("Not found", "<p>There is no such page.</p>"), HTTPStatus.NOT_FOUND)

    def _answer(
        self, body: str, status: HTTPStatus = HTTPStatus.OK, *, type: str = "text/html", policy: str = PAGE_POLICY
    ) -> None:
        content = body.encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": f"{type}; charset=utf-8",
            "Content-Length": str(len(content)),
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Reading the mail box is not worth a line."""


def _list_page(mails: list[Summary], search: str) -> str:
    rows = "".join(
        f"<tr><td><time>{mail.received.astimezone():%Y-%m-%d %H:%M:%S}</time></td><td>{escape(mail.recipients)}</td>"
        f'<td><a href="/mail/{quote(mail.id)}">{escape(mail.subject) or "(no subject)"}</a></td></tr>'
        for mail in mails
    )
    none = "<p>No mail to show.</p>" if not mails else ""
    return _page(
        "Mail box",
        '<form role="search"><label for="to">Address or subject</label>'
        f'<input id="to" name="to" type="search" value="{escape(search)}"><button>Search</button></form>'
        f"<table><thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead><tbody>{rows}</tbody></table>{none}",
    )


def _mail_page(id: str, mail: EmailMessage) -> str:
    heads = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in mail.items())
    text, html = _part(mail, "plain"), _part(mail, "html")
    parts = f"<h2>Text</h2><pre>{_linked(text)}</pre>" if text else ""
    if html:
        parts += (
            '<h2>HTML</h2><iframe title="HTML part" sandbox="allow-popups allow-popups-to-escape-sandbox" '
            f'src="/mail/{quote(id)}/html"></iframe>'
        )
    files = "".join(
        f"<li>{escape(file.get_filename() or file.get_content_type())}</li>" for file in mail.iter_attachments()
    )
    return _page(
        str(mail.get("Subject", "(no subject)")),
        f'<p><a href="/">All mail</a> · <a href="/mail/{quote(id)}/source">Source</a></p><dl>{heads}</dl>{parts}'
        + (f"<h2>Files</h2><ul>{files}</ul>" if files else ""),
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""


def _linked(text: str) -> str:
    return re.sub(r"(https?://[^\s<>&\"]+(?:&amp;[^\s<>&\"]+)*)", r'<a href="\1" target="_blank">\1</a>', escape(text))
