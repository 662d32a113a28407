"""Whatever the API says to a person goes through gettext, as a whole sentence."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from partnerhub.accounts.models import Membership
from tests.architecture.test_words import ROOT, looked_up, sources
from tests.calls import JSON, Call, Caller
from tests.calls import ROOT as API

SENTENCE = re.compile(r"[A-Z“][^ ]* .*[.?!…]$", re.DOTALL)
# What is read by operators and developers, not by who uses the portal: launcher, commands, demo data, the API in words.
NOT_SAID = re.compile(
    r"/(embedded|management|demo|migrations|settings)/"
    r"|/(environment|schema|api_docs|preparation|heartbeat|demo)\.py"
)
DESCRIBED = {"description", "summary", "help_text", "documentation", "about"}
FAULTS = re.compile(r"(Scope|Value|Type|Key|Runtime|TemplateSyntax|Preparation|Improperly|Unreachable|Away|Broken)\w*")
LOGGED = {"debug", "info", "warning", "error", "exception"}
# Sentences that become a description, or stand in a server's place: where, and how they begin.
EXPLAINED = {
    ("partnerhub/web/lists/api.py", "A column; with"),
    ("partnerhub/web/lists/api.py", "Where a page begins"),
    ("partnerhub/web/lists/api.py", "Only what has changed"),
    ("partnerhub/partners/external_api.py", "What your own systems call the record"),
    ("partnerhub/accounts/serializers/entries.py", "ISO 3166-1"),
    ("partnerhub/tenancy/second_pass.py", "SELECT"),
    ("partnerhub/web/redaction.py", "DETAIL: …"),
    ("notifications/services/webhooks.py", "The key that this webhook"),  # for the operator's log
    ("leads/serializers/bodies.py", "The terms that you accept; refused"),
    ("leads/serializers/bodies.py", "A new lead."),
    ("leads/serializers/bodies.py", "What changes in a draft"),
    ("leads/serializers/bodies.py", "Required to submit."),
    ("leads/serializers/bodies.py", "ISO 3166-1"),
    ("leads/serializers/own_fields.py", "By the field's id"),
    ("leads/serializers/records.py", "The answers to"),
    ("leads/serializers/records.py", "For the vendor's side only."),
    ("leads/serializers/records.py", "A lead. Which answers"),
    ("partnerhub/accounts/serializers/partners.py", "ISO 3166-1"),
    ("partnerhub/tenancy/middleware.py", "Nothing is served"),  # nobody is known there, and no language
    ("notifications/services/outbox.py", "No worker lived"),
    # What a server could not do, for the log of deliveries: as its own words would stand there.
    ("partnerhub/web/outbound.py", "The address has to"),
    ("partnerhub/web/outbound.py", "This is no address."),
    ("partnerhub/web/outbound.py", "The name has no"),
    ("partnerhub/web/outbound.py", "The answer took"),
    ("notifications/services/smtp.py", "The mail server closed"),
    ("notifications/services/smtp.py", "The connection broke"),
}


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The sentences of a module that are said to people without gettext."""
    skipped = {id(word) for _function, _line, words in looked_up(tree) for word in words}
    for node in ast.walk(tree):
        if is_about_code(node):
            skipped |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in skipped:
            continue
        if SENTENCE.match(node.value):
            yield node.lineno, node.value


def is_about_code(node: ast.AST) -> bool:
    """A docstring, a description for developers, a fault of ours, a line of a log."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.keyword(arg=name):
            return name in DESCRIBED
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return bool(FAULTS.fullmatch(name))
        case ast.Call(func=ast.Name(id="Api")):  # how a step of a machine is described
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in LOGGED
    return False


def is_explained(path: str, text: str) -> bool:
    return any(path == where and text.startswith(begin) for where, begin in EXPLAINED)


def test_every_sentence_goes_through_gettext() -> None:
    wrong = [
        f"{path}:{line} {text[:80]}"
        for source in sources()
        if not NOT_SAID.search(f"/{(path := str(source.relative_to(ROOT)))}")
        for line, text in sentences(ast.parse(source.read_text()))
        if not is_explained(path, text)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every sentence that is looked up stands in marks."""
    engine: Any = translation._trans  # type: ignore[attr-defined]
    plain, plural = engine.gettext, engine.ngettext
    monkeypatch.setattr(engine, "gettext", lambda text: f"«{plain(text)}»")
    monkeypatch.setattr(engine, "ngettext", lambda one, many, count: f"«{plural(one, many, count)}»")


