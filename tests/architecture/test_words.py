"""Only words that are written in our code are looked up in the catalogues: never what a person typed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Node, NodeList
from django.templatetags.i18n import TranslateNode

from tests.architecture.reading import files_of

ROOT = Path(__file__).parents[2]
OURS = ("partnerhub", "notifications", "deals", "leads", "referrals")
# What is looked up stands first, or behind a context.
FIRST = {"gettext", "gettext_lazy", "gettext_noop"}
BOTH = {"ngettext", "ngettext_lazy"}
SECOND = {"pgettext", "pgettext_lazy"}
SECOND_AND_THIRD = {"npgettext", "npgettext_lazy"}
# The words of a template, which stand written in it.
ALLOWED = {("partnerhub/web/templates.py", "gettext")}


def looked_up(tree: ast.AST) -> Iterator[tuple[str, int, list[ast.expr]]]:
    """Every call of gettext, by whatever name it was imported: (function, line, what is looked up)."""
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        function = names.get(name, name if isinstance(node.func, ast.Attribute) else "")
        if function in FIRST:
            yield function, node.lineno, node.args[:1]
        elif function in BOTH | SECOND | SECOND_AND_THIRD:
            places = slice(0, 2) if function in BOTH else slice(0, 3)
            yield function, node.lineno, node.args[: 2 if function in SECOND else None][places]


def not_constant(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for function, line, words in looked_up(tree):
        if not words or not all(isinstance(word, ast.Constant) for word in words):
            yield function, line


def sources() -> list[Path]:
    return files_of(*OURS)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from django.utils.translation import gettext as _\n_('Home')", []),
        ("from django.utils.translation import gettext as _\n_('a' 'b')", []),
        ("from django.utils.translation import gettext as _\n_(label)", [("gettext", 2)]),
        ("from django.utils.translation import gettext as _\n_(f'{x} left')", [("gettext", 2)]),
        ("from django.utils.translation import ngettext\nngettext('one', many, 2)", [("ngettext", 2)]),
        ("from django.utils.translation import pgettext\npgettext('noun', word)", [("pgettext", 2)]),
        ("from django.utils import translation\ntranslation.gettext(word)", [("gettext", 2)]),
    ],
)
def test_the_search_finds_what_it_is_for(source: str, found: list[tuple[str, int]]) -> None:
    assert list(not_constant(ast.parse(source))) == found


def test_no_variable_goes_through_gettext() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {function}"
        for path in sources()
        for function, line in not_constant(ast.parse(path.read_text()))
        if (str(path.relative_to(ROOT)), function) not in ALLOWED
    ]
    assert not wrong, "\n".join(wrong)


def translated(nodes: NodeList) -> Iterator[TranslateNode]:
    for node in nodes:
        if isinstance(node, TranslateNode):
            yield node
        for part in parts_of(node):
            yield from translated(part)


def parts_of(node: Node) -> Iterator[NodeList]:
    for _condition, part in getattr(node, "conditions_nodelists", []):
        yield part
    for name in node.child_nodelists:
        if isinstance(part := getattr(node, name, None), NodeList):
            yield part


def test_no_variable_of_a_template_goes_through_gettext() -> None:
    """`{% translate variable %}` looks up whatever the variable holds."""
    wrong = []
    for path in files_of("templates", ending="html") + files_of("templates", ending="txt"):
        template = engines["django"].engine.from_string(path.read_text())
        for node in translated(template.nodelist):
            expression = node.filter_expression
            if getattr(expression.var, "lookups", None):
                wrong.append(f"{path.relative_to(ROOT)}: {expression.token}")
    assert not wrong, "\n".join(wrong)
