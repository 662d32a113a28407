import re

import pytest

from partnerhub.embedded import messages

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "Hello %(name)s."
msgstr "{translation}"
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A project of one template with one sentence, and its Polish catalogue."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("{% blocktranslate %}Hello {{ name }}.{% endblocktranslate %}")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALE_FOLDER", tmp_path / "locale")
    file = tmp_path / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    return file


def told(catalogue, translation):
    catalogue.write_text(CATALOGUE.format(translation=translation))
    return list(messages.problems())


def test_a_translated_sentence_is_no_problem(catalogue):
    assert told(catalogue, "Witaj, %(name)s.") == []


@pytest.mark.parametrize(
    ("translation", "problem"),
    [("", "not translated: Hello %(name)s."), ("Witaj, %(nome)s.", "other placeholders: Hello %(name)s.")],
)
def test_what_is_missing_or_would_break_is_told(catalogue, translation, problem):
    assert told(catalogue, translation) == [f"locale/pl/LC_MESSAGES/django.po: {problem}"]


def test_a_missing_catalogue_is_a_problem(catalogue):
    assert list(messages.problems()) == ["locale/pl/LC_MESSAGES/django.po: not translated: Hello %(name)s."]


def test_a_templates_indentation_is_its_own_affair(catalogue):
    (messages.ROOT / "templates" / "other.html").write_text('<p>\n    {% translate "One" %}\n  {% translate "Two" %}')
    assert [line.rpartition(": ")[2] for line in told(catalogue, "Witaj, %(name)s.")] == ["One", "Two"]


def test_a_sentence_in_the_braces_of_an_f_string_is_collected(catalogue):
    (messages.ROOT / "deals").mkdir()
    (messages.ROOT / "deals" / "drawn.py").write_text("html = f'<p>{escape(_(\"One\"))}' f'<b>{[_(\"Two\")]}</b>'")
    assert [line.rpartition(": ")[2] for line in told(catalogue, "Witaj, %(name)s.")] == ["One", "Two"]


def test_updating_adds_new_sentences_and_keeps_translations(catalogue):
    told(catalogue, "Witaj, %(name)s.")
    (messages.ROOT / "templates" / "other.html").write_text('{% translate "Goodbye" %}')
    messages.update_catalogues()
    assert list(messages.problems()) == ["locale/pl/LC_MESSAGES/django.po: not translated: Goodbye"]


def test_updating_twice_changes_nothing(catalogue):
    told(catalogue, "Witaj, %(name)s.")
    messages.update_catalogues()
    once = catalogue.read_text()
    messages.update_catalogues()
    assert catalogue.read_text() == once


def test_a_greeting_may_leave_the_name_out(catalogue):
    """The vocative cannot be built from data."""
    (messages.ROOT / "templates" / "page.html").write_text(
        "{% blocktranslate %}Good morning, {{ name }}{% endblocktranslate %}"
    )
    catalogue.write_text(CATALOGUE.replace("Hello %(name)s.", "Good morning, %(name)s").format(translation="Witaj"))
    assert list(messages.problems()) == []


def test_every_name_that_gettext_goes_by_is_collected():
    """What a module calls by another name would be missing from every catalogue, and nobody told."""
    aliases = {
        name
        for file in messages._sources()
        if file.suffix == ".py"
        for name in re.findall(r"\bn?p?gettext(?:_lazy|_noop)? as (\w+)", file.read_text())
    }
    assert "_now" in aliases
    assert aliases <= set(messages.KEYWORDS)