Ask = Callable[[Caller], Any]
NEW = "leads/"
BEARER = {"Authorization": "Bearer nonsense", "host": "localhost"}


def twice(caller: Caller, second: Any) -> Any:
    """The same Idempotency-Key with another body."""
    for body in ({"program": "pos", "draft": True}, second):
        answer = caller.client.post(API + NEW, json.dumps(body), JSON, headers={"Idempotency-Key": "k"})
    return answer


SAID: dict[str, tuple[int, Ask]] = {
    "unknown token": (401, lambda _: Client(headers=BEARER).get(API + NEW)),
    "nobody": (401, lambda _: Client(headers={"host": "localhost"}).get(API + NEW)),
    "no role": (403, lambda caller: caller.get("invitations/")),
    "nothing": (404, lambda caller: caller.get("nonsense/")),
    "method": (405, lambda caller: caller.client.put(API + NEW)),
    "type": (415, lambda caller: caller.client.post(API + NEW, b"x", "text/plain")),
    "no JSON": (400, lambda caller: caller.client.post(API + NEW, b"{", JSON)),
    "no UTF-8": (400, lambda caller: caller.client.post(API + NEW, b'"\xff"', JSON)),
    "no number": (400, lambda caller: caller.client.post(API + NEW, b"[NaN]", JSON)),
    "digits": (400, lambda caller: caller.client.post(API + NEW, b"9" * 5000, JSON)),
    "name twice": (400, lambda caller: caller.client.post(API + NEW, b'{"a":1,"a":2}', JSON)),
    "zero byte": (400, lambda caller: caller.client.post(API + NEW, b'{"a":"\\u0000"}', JSON)),
    "deep": (400, lambda caller: caller.client.post(API + NEW, b"[" * 30, JSON)),
    "many": (400, lambda caller: caller.client.post(API + NEW, b"[" + b"1," * 6000, JSON)),
    "long": (413, lambda caller: caller.client.post(API + NEW, b"1" * 3_000_000, JSON)),
    "fields": (422, lambda caller: caller.post(NEW, {"unknown": 1})),
    "program": (422, lambda caller: caller.post(NEW, {"program": "none"})),
    "parameter": (422, lambda caller: caller.get(NEW, {"unknown": 1})),
    "key": (400, lambda caller: caller.post(NEW, {}, Idempotency_Key="ü")),
    "other body": (422, lambda caller: twice(caller, {"program": "plus", "draft": True})),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "ask"), SAID.values(), ids=SAID)
def test_problems_read_in_the_callers_language(
    call: Call, seller: Membership, marked: None, status: int, ask: Ask
) -> None:
    cache.clear()
    answer = ask(call(seller))
    assert answer.status_code == status
    problem = answer.json()
    assert problem["detail"].startswith("«")
    assert problem["detail"].endswith("»") or "«" in problem["detail"][1:]
    for texts in problem.get("errors", {}).values():
        assert all(text.startswith("«") for text in texts), texts


@pytest.mark.django_db
def test_too_many_requests_are_told_in_the_callers_language(
    call: Call, seller: Membership, marked: None, settings: Any
) -> None:
    cache.clear()
    settings.API_RATES = {"member": 0, "tenant": 0}
    assert call(seller).get(NEW).json()["detail"].startswith("«")


@pytest.mark.django_db
def test_a_session_without_its_csrf_token_is_told_in_the_callers_language(seller: Membership, marked: None) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    answer = Caller(client).post(NEW, {"program": "pos", "draft": True})
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("«")
