"""Modules say what they are for, services and selectors what they offer. Functions that write letters need not."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.test_names import ROOT, modules

ROOMS = {"services", "selectors"}
Offered = ast.FunctionDef | ast.ClassDef


def offered(tree: ast.Module) -> Iterator[Offered]:
    """The public functions and classes of a module, but for letters."""
    for node in tree.body:
        if isinstance(node, Offered) and not node.name.startswith("_"):
            returned = getattr(node, "returns", None)
            if returned is None or ast.unparse(returned) != "Letter":
                yield node


def silent(path: Path) -> list[str]:
    """What of a module has no docstring: the module itself (AppConfigs and empty ones need none), what it offers."""
    tree, name = ast.parse(path.read_text()), str(path.relative_to(ROOT))
    found = [name] if tree.body and path.name != "apps.py" and ast.get_docstring(tree) is None else []
    is_room = path.stem in ROOMS or ROOMS & set(path.relative_to(ROOT).parts)
    return found + [f"{name}: {node.name}" for node in offered(tree) if is_room and ast.get_docstring(node) is None]


def test_the_search_finds_what_it_is_for() -> None:
    text = 'def a() -> None: ...\ndef _b(): ...\nclass C:\n    """D."""\ndef e() -> Letter: ...\n'
    assert [node.name for node in offered(ast.parse(text))] == ["a", "C"]


def test_modules_verbs_and_reads_say_what_they_do() -> None:
    assert [line for path in modules() for line in silent(path)] == []
