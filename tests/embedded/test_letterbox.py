import smtplib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from partnerhub.embedded.letterbox import Letterbox


@pytest.fixture
def letterbox(folder: Path) -> Iterator[Letterbox]:
    box = Letterbox(folder)
    box.start()
    yield box
    box.stop()


def post(box: Letterbox, to: str, subject: str = "Your lead was received") -> Path:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = "portal@acme.example", to, subject
    mail.set_content("Zażółć: https://acme.example/leads/1/?a=1&b=2")
    mail.add_alternative("<p>Gęślą <script>alert(1)</script></p>", subtype="html")
    before = set(box.mails.glob("*.eml"))
    server = urlsplit(box.url)
    with smtplib.SMTP(server.hostname, server.port) as connection:
        connection.send_message(mail)
    (made,) = set(box.mails.glob("*.eml")) - before
    return made


def test_a_mail_is_one_file_when_it_was_accepted(letterbox):
    mail = message_from_bytes(post(letterbox, "anna@partner.example").read_bytes(), policy=policy.default)
    assert mail["Delivered-To"] == "anna@partner.example"
    assert "Zażółć" in mail.get_body(("plain",)).get_content()
    assert not list(letterbox.mails.glob(".*"))


def test_the_list_finds_mails_by_address(letterbox):
    post(letterbox, "anna@partner.example", "For Anna")
    post(letterbox, "ben@partner.example", "For Ben")
    assert {"For Anna", "For Ben"} <= _words(letterbox, "")
    assert "For Ben" not in _words(letterbox, "?to=ANNA@")


def test_a_mail_shows_its_text_with_links(letterbox):
    page = httpx.get(f"{letterbox.page}mail/{post(letterbox, 'anna@partner.example').stem}").text
    assert 'href="https://acme.example/leads/1/?a=1&amp;b=2"' in page
    assert "<script" not in page


def test_the_html_part_can_neither_run_nor_load_anything(letterbox):
    answer = httpx.get(f"{letterbox.page}mail/{post(letterbox, 'anna@partner.example').stem}/html")
    assert "Gęślą" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["mail/nothing", "mail/..%2Fcredentials", "elsewhere"])
def test_there_is_nothing_else_to_read(letterbox, path):
    assert httpx.get(letterbox.page + path).status_code == 404


def test_a_page_under_another_name_reads_no_mail(letterbox):
    """A name that somebody points at loopback would let their page read ours."""
    assert httpx.get(letterbox.page, headers={"Host": "rebound.example:80"}).status_code == 404


def test_mails_outlive_the_mail_box(letterbox):
    post(letterbox, "anna@partner.example", "Before")
    letterbox.stop()
    letterbox.start()
    assert "Before" in _words(letterbox, "")


def _words(box: Letterbox, search: str) -> set[str]:
    page = httpx.get(box.page + search).text
    return {subject for subject in ("For Anna", "For Ben", "Before") if subject in page}
