"""No room below knows a word of a business app above it: apps register with it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEADS = r"lead(?!s?[ _](?:to|out|nowhere)\b)|triage"  # what leads somewhere is none
REFERRALS = r"referral(?!s[-_]|s\.(?:view|VIEW))"  # the roles' words stand in the ground
DEALS = r"deal|compan(?:y|ie)|customer(?!s[._])"
OF_ALL = (LEADS, REFERRALS, DEALS, "contact")
# Room → the words of the apps above it.
BUSINESS = {"notifications": OF_ALL, "templates/notifications": OF_ALL, "templates/mail": OF_ALL}
BELOW = [
    *("states", "errors.py", "environment.py", "web", "tenancy", "events", "partners", "accounts", "records", "notes"),
    *("live", "bulk"),
]
CODE = {f"partnerhub/{room}": (LEADS, REFERRALS, DEALS) for room in BELOW if (ROOT / "partnerhub" / room).exists()}
CODE["deals"] = (LEADS, REFERRALS)
# What the limits of a tier are called to whoever sets them: no app above is named by it.
SETTINGS = ("self.claim_limit", "Leads held at once", "Leads taken in a day", "Leads taken in a week")
TEMPLATES = (
    "accounts",
    "bulk",
    "events",
    "notes",
    "partners",
    "records",
    "web",
    "components",
    "account",
    "mfa",
    "errors",
)
MARKUP = {f"templates/{room}": (LEADS, REFERRALS, DEALS) for room in TEMPLATES if (ROOT / "templates" / room).exists()}
MARKUP |= {"templates/base.html": (LEADS, REFERRALS, DEALS), "templates/deals": (LEADS, REFERRALS)}


def words_of_apps(text: str, words: tuple[str, ...] = OF_ALL) -> list[str]:
    return [found[0] for found in re.finditer(rf"(?<![a-z])(?:{'|'.join(words)})s?(?![a-z])", text, re.IGNORECASE)]


def sources(room: str, *suffixes: str) -> list[Path]:
    whole = ROOT / room
    paths = [whole] if whole.is_file() else sorted(whole.rglob("*.*"))
    found = [path for path in paths if path.suffix in suffixes and "migrations" not in path.parts]
    assert found, room
    return found


def code_of(path: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of a module without docstrings and comments, which may give an example."""
    text = path.read_text()
    said: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            said |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    ends = {token.start[0]: token.start[1] for token in tokens if token.type == tokenize.COMMENT}
    for number, line in enumerate(text.splitlines(), 1):
        if number not in said:
            yield number, line[: ends.get(number)]


@pytest.mark.parametrize("text", ["Your leads", "lead_words", "LEAD", "{% url 'deals:company' %}", "referral.recorded"])
def test_the_search_finds_what_it_is_for(text: str) -> None:
    assert words_of_apps(text)
    assert not words_of_apps("misleading dealer, plead, ideal, leads to, Role.REFERRALS_ADMIN, customers.view")


def test_what_is_said_about_the_code_is_left_out(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""Of leads."""\n\nx = "lead"  # of a deal\n\n\ndef f():\n    """A company\n    of leads.\n    """\n'
    )
    assert [number for number, line in code_of(module) if words_of_apps(line)] == [3]


@pytest.mark.parametrize("room", BUSINESS)
def test_a_room_below_has_no_word_of_an_app_above(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {words}"
        for path in sources(room, ".py", ".html", ".txt")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (words := words_of_apps(line, BUSINESS[room]))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("room", CODE)
def test_the_code_of_a_room_below_has_no_word_of_an_app_above(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sources(room, ".py")
        for number, line in code_of(path)
        if words_of_apps(line, CODE[room]) and not any(name in line for name in SETTINGS)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("room", MARKUP)
def test_the_pages_of_a_room_below_have_no_word_of_an_app_above(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {words}"
        for path in sources(room, ".html", ".txt")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (words := words_of_apps(line, MARKUP[room]))
    ]
    assert not found, "\n".join(found)
