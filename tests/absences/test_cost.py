"""What a record costs: the lines of absences, counted, under the 600 that a record may cost."""

from collections.abc import Iterator
from pathlib import Path

from tests.brought import ROOT

APP = ROOT / "partnerhub" / "absences"
ROOF = ("partnerhub/settings/__init__.py", "partnerhub/urls.py", "partnerhub/api_urls.py")
ROOMS = {
    "states.py": "words, looks, steps with all that is asked and told of them",
    "models.py": "the table",
    "selectors.py": "who sees which",
    "services.py": "verbs, by hand and by the clock",
    "letters.py": "mails",
    "tables.py": "the list with its files and views",
    "views.py": "the record's page, and the form of a new one",
    "api.py": "list, export, read, create, steps",
    "demo.py": "some in the demo",
    "apps.py": "what is made known to the rooms below",
}
MOST = 600


def rooms() -> Iterator[Path]:
    """The files of the record itself. What covers for the absent stands apart, in `cover.py`."""
    return (file for file in APP.rglob("*.py") if "migrations" not in file.parts and file.name != "cover.py")


def lines_of(file: Path) -> int:
    return len(file.read_text().splitlines())


def roof_lines() -> int:
    return sum("absences" in line for name in ROOF for line in (ROOT / name).read_text().splitlines())


def table() -> str:
    """The table as the docs have it."""
    counted = {file.name: lines_of(file) for file in rooms()}
    rest = sum(many for name, many in counted.items() if name not in ROOMS)
    rows = [(f"`{name}`", about, counted[name]) for name, about in ROOMS.items()]
    rows += [("`urls.py`, `api_urls.py`, `tasks.py`", "addresses, the beat’s task", rest)]
    rows += [("the roof", "settings and addresses", roof_lines())]
    rows += [("**all**", "", sum(many for *_words, many in rows))]
    lines = ["| where | what | lines |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    return "\n".join(lines)


def test_a_record_with_machine_list_pages_api_and_mails_costs_under_600_lines() -> None:
    assert not (ROOT / "templates" / "absences").exists(), "templates count as well"
    assert sum(map(lines_of, rooms())) + roof_lines() < MOST
    assert lines_of(APP / "tables.py") <= 40


def test_the_docs_have_the_count_as_it_is() -> None:
    said = (ROOT / "partnerhub" / "docs" / "contributing.md").read_text()
    assert table() in said, f"contributing.md, “What a record costs”:\n{table()}"
