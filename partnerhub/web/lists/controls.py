"""The controls of a list as markup: head row, sort menu, column chooser, filter menus.

They are written here and not in templates: a page has a hundred of their words and addresses, which cost a template
more than the statement of the list. They are drawn for each page and kept nowhere: their words and addresses follow
what a caller types into the address. Everything that is put in goes through `escape`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partnerhub.web.templatetags.portal import icon_markup

Choice = tuple[str, str | Promise, bool]
"""(value, words, whether it is chosen)"""


def _markup(*parts: str) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every value was escaped where it was put in


def hidden_inputs(hidden: Iterable[tuple[str, str]]) -> SafeString:
    """The parameters that a form carries along."""
    return _markup(*(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden))


def head_row(heads: Sequence[dict[str, Any]], *, pick: bool = False) -> SafeString:
    """The head row. `heads`: {key, label, css, url, aria} of each column. Focus stays on what is pressed, by its id.

    `pick`: rows have a box before them; the one in the head selects all.
    """
    box = f'<input type="checkbox" data-all aria-label="{escape(_("Select all rows on this page"))}">'
    boxes = f'<td class="pick"><label class="js-only">{box}</label></td>' if pick else ""
    return _markup(f'<thead data-hx-boost="true"><tr>{boxes}', *map(_head, heads), "</tr></thead>")


def _head(head: dict[str, Any]) -> str:
    css = f' class="{head["css"]}"' if head["css"] else ""
    aria = f' aria-sort="{head["aria"]}"' if head["aria"] else ""
    label = escape(str(head["label"]))
    if head["url"]:
        icon = icon_markup("sortdown" if aria else "sort")
        label = f'<a id="sort-{head["key"]}" href="{escape(head["url"])}">{label}{icon}</a>'
    return f'<th scope="col"{css}{aria}>{label}</th>'


def sort_menu(sorts: dict[str, Any]) -> SafeString:
    """The orders as a menu, for where rows are cards. `sorts`: {entries: [{label, url, current}], current}."""
    return _markup(
        '<button class="btn plain small sorter" type="button" popovertarget="sorts">'
        f'<span class="hide-text">{escape(_("Sorted by:"))} </span>{icon_markup("sort")}{escape(sorts["current"])}',
        '</button>\n<div class="menu left" id="sorts" data-hx-boost="true" popover>\n',
        f'<p class="title">{escape(_("Sort by"))}</p>\n',
        *(_link(entry["url"], entry["label"], is_current=entry["current"]) for entry in sorts["entries"]),
        "</div>\n",
    )


def _link(url: str, words: str | Promise, *, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    return f'<a href="{escape(url)}"{current}>{escape(str(words))}</a>\n'


def column_chooser(columns: Sequence[dict[str, Any]], hidden: Iterable[tuple[str, str]], reset_url: str) -> SafeString:
    """Which columns are shown, and in which order. `hidden`: the rest of the list's address.

    `columns`: {key, label, always, chosen, earlier_url}.
    """
    return _markup(
        '<button class="btn plain small chooser" type="button" popovertarget="columns">',
        f"{icon_markup('columns')}{escape(_('Columns'))}</button>\n",
        f'<form class="menu left" id="columns" data-hx-boost="true" popover method="get">\n{hidden_inputs(hidden)}',
        f"<fieldset>\n<legend>{escape(_('Show columns'))}</legend>\n",
        *map(_column, columns),
        f'</fieldset>\n<hr>\n<div class="actions"><button class="btn primary small">{escape(_("Apply"))}</button>',
        f'<a class="btn plain small" href="{escape(reset_url)}">{escape(_("Reset to default"))}</a></div>\n</form>\n',
    )


def _column(column: dict[str, Any]) -> str:
    checked = " checked" if column["chosen"] or column["always"] else ""
    disabled, always = (" disabled", f" ({escape(_('always shown'))})") if column["always"] else ("", "")
    box = f'<input type="checkbox" name="columns" value="{column["key"]}"{checked}{disabled}>'
    words = escape(str(column["label"]))
    if not column["earlier_url"]:
        return f"<label>{box}{words}{always}</label>\n"
    name = escape(_("Move %(column)s forward") % {"column": column["label"]})
    where = f'href="{escape(column["earlier_url"])}" aria-label="{name}"'
    up = f'<a class="btn plain small square" {where}>{icon_markup("up")}</a>'
    return f'<div class="order"><label>{box}{words}{always}</label>{up}</div>\n'


def link_menu(name: str, label: str | Promise, value: str, links: Iterable[Choice], clear_url: str) -> SafeString:
    """A filter of one choice: a chip that opens a menu of links. `links`: (address, words, whether it is chosen).

    `value`: the chosen words, empty where nothing is chosen.
    """
    clear = f'<hr>\n<a href="{escape(clear_url)}">{escape(_("Clear"))}</a>\n' if value else ""
    return _markup(
        _chip(name, label, value),
        f'<div class="menu" id="filter-{name}" data-hx-boost="true" popover>\n',
        f'<p class="title">{escape(str(label))}</p>\n',
        *(_link(url, words, is_current=is_chosen) for url, words, is_chosen in links),
        f"{clear}</div>\n",
    )


def box_menu(name: str, label: str | Promise, value: str, choices: Iterable[Choice], clear_url: str) -> SafeString:
    """A filter of many choices: a chip that opens boxes, applied together. `value`: as in `link_menu`."""
    return _markup(
        _chip(name, label, value),
        f'<div class="menu" id="filter-{name}" popover>\n<fieldset>\n<legend>{escape(str(label))}</legend>\n',
        *(_choice(name, choice) for choice in choices),
        "</fieldset>\n",
        _applied(clear_url if value else ""),
        "</div>\n",
    )


def day_menu(label: str | Promise, value: str, days: Sequence[tuple[str, date | None]], clear_url: str) -> SafeString:
    """A span of days: a chip that opens two dates. `days`: (parameter, chosen day) of the first and of the last."""
    name, labels = days[0][0], (pgettext("day", "From"), pgettext("day", "To"))
    return _markup(
        _chip(name, label, value),
        f'<div class="menu" id="filter-{name}" popover>\n<fieldset>\n<legend>{escape(str(label))}</legend>\n',
        *(
            f'<label for="{key}">{escape(text)}</label>'
            f'<input type="date" id="{key}" name="{key}" value="{day.isoformat() if day else ""}">\n'
            for text, (key, day) in zip(labels, days, strict=True)
        ),
        "</fieldset>\n",
        _applied(clear_url if value else ""),
        "</div>\n",
    )


def _chip(name: str, label: str | Promise, value: str) -> str:
    on, shown = (" on", f": <b>{escape(value)}</b>") if value else ("", "")
    words = f"{escape(str(label))}{shown}{icon_markup('down')}"
    return f'<button class="chip{on}" type="button" popovertarget="filter-{name}">{words}</button>\n'


def _applied(clear_url: str) -> str:
    """The foot of a menu whose choices hold together. `clear_url`: empty where there is nothing to clear."""
    clear = f'<a class="btn plain small" href="{escape(clear_url)}">{escape(_("Clear"))}</a>' if clear_url else ""
    apply = f'<button class="btn primary small">{escape(_("Apply"))}</button>'
    return f'<hr>\n<div class="actions" data-hx-boost="true">{apply}{clear}</div>\n'


def _choice(name: str, choice: Choice) -> str:
    value, words, is_chosen = choice
    checked = " checked" if is_chosen else ""
    box = f'<input type="checkbox" name="{name}" value="{escape(value)}"{checked}>'
    return f"<label>{box}{escape(str(words))}</label>\n"
