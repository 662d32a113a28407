"""Nothing is kept that nobody uses: classes of the stylesheets, exports of the scripts."""

import re
from pathlib import Path

from tests.architecture.test_names import modules

ROOT = Path(__file__).parents[2]
BY_LIBRARIES = {"htmx-request"}  # classes that htmx sets


def styled(css: str) -> set[str]:
    """The classes that a stylesheet names, outside comments and strings."""
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r'/\*.*?\*/|url\([^)]*\)|"[^"]*"', "", css, flags=re.DOTALL)))


def scripts() -> dict[Path, str]:
    return {path: path.read_text() for path in sorted((ROOT / "static" / "js").glob("*.js"))}


def test_the_search_finds_what_it_is_for() -> None:
    assert styled('.a > .b-c::after { content: ".d"; background: url(e.svg) } /* .f */ .g.h {}') == {
        "a",
        "b-c",
        "g",
        "h",
    }


def test_each_class_of_the_stylesheets_is_on_a_page() -> None:
    sheets = [path for path in (ROOT / "static" / "css").rglob("*.css") if path.name != "portal.css"]
    classes = {name for path in sheets for name in styled(path.read_text())}
    pages = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    words = set(
        re.findall(r"[\w-]+", " ".join([*pages, *scripts().values(), *(path.read_text() for path in modules())]))
    )
    assert len(classes) > 100
    assert classes - words - BY_LIBRARIES == set()


def test_each_export_of_a_script_is_imported_by_another() -> None:
    texts = scripts()
    exports = {
        (path, name)
        for path, text in texts.items()
        for name in re.findall(r"export (?:async )?(?:function|const|class|let) (\w+)", text)
    }
    assert len(exports) > 20
    assert {
        f"{path.name}: {name}"
        for path, name in exports
        if not any(re.search(rf"\b{name}\b", text) for other, text in texts.items() if other != path)
    } == set()
