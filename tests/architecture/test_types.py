"""Whoever is named in code has a type: a request, a member or a lead is never anything at all (`Any`)."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.reading import files_of

ROOT = Path(__file__).parents[2]
ROOMS = ("partnerhub", "notifications", "deals", "leads", "referrals")
NOT_OURS = {"migrations", "embedded"}  # what is written once, and the launcher that no server has
# What has a type of its own (partnerhub.actors, web.requests, accounts.requests, the models).
NAMED = {
    *("membership", "member", "seat", "by", "actor", "user", "person", "request", "tenant", "subject", "permission"),
    *("lead", "deal", "partner", "company", "contact", "event", "invitation", "referral", "message", "endpoint"),
}
# `**kwargs: Any` hands a framework's own arguments on. All others are edges of libraries without types, or hooks that
# each kind of record narrows. Lower the number whenever there are fewer; nobody raises it.
HANDED_ON = {"args", "kwargs"}
MOST_OTHERS = 270
ANYTHING = {"Any", "Any | None", "ClassVar[Any]"}
IGNORED = re.compile(r"# type: ignore(\[[a-z-]+(?:, ?[a-z-]+)*\])?(?P<reason>  # \S.*)?$")


def sources() -> Iterator[Path]:
    yield from (path for path in files_of(*ROOMS) if not NOT_OURS & set(path.parts))


def named(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The names that are said to be anything, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation and ast.unparse(node.annotation) in ANYTHING:
            yield node.arg, node.lineno
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) in ANYTHING:
            yield ast.unparse(node.target).rpartition(".")[2], node.lineno


@cache
def found() -> list[tuple[Path, str, int]]:
    return [(path, name, line) for path in sources() for name, line in named(ast.parse(path.read_text()))]


def test_the_search_finds_what_it_is_for() -> None:
    tree = ast.parse("def act(by: Any, seen: int, *rest: Any): ...\nclass A:\n    lead: Any | None = None\n")
    assert sorted(named(tree)) == [("by", 1), ("lead", 3), ("rest", 1)]


def test_whoever_is_named_has_a_type() -> None:
    assert [f"{path.relative_to(ROOT)}:{line} {name}" for path, name, line in found() if name in NAMED] == []


def test_there_are_no_more_of_the_others_than_there_were_and_the_number_says_so() -> None:
    others = [name for _path, name, _line in found() if name not in HANDED_ON]
    assert len(others) <= MOST_OTHERS, "Say what it is: see partnerhub.actors, web.requests and accounts.requests."
    assert len(others) == MOST_OTHERS, f"There are fewer now. Lower MOST_OTHERS to {len(others)}."


def test_what_the_type_checker_passes_over_has_its_reason() -> None:
    lines = [(path, number, line) for path in sources() for number, line in enumerate(path.read_text().splitlines(), 1)]
    ignored = [(path, number, IGNORED.search(line)) for path, number, line in lines if "# type: ignore" in line]
    assert [
        f"{path.relative_to(ROOT)}:{number}" for path, number, found in ignored if not found or not found["reason"]
    ] == []


def checker() -> dict[str, object]:
    settings: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    return settings


@pytest.mark.parametrize("loosened", ["disallow_any_generics", "warn_return_any", "disallow_untyped_calls"])
def test_the_type_checker_is_strict(loosened: str) -> None:
    assert checker()["strict"] is True
    assert checker().get(loosened, True) is True


def test_no_room_has_rules_of_its_own_but_for_libraries_without_types() -> None:
    overrides = checker()["overrides"]
    assert isinstance(overrides, list)
    assert [sorted(one.keys() - {"module"}) for one in overrides] == [["disallow_subclassing_any"]]
