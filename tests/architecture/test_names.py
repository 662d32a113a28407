"""A helper says by its name what it does in its room: no two rooms have another one of the same name."""

import ast
from pathlib import Path

import pytest

from tests.architecture.reading import files_of

ROOT = Path(__file__).parents[2]
ROOMS = ("partnerhub", "notifications", "deals", "leads", "referrals")
# Names that stood for something else in each room, so that a reader had to look which one it was.
SAID_NOTHING = ("page_of", "AT_ONCE", "LONGEST", "_words")
# Names that mean the same in every room that has them, because a framework or a registry of ours asks for them.
ASKED_FOR = frozenset(
    {"urlpatterns", "app_name", "Command", "application", "main", "log", "register", "seen_by", "home_of"}
    | {"FINDABLE", "GROUPS", "RIGHTS", "PLACES", "SUBJECTS", "EVENTS", "FIELDS", "KINDS", "TONES", "LETTERS", "Status"}
)
TWINS = {"gunicorn_conf.py", "tasks.py"}  # gunicorn's own settings; a task has the name of the verb that it calls
SHARED = 43
"""So many public names are defined in more than one room. Lower it with each that gets a name of its own."""


def defined(tree: ast.Module) -> set[str]:
    """The names that a module gives to functions, classes and values of its own."""
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [
        target
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    found = [name for target in targets for name in ast.walk(target)]
    return names | {name.id for name in found if isinstance(name, ast.Name)}


def modules() -> list[Path]:
    return [path for path in files_of(*ROOMS) if "migrations" not in path.parts]


def test_the_search_finds_what_it_is_for() -> None:
    text = "AT_ONCE, MOST = 5, 6\nLONGEST: int = 7\ndef page_of(): ...\nclass A: ...\n"
    assert defined(ast.parse(text)) == {"AT_ONCE", "MOST", "LONGEST", "page_of", "A"}


@pytest.mark.parametrize("name", SAID_NOTHING)
def test_no_two_rooms_have_a_helper_of_this_name(name: str) -> None:
    owners = [str(path.relative_to(ROOT)) for path in modules() if name in defined(ast.parse(path.read_text()))]
    assert len(owners) <= 1, owners


def shared_names() -> dict[str, list[str]]:
    """The public names that more than one room defines, each with its rooms."""
    rooms: dict[str, list[str]] = {}
    for path in modules():
        if path.name not in TWINS:
            for name in defined(ast.parse(path.read_text())):
                rooms.setdefault(name, []).append(str(path.relative_to(ROOT)))
    own = {name for name in rooms if name.startswith("_") or name in ASKED_FOR}
    return {name: found for name, found in rooms.items() if len(found) > 1 and name not in own}


def test_no_further_name_is_given_twice() -> None:
    """Exact, so that whoever gives one a name of its own lowers the ceiling too."""
    found = shared_names()
    told = "\n".join(f"{name}: {', '.join(rooms)}" for name, rooms in sorted(found.items()))
    assert len(found) == SHARED, told
