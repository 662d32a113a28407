"""The address of a list, and others that differ from it in one thing: each control on its page is one of them."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from partnerhub.web.lists.saved import LEFT, OPEN

CHOOSE = "choose"
"""The parameter that asks for one of the list's menus: `columns`, `sort`, or the name of a filter."""


class Address:
    """The list's address, and others that differ from it in one thing. A cursor does not outlive any change.

    `view`: the saved view that the address opens (`is_open`) or has left. What changes leaves it; its pages do not.
    `plain`: the parameters of the list without any.
    """

    def __init__(self, query: QueryDict, *, view: str = "", is_open: bool = False, plain: str = "?") -> None:
        self.query = query
        self.view = view
        self.is_open = is_open
        self.plain = plain

    def without(self, *names: str) -> str:
        return self._written(self._all_but(OPEN, *names))

    def before(self, *names: str) -> str:
        """The address without these parameters, up to where another one is written behind it."""
        written = urlencode(self._all_but(OPEN, *names), doseq=True)
        return f"?{written}&" if written else "?"

    def hidden(self, *names: str) -> list[tuple[str, str]]:
        """The parameters that a form beside the list has to carry along: all but these."""
        return _pairs(self._all_but(OPEN, *names))

    def same_with(self, **values: str) -> str:
        """Another page of the same."""
        return self._written(self._same() | values)

    def same_without(self, *names: str) -> str:
        return self._written(self._same(*names))

    def same_hidden(self, *names: str) -> list[tuple[str, str]]:
        """What a form carries along that shows the same in another size."""
        return _pairs(self._same(*names))

    def _written(self, parameters: dict[str, Any]) -> str:
        return f"?{urlencode(parameters, doseq=True)}" if parameters else self.plain

    def _same(self, *names: str) -> dict[str, Any]:
        kept = self._all_but(*names)
        return {OPEN: [self.view]} | {name: kept[name] for name in ("size",) if name in kept} if self.is_open else kept

    def _all_but(self, *names: str) -> dict[str, Any]:
        left = {LEFT: [self.view]} if self.view and LEFT not in names else {}
        out = {"cursor", CHOOSE, LEFT, *names}
        return {name: values for name, values in self.query.lists() if name not in out} | left


def _pairs(parameters: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in parameters.items() for value in values]
