"""Templates as they read in one language.

What a template says in fixed words costs a look-up each time it is drawn, and a page has a hundred of them. So each
language has a template of its own, in which fixed sentences, icons and addresses of static files are plain text.
"""

import re
from collections.abc import Sequence
from threading import RLock
from typing import Any

from django.template import Context, Engine, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language, gettext

from partnerhub.web.templatetags.portal import IconNode

INDENTATION = re.compile(r"\s*\n\s*")
"""Where a template begins a new line: one is enough for a browser, wherever it stands."""


class LanguageLoader(cached.Loader):
    """Django's cached loader, with one entry per template and language."""

    def __init__(self, engine: Engine, loaders: Sequence[Any]) -> None:
        super().__init__(engine, loaders)
        self._settled: dict[str, Template] = {}
        self._settling = RLock()  # nobody may draw a template while its parts are being exchanged

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()}:{super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        key = self.cache_key(template_name, skip)
        found = self._settled.get(key)
        if found is None:
            with self._settling:
                found = super().get_template(template_name, skip)
                if key not in self._settled:
                    settle(found.nodelist, is_page=template_name.endswith(".html"))
                    self._settled[key] = found
        return found

    def reset(self) -> None:
        self._settled.clear()
        super().reset()


def settle(nodes: NodeList, *, is_page: bool = False) -> None:
    """Write what is fixed in the active language as text, here and in every part of the template.

    `is_page`: how lines are indented means nothing to who reads it.
    """
    settled: list[Node] = []
    for node in nodes:
        for part in _parts(node):
            settle(part, is_page=is_page)
        text = _fixed(node)
        if is_page and isinstance(node, TextNode):
            text = INDENTATION.sub("\n", node.s)
        if text is None:
            settled.append(node)
        elif settled and isinstance(settled[-1], TextNode):
            settled[-1] = TextNode(settled[-1].s + text)
        else:
            settled.append(TextNode(text))
    nodes[:] = settled


def _parts(node: Node) -> list[NodeList]:
    if hasattr(node, "conditions_nodelists"):
        return [part for _condition, part in node.conditions_nodelists]
    parts: list[Any] = [getattr(node, name, None) for name in node.child_nodelists]
    return [part for part in parts if isinstance(part, NodeList)]


def _fixed(node: Any) -> str | None:
    """What the node says, if that can never be anything else."""
    if getattr(node, "asvar", None) or getattr(node, "varname", None):
        return None
    match node:
        case TextNode():
            return node.s
        case TranslateNode():
            is_fixed = _is_literal(node.filter_expression) and _is_literal(node.message_context)
        case BlockTranslateNode():
            words, names = node.render_token_list(node.singular)
            return None if names or node.plural or node.message_context else gettext(words) % {}
        case IconNode():
            is_fixed = _is_literal(node.name)
        case StaticNode():
            is_fixed = _is_literal(node.path)
        case _:
            return None
    return str(node.render(Context())) if is_fixed else None


def _is_literal(expression: FilterExpression | None) -> bool:
    """Whether it is written out in the template (or left out), with no filter on it."""
    if expression is None:
        return True
    value = expression.var
    return not expression.filters and not (isinstance(value, Variable) and value.lookups is not None)
