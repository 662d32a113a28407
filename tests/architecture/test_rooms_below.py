"""No room below knows a word of a business app above it: apps register with it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = re.compile(r"(?<![a-z])(lead|referral|deal|compan(y|ie)|contact|triage)s?(?![a-z])", re.IGNORECASE)
ROOMS = ("notifications", "templates/notifications", "templates/mail")


def words_of_apps(text: str) -> list[str]:
    return [found[0] for found in WORDS.finditer(text)]


@pytest.mark.parametrize("text", ["Your leads", "lead_words", "LEAD", "{% url 'deals:company' %}", "referral.recorded"])
def test_the_search_finds_what_it_is_for(text: str) -> None:
    assert words_of_apps(text)
    assert not words_of_apps("misleading dealer, plead, ideal")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_below_has_no_word_of_an_app_above(room: str) -> None:
    paths = [path for path in (ROOT / room).rglob("*.*") if path.suffix in {".py", ".html", ".txt"}]
    assert paths
    found = [
        f"{path.relative_to(ROOT)}:{number}: {words}"
        for path in sorted(paths)
        if "migrations" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (words := words_of_apps(line))
    ]
    assert not found, "\n".join(found)
