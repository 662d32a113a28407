"""Styles, scripts, icons and templates fit together, and keep to the content security policy."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template.loader import get_template

from partnerhub.states import MACHINES
from partnerhub.web.icons import ICON_OF_KIND
from partnerhub.web.management.commands import build_css
from partnerhub.web.navigation import all_places
from partnerhub.web.phrases import PHRASES
from tests.declared import declared_lists

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text()))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_one_stylesheet_is_up_to_date() -> None:
    call_command("build_css", check=True)


def test_an_old_stylesheet_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "portal.css").write_text("old")
    monkeypatch.setattr(build_css, "css_folder", lambda: tmp_path)
    with pytest.raises(CommandError):
        call_command("build_css", check=True)


def test_a_smaller_stylesheet_means_the_same() -> None:
    css = '/* why */\na:hover  { color : red ;  margin: 0 auto; }\n.x::before { content: "a  /* b */ ; c"; }'
    assert build_css.smaller(css) == 'a:hover{color : red;margin:0 auto}.x::before{content:"a  /* b */ ; c"}'


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_compiles(path: Path) -> None:
    get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", [path for path in TEMPLATES if "mail" not in path.parts], ids=name_of)
def test_no_template_styles_or_scripts_in_place(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_icon_that_is_named_is_drawn(path: Path) -> None:
    named = set(re.findall(r'{% icon "([\w-]+)" %}', path.read_text()))
    assert named - SPRITE - set(ICON_OF_KIND) == set()


def test_kinds_of_records_have_icons() -> None:
    assert set(ICON_OF_KIND.values()) - SPRITE == set()


def test_places_lists_and_acts_name_icons_that_are_drawn() -> None:
    lists = declared_lists().values()
    named = {place.icon for place in all_places()} | {one.nothing_yet.icon for one in lists}
    named |= {act.icon for one in lists for act in one.bulk}
    named |= {icon for machine in MACHINES.values() for _tone, icon in machine.tones.values()}
    named |= {told.icon for machine in MACHINES.values() for told in machine.told() if told.icon}
    assert len(named) > 20
    assert named - SPRITE - set(ICON_OF_KIND) == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_scripts_say_only_phrases_that_exist(path: Path) -> None:
    keys = set(re.findall(r'\b(?:phrase|tell)\("([\w-]+)"', path.read_text()))
    assert keys - set(PHRASES) == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_scripts_write_text_never_markup(path: Path) -> None:
    assert not re.search(
        r"\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", path.read_text()
    )


def test_what_scripts_import_is_there() -> None:
    wanted = {
        name
        for path in SCRIPTS
        for name in re.findall(r'(?:from |import |import\()"\./([\w-]+\.js)"', path.read_text())
    }
    assert wanted - {path.name for path in SCRIPTS} == set()
