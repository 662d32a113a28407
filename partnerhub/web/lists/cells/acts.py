"""Cells with what can be done with one row: a button for each act, or a link to what it asks first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise

from partnerhub.web.lists.addresses import SAMPLE
from partnerhub.web.lists.cells.ground import Control, Look, Read, Writer, reader

FORM = "row-act"
"""The form that the buttons send: templates/components/list/act_form.html."""


@dataclass(frozen=True)
class Act:
    """What can be done with a row. `to`: the name of the pattern of its address, which takes the row's id.

    Who lacks the `permission` does not have it; `offered`: (row, member) → whether it can be done with this row at all.
    One that `asks` first opens a dialog; of others the button sends the version of the row, where it has one. The `key`
    presses it in the row that has the focus.
    """

    label: str | Promise
    to: str
    permission: str = ""
    offered: Callable[[Any, Any], bool] = lambda row, member: True
    asks: bool = False
    css: str = ""
    key: str = ""

    def writer(self, name: Callable[[Any], Any]) -> Writer:
        """(row) → the button or the link. `name` reads what the row is called."""
        before, after = reverse(self.to, args=[SAMPLE]).split(str(SAMPLE))
        css, label = f"btn small {self.css}".strip(), escape(str(self.label))
        key = f' data-key="{self.key}"' if self.key else ""

        def write(row: Model) -> str:
            url = f"{before}{row.pk}{after}"
            words = f'{label}<span class="hide-text">, {escape(str(name(row)))}</span>'
            if self.asks:
                return f'<a class="{css}" href="{url}" data-dialog{key}>{words}</a>'
            version = getattr(row, "version", None)
            seen = "" if version is None else f' name="version" value="{version}"'
            return f'<button class="{css}" form="{FORM}" formaction="{url}"{seen}{key}>{words}</button>'

        return write


@dataclass(frozen=True)
class Acts(Control):
    """The acts of a row, the main one first. `name`: what the row is called, for who does not see which row it is."""

    name: Read
    acts: Sequence[Act]

    def html(self, look: Look) -> Writer:
        read, member = reader(self.name), look.membership
        mine = [(one, one.writer(read)) for one in self.acts if not one.permission or member.can(one.permission)]
        return lambda row: (
            f'<div class="actions">{"".join(write(row) for one, write in mine if one.offered(row, member))}</div>'
        )
