"""Markdown: what becomes of it, what is left out of it, and what it looks like before it is sent."""

import re
from collections.abc import Callable
from typing import Any

import nh3
import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from deals.models import Company
from partnerhub.accounts.models import Membership
from partnerhub.notes import rendering
from partnerhub.notes.forms import MessageForm
from partnerhub.notes.rendering import ALLOWED_TAGS, ATTRIBUTES, MARKDOWN, is_marked, rendered, rendered_each
from partnerhub.notes.services import edit_note, post_message, write_note
from partnerhub.notes.thread import thread_of

ClientOf = Callable[[Membership], Client]
TAG = re.compile(r"</?(\w+)")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** and *slanted*", "<p><strong>bold</strong> and <em>slanted</em></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# Plan", "<p><strong>Plan</strong></p>"),
        ("~~no~~ `code`", "<p><s>no</s> <code>code</code></p>"),
        ("    four spaces", "<p>four spaces</p>"),
        ("see readme.md, a < b & c", "<p>see readme.md, a &lt; b &amp; c</p>"),
        (
            "[offer](https://a.example.org/x?a=1&b=2)",
            '<p><a href="https://a.example.org/x?a=1&amp;b=2" rel="nofollow noopener">offer</a></p>',
        ),
        (
            "https://a.example.org",
            '<p><a href="https://a.example.org" rel="nofollow noopener">https://a.example.org</a></p>',
        ),
        ("me@example.org", '<p><a href="mailto:me@example.org" rel="nofollow noopener">me@example.org</a></p>'),
    ],
)
def test_words_are_read_as_markdown(text: str, html: str) -> None:
    assert rendered(text).strip() == html


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://evil.example.org/pixel.png)",
        "<img src=https://evil.example.org/pixel.png>",
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '[x](https://a.example.org "onmouseover=alert(1)")',
        "[x](vbscript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](&#106;avascript:alert(1))",
        "```html\n<script>alert(1)</script>\n```",
        "<a href=x onclick=alert(1)>x</a>",
        '<svg/onload=alert(1)> <style>*{display:none}</style> <b style="position:fixed">x</b>',
    ],
)
def test_nothing_in_it_runs_or_is_loaded(text: str) -> None:
    html = rendered(text)
    assert {*TAG.findall(html)} <= rendering.ALLOWED_TAGS
    for attribute in re.findall(r"<[^>]*?\s(\w+)=", html):
        assert attribute in {"href", "rel"}
    assert not [href for href in re.findall(r'href="([^"]*)"', html) if not href.startswith("https://")]


@example("a\n=")
@example("a\u2028\nb")
@example("1) b")
@given(text=st.text("ab1 9.)\n:;,!?'\"%-+=\u2028é/(", max_size=40) | st.text(max_size=20))
def test_words_without_signs_are_as_they_would_be_read(text: str) -> None:
    """They are not read at all: that costs as much as all else of a message."""
    if not is_marked(text):
        read = nh3.clean(MARKDOWN.render(text), tags=ALLOWED_TAGS, attributes=ATTRIBUTES)
        assert rendered(text) == read


@pytest.mark.parametrize("text", ["Yes, please.", "They have 4 shops.\nCall on Monday (10:30)!\n\nThanks, “M”"])
def test_what_people_mostly_write_has_no_signs(text: str) -> None:
    assert not is_marked(text)


def test_a_page_reads_so_much_and_leaves_the_oldest_as_typed(monkeypatch: Any) -> None:
    monkeypatch.setattr(rendering, "READ_AT_ONCE", 20)
    old, new = rendered_each(["**<b>old</b>**", "**new**"])
    assert old == "<p>**&lt;b&gt;old&lt;/b&gt;**</p>"
    assert new.strip() == "<p><strong>new</strong></p>"


def test_messages_and_notes_are_shown_so(acting: Any, seller: Membership, company: Company) -> None:
    with acting(seller):
        post_message(company, by=seller, body="**Loud**")
        shown = thread_of(company, seller, action="/")
    assert shown["messages_shown"][0]["html"].strip() == "<p><strong>Loud</strong></p>"


def test_a_preview_shows_what_is_typed_and_keeps_nothing(client_of: ClientOf, seller: Membership) -> None:
    client = client_of(seller)
    sent = client.post("/acme/notes/preview/", {"body": "**Loud** <b>x</b>", "preview": "1"}).content.decode()
    assert "<strong>Loud</strong> &lt;b&gt;x&lt;/b&gt;" in sent
    assert "<html" not in sent
    assert "There is nothing to show yet." in client.post("/acme/notes/preview/", {"preview": "1"}).content.decode()
    long = client.post("/acme/notes/preview/", {"body": "*x*" * 1667, "preview": "1"}).content.decode()
    assert "<em>" not in long
    assert "at most 5000 characters" in long


def test_without_scripts_the_editor_shows_it_with_what_was_typed(
    client_of: ClientOf, acting: Any, seller: Membership, new_lead: Callable[..., Any]
) -> None:
    lead = new_lead(seller)
    client, at = client_of(seller), f"/acme/leads/{lead.pk}/"
    for rest in ("messages/", "notes/"):
        answer = client.post(f"{at}{rest}", {"body": "**Loud**", "preview": "1"})
        page = answer.content.decode()
        assert (answer.status_code, "**Loud**</textarea>" in page) == (200, True)
        assert '<div class="written"><p><strong>Loud</strong></p>' in page
    for rest in ("messages/", "notes/"):
        assert client.get(f"/acme/api/v1/leads/{lead.pk}/{rest}").json()["results"] == []
    with acting(seller):
        note = write_note(lead, by=seller, body="First")
    edit = client.post(f"/acme/notes/{note.pk}/edit/", {"body": "*Second*", "version": "1", "preview": "1"})
    assert (edit.status_code, "<em>Second</em>" in edit.content.decode()) == (200, True)
    with acting(seller):
        assert edit_note(note.pk, by=seller, body="First").version == 1


def test_a_form_that_is_sent_has_no_preview() -> None:
    form = MessageForm({"body": "**Loud**"})
    assert (form.is_valid(), form.is_preview, form.preview) == (True, False, "")
