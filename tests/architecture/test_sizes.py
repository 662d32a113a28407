"""Files and lines that a reader can take in: Python files by their lines, template lines by their characters."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from partnerhub.web.lists import ListOf
from tests.architecture.test_names import modules

ROOT = Path(__file__).parents[2]
MOST_LINES = 320
MOST_CHARACTERS = 160
MOST_OF_A_LIST = 40
LONGER_LISTS = {"LeadList": 100}
"""The leads have words for four kinds of reader, in files what no page has, and find their pages by one statement
of their own whatever the filters. Lower the number whenever the list gets shorter."""


def too_long(path: Path, most: int) -> list[str]:
    """The lines of a file with more than `most` characters: file, number, length."""
    lines = enumerate(path.read_text().splitlines(), start=1)
    return [f"{path.relative_to(ROOT)}:{number}: {len(line)}" for number, line in lines if len(line) > most]


def test_no_file_of_the_product_has_more_lines_than_a_reader_takes_in() -> None:
    """A longer one becomes a folder of the same name; callers do not change (style.md: rooms)."""
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}
    assert len(lines) > 500
    assert {path: number for path, number in lines.items() if number > MOST_LINES} == {}


def test_no_line_of_a_template_has_more_characters_than_fit_on_a_screen() -> None:
    templates = [path for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()]
    assert len(templates) > 150
    assert [line for path in templates for line in too_long(path, MOST_CHARACTERS)] == []


def test_a_line_that_is_too_long_is_found() -> None:
    assert [line.rpartition(":")[0] for line in too_long(Path(__file__), 115)] == []
    assert too_long(Path(__file__), 20)


def lists(of: type[ListOf] = ListOf) -> Iterator[type[ListOf]]:
    """Every list of the product, however it derives."""
    for one in of.__subclasses__():
        yield from lists(one)
        if not one.__module__.startswith("tests."):
            yield one


def test_a_list_is_declared_in_forty_lines() -> None:
    """The measure of issue 8: what a list says twice, its columns bring."""
    for roof in ("urls", "api_urls"):
        import_module(f"partnerhub.{roof}")
    lines = {one.__name__: len(inspect.getsource(one).splitlines()) for one in lists()}
    assert len(lines) > 20
    assert {name: number for name, number in lines.items() if number > MOST_OF_A_LIST} == LONGER_LISTS
