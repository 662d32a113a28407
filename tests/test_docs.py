"""What the docs name is there: pages they link to, files, make targets, management commands."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "partnerhub" / "docs").glob("*.md"))]
FOLDERS = (ROOT, ROOT / "partnerhub")  # where a path in the docs may begin
PATH = re.compile(r"\.?[a-z][\w.-]*(?:/[\w.-]+)+/?|[\w.-]+\.(?:toml|yml|lock|md)")
MADE = {"var/demo.json", "var/sbom.json"}  # by running the portal


def is_there(path: str) -> bool:
    return path in MADE or any((folder / path).exists() for folder in FOLDERS)


def paths_in(text: str) -> set[str]:
    """What looks like a path of ours, in code: with a folder in it, or a file at the top."""
    code = re.findall(r"`([^`\n]+)`|^ {4}(.*)$", text, re.MULTILINE)
    words = {word.strip(",;()") for line in code for word in "".join(line).split()}
    return {word for word in words if PATH.fullmatch(word) and not word.startswith(".venv/")}


def test_the_readme_is_short() -> None:
    assert len(README.read_text().splitlines()) <= 90


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text())
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_files_are_there(document: Path) -> None:
    assert sorted(path for path in paths_in(document.read_text()) if not is_there(path)) == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_commands_are_there(document: Path) -> None:
    text = document.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    made = set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", text, re.MULTILINE))
    managed = set(re.findall(r"manage\.py (\w+)", text))
    assert made <= targets
    assert managed <= {*get_commands(), "lintmigrations"}


def test_every_page_is_on_the_map() -> None:
    linked = set(re.findall(r"\]\(partnerhub/docs/([\w-]+\.md)\)", README.read_text()))
    assert linked == {page.name for page in PAGES} - {"README.md"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see `leads/tables.py` and `leads.urls.page`", {"leads/tables.py"}),
        ("in `partnerhub/notes/uploads/`,", {"partnerhub/notes/uploads/"}),
        ("    psql --file=x partnerhub/tenancy/sql/prepare.sql", {"partnerhub/tenancy/sql/prepare.sql"}),
        ("`pyproject.toml`, `states.py`", {"pyproject.toml"}),
        ("`/readyz` and `POST /hooks/mail/`", set()),
    ],
)
def test_the_search_finds_what_it_is_for(text: str, found: set[str]) -> None:
    assert paths_in(text) == found


def test_the_table_of_storeys_stands_in_the_order_of_the_contract() -> None:
    storeys = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
    table = (ROOT / "partnerhub" / "docs" / "contributing.md").read_text().partition("## Storeys")[2]
    packages = [
        line.split("|")[2] for line in table.splitlines() if line.startswith("| ") and "`" in line.split("|")[2]
    ]
    rows = [
        [next(n for n, cell in enumerate(packages) if re.search(rf"\b{name}\b", cell)) for name in named]
        for named in ([one.removeprefix("partnerhub.") for one in storey.split(" | ")] for storey in storeys)
    ]
    assert all(max(upper) <= min(lower) for upper, lower in pairwise(rows)), rows
