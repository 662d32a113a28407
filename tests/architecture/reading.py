"""The files that tests read. A room without any is a wrong name, and fails: nothing is proved by what was not read."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def files_of(*rooms: str, ending: str = "py") -> list[Path]:
    """The files below these folders, in order. Raises AssertionError where one of them has none."""
    found = []
    for room in rooms:
        own = sorted((ROOT / room).rglob(f"*.{ending}"))
        assert own, f"{room} has no *.{ending}."
        found += own
    return found
