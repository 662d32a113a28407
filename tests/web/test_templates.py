"""Each language has its own reading of a template; and parts that are drawn once hold nothing of anybody else."""

from collections.abc import Iterator

import pytest
from django.template import Context, Engine, Template
from django.template.base import TextNode
from django.test import RequestFactory
from django.test.utils import override_script_prefix
from django.utils import translation

from partnerhub.web.templates import LanguageLoader, settle

SOURCES = {
    "frame.html": '<h1>{% translate "Leads" %}</h1>{% block body %}{% endblock %}<p>{% translate "Sign out" %}</p>',
    "page.html": (
        '{% extends "frame.html" %}{% block body %}{% if name %}{% icon "lead" %}'
        "{% blocktranslate %}{{ name }}, your account{% endblocktranslate %}{% else %}"
        '{% translate "Nobody is assigned yet." %}{% endif %}{% for one in many %}{% translate "Yes" %}{% endfor %}'
        "{% endblock %}"
    ),
    "lines.html": "<p>\n    One\n\n  {% if name %}\n    two  three{% endif %}</p>",
    "lines.txt": "One\n\n  two",
}


@pytest.fixture
def engine() -> Engine:
    made = Engine(
        builtins=[
            "django.templatetags.i18n",
            "django.templatetags.static",
            "partnerhub.web.templatetags.portal",
        ],
        loaders=[("partnerhub.web.templates.LanguageLoader", [("django.template.loaders.locmem.Loader", SOURCES)])],
    )
    assert isinstance(made.template_loaders[0], LanguageLoader)
    return made


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    translation.activate("en")


def drawn(engine: Engine, language: str, **context: object) -> str:
    with translation.override(language):
        return str(engine.get_template("page.html").render(Context(context)))


def test_a_template_reads_in_whatever_language_is_asked_for(engine: Engine) -> None:
    english, polish = drawn(engine, "en", many=[1, 2]), drawn(engine, "pl", many=[1, 2])

    assert english == "<h1>Leads</h1>Nobody is assigned yet.YesYes<p>Sign out</p>"
    assert "Nobody" not in polish
    assert "TakTak" in polish
    assert drawn(engine, "en", many=[1, 2]) == english


def test_what_a_person_is_called_stays_theirs_and_is_escaped(engine: Engine) -> None:
    for name in ("Ada", "<b>Bo</b>", "Ada"):
        page = drawn(engine, "en", name=name)
        assert f"{name.replace('<', '&lt;').replace('>', '&gt;')}, your account" in page
        assert '<svg class="icon"' in page


def test_fixed_words_become_one_text() -> None:
    template = Template('<p>{% translate "Leads" %}{% icon "lead" %}{% static "icons.svg" %}</p>{{ name }}')
    settle(template.nodelist)

    assert [isinstance(node, TextNode) for node in template.nodelist] == [True, False]
    assert template.nodelist[0].render(Context()).startswith("<p>Leads<svg")


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Leads" as word %}{{ word }}',
        "{% translate word %}",
        '{% translate "Leads"|upper %}',
        "{% icon word %}",
        "{% blocktranslate count many=many %}{{ many }} file{% plural %}{{ many }} files{% endblocktranslate %}",
    ],
)
def test_what_is_not_fixed_is_left_alone(source: str) -> None:
    template, settled = Template(source), Template(source)
    settle(settled.nodelist)

    for context in ({"word": "Leads", "many": 1}, {"word": "Triage", "many": 3}):
        assert settled.render(Context(context)) == template.render(Context(context))


def test_a_sentence_with_a_percent_sign_keeps_it() -> None:
    template = Template('{% translate "100% sure" %} {% blocktranslate %}50% off{% endblocktranslate %}')
    settle(template.nodelist)

    assert template.render(Context()) == "100% sure 50% off"


def draw_bar(name: str, token: str, path: str) -> str:
    request = RequestFactory().get(path)
    source = (
        '{% constant "components/bar.html" name=name organisation="Nordwind" roles="Referrals admin" theme="auto" %}'
    )
    with override_script_prefix("/acme/"):
        return Template(source).render(Context({"name": name, "csrf_token": token, "request": request}))


def test_a_part_drawn_once_gets_each_readers_token_and_address() -> None:
    first = draw_bar("Ada", "token1", "/acme/leads/?q=a%22b")
    second = draw_bar("Ada", "token2", "/acme/triage/")

    assert 'value="token1"' in first
    assert 'value="token2"' in second
    assert "token1" not in second
    assert 'value="/acme/leads/?q=a%22b"' in first
    assert 'value="/acme/triage/"' in second


def test_a_part_drawn_once_is_not_another_persons() -> None:
    assert "Bo" not in draw_bar("Ada", "t", "/acme/").partition('class="menu left" id="me"')[2]
    assert "Ada" not in draw_bar("Bo", "t", "/acme/")
    assert "&lt;i&gt;" in draw_bar("<i>", "t", "/acme/")


def test_lines_of_a_page_are_not_indented_and_those_of_a_letter_stay(engine: Engine) -> None:
    page, letter = (engine.get_template(name).render(Context({"name": "x"})) for name in ("lines.html", "lines.txt"))
    assert page == "<p>\nOne\n\ntwo  three</p>"
    assert letter == SOURCES["lines.txt"]
