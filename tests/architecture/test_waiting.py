"""A test in a browser waits for what it says: no page is asked once, right after an act that answers later."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# What a page says at this moment. `expect(...)` and `tests.browser.holds` ask until it is so.
ONCE = {
    "all_inner_texts", "all_text_contents", "content", "count", "cookies", "evaluate", "evaluate_all", "get_attribute",
    "inner_html", "inner_text", "input_value", "is_checked", "is_disabled", "is_editable", "is_enabled", "is_hidden",
    "is_visible", "text_content", "title",
}  # fmt: skip
# How long these take is the machine's business; none of them says that the page is ready.
PAUSES = {"wait_for_timeout", "networkidle", "wait_for_load_state"}


def in_browsers() -> list[Path]:
    return [path for path in sorted(TESTS.rglob("*.py")) if "playwright" in path.read_text() and path != Path(__file__)]


def asked_once(tree: ast.AST) -> Iterator[int]:
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assert):
            yield from (part.lineno for part in ast.walk(statement.test) if _asks(part))


def _asks(part: ast.AST) -> bool:
    if isinstance(part, ast.Attribute) and part.attr == "url":
        return True
    if not isinstance(part, ast.Call) or not isinstance(part.func, ast.Attribute) or part.func.attr not in ONCE:
        return False
    of_database = "objects" in {one.attr for one in ast.walk(part) if isinstance(one, ast.Attribute)}
    return not of_database and not (part.func.attr == "count" and part.args)  # a list counts one thing in it


def pauses(tree: ast.AST) -> Iterator[int]:
    for part in ast.walk(tree):
        name = part.attr if isinstance(part, ast.Attribute) else part.value if isinstance(part, ast.Constant) else None
        if name in PAUSES:
            yield getattr(part, "lineno", 0)


@pytest.mark.parametrize("path", in_browsers(), ids=lambda path: str(path.relative_to(TESTS)))
def test_the_page_is_asked_until_it_says_so(path: Path) -> None:
    tree = ast.parse(path.read_text())
    found = sorted({*asked_once(tree), *pauses(tree)})
    assert not found, f"{path.relative_to(TESTS)}: lines {found}"


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("assert page.url == address", True),
        ("assert page.locator('tr').count() == 3", True),
        ("assert page.evaluate('scrollY') == 0", True),
        ("assert Lead.objects.count() == 1", False),
        ("assert asked.count('POST /send/') == 1", False),
        ("expect(page).to_have_url(address)", False),
    ],
)
def test_what_is_asked_once_is_known(line: str, is_found: bool) -> None:
    assert bool(list(asked_once(ast.parse(line)))) is is_found
