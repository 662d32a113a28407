"""The controls of a list as markup: head row, sort menu, column chooser, filter menus.

They are written here and not in templates: a page has a hundred of their words and addresses, which cost a template
more than the statement of the list. What the declaration alone decides (the head of a column, the words of an order)
is drawn once per language, with a blank where the address of the page comes in; nothing is kept by what a caller types
into that address. Everything that is put in goes through `escape`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from secrets import token_hex

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from partnerhub.web.lists.columns import Column, Order
from partnerhub.web.templatetags.portal import icon_markup

Choice = tuple[str, str | Promise, bool]
"""(value, words, whether it is chosen)"""
BEFORE = f"before-{token_hex(8)}"
"""The blank for an address, or its beginning. Nobody can type it."""


def _markup(*parts: str) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every value was escaped where it was put in


def hidden_inputs(hidden: Iterable[tuple[str, str]]) -> SafeString:
    """The parameters that a form carries along."""
    return _markup(*(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden))


@dataclass(frozen=True)
class _Drawn:
    """What the columns of a list alone decide of its controls, each with a blank where the address comes in.

    `heads`: column → its head where the list is not sorted by it, and where it ascends and descends. `orders`: order →
    its words, and its entry in the menu where it is not the current one and where it is. `boxes`: column → its box in
    the chooser where it is not shown, where it is, and where it can be moved.
    """

    heads: dict[Column, tuple[str, str, str]]
    orders: dict[Order, tuple[str, str, str]]
    boxes: dict[Column, tuple[str, str, str]]


def _drawn(columns: Iterable[Column]) -> _Drawn:
    return _drawn_once(tuple(columns), get_language())


@lru_cache(maxsize=256)  # one for each list and side, in each language
def _drawn_once(columns: tuple[Column, ...], language: str | None) -> _Drawn:
    orders = [Order(column, way) for column in columns if column.sort for way in (False, True)]
    return _Drawn(
        {one: (_head(one), _head(one, "ascending"), _head(one, "descending")) for one in columns},
        {one: (_order_words(one), _entry(one), _entry(one, ' aria-current="true"')) for one in orders},
        {one: (_box(one), _box(one, " checked"), _movable(one)) for one in columns},
    )


def head_row(
    all_columns: Iterable[Column], shown: Iterable[Column], order: Order, before: str, pick: str
) -> SafeString:
    """The head row. `before`: the list's address, up to the parameter that says the order.

    Focus stays on what is pressed, by its id. `pick`: the words of the box that selects all rows; empty: there is none.
    """
    heads, way = _drawn(all_columns).heads, 2 if order.descending else 1
    row = "".join([heads[one][way if one == order.column else 0] for one in shown])
    box = f'<label class="js-only"><input type="checkbox" data-all aria-label="{escape(pick)}"></label>'
    start = f'<td class="pick">{box}</td>' if pick else ""
    return _markup('<thead data-hx-boost="true"><tr>', start, row.replace(BEFORE, escape(before)), "</tr></thead>")


def _head(column: Column, aria: str = "") -> str:
    classes = f"{column.classes} {column.wide}".strip()
    css = f' class="{classes}"' if classes else ""
    way = f' aria-sort="{aria}"' if aria else ""
    label = escape(str(column.label))
    if column.sort:
        icon = icon_markup("sortdown" if aria else "sort")
        turned = f"-{column.key}" if aria == "ascending" else column.key
        label = f'<a id="sort-{column.key}" href="{BEFORE}sort={turned}">{label}{icon}</a>'
    return f'<th scope="col"{css}{way}>{label}</th>'


def order_words(all_columns: Iterable[Column], order: Order) -> str:
    """`Company, ascending`."""
    return _drawn(all_columns).orders[order][0]


def _order_words(order: Order) -> str:
    way = _("descending") if order.descending else _("ascending")
    return _("%(label)s, %(way)s") % {"label": order.column.label, "way": way}


def sort_button(all_columns: Iterable[Column], current: Order, url: str) -> SafeString:
    """The button that says the order, for where rows are cards; its menu is fetched from `url`."""
    return _markup(
        '<button class="btn plain small sorter" type="button" popovertarget="sorts">'
        f'<span class="hide-text">{escape(_("Sorted by:"))} </span>{icon_markup("sort")}',
        f"{escape(order_words(all_columns, current))}</button>\n",
        _fetched("sorts", url, _("Sort by"), css="menu left"),
    )


def sort_choices(all_columns: Iterable[Column], current: Order, before: str) -> SafeString:
    """The orders as links. `before`: as in `head_row`."""
    orders = _drawn(all_columns).orders
    entries = "".join([now if order == current else other for order, (_words, other, now) in orders.items()])
    return _markup(f'<p class="title">{escape(_("Sort by"))}</p>\n', entries.replace(BEFORE, escape(before)))


def _entry(order: Order, current: str = "") -> str:
    return f'<a href="{BEFORE}sort={order.parameter}"{current}>{escape(_order_words(order))}</a>\n'


def _link(url: str, words: str | Promise, *, is_current: bool) -> str:
    current = ' aria-current="true"' if is_current else ""
    return f'<a href="{escape(url)}"{current}>{escape(str(words))}</a>\n'


def column_button(url: str) -> SafeString:
    """The button of the columns; their choice is fetched from `url`."""
    button = '<button class="btn plain small chooser" type="button" popovertarget="columns">'
    words = f"{icon_markup('columns')}{escape(_('Columns'))}</button>\n"
    return _markup(button, words, _fetched("columns", url, _("Show columns"), css="menu left"))


def column_choices(
    all_columns: Sequence[Column],
    shown: Sequence[Column],
    hidden: Iterable[tuple[str, str]],
    before: str,
    reset_url: str,
) -> SafeString:
    """Which columns are shown, and in which order. `hidden`: the rest of the list's address.

    `before`: the list's address, up to the parameter that says the columns.
    """
    boxes, start = _drawn(all_columns).boxes, escape(before)
    listed = [boxes[shown[0]][1]]
    listed += [boxes[shown[at]][2].replace(BEFORE, start + _earlier(shown, at)) for at in range(1, len(shown))]
    listed += [boxes[column][0] for column in all_columns if column not in shown]
    return _markup(
        f'<form method="get">{hidden_inputs(hidden)}<fieldset>\n<legend>{escape(_("Show columns"))}</legend>\n',
        *listed,
        f'</fieldset>\n<hr>\n<div class="actions"><button class="btn primary small">{escape(_("Apply"))}</button>',
        f'<a class="btn plain small" href="{escape(reset_url)}">{escape(_("Reset to default"))}</a></div>\n</form>\n',
    )


def _earlier(shown: Sequence[Column], at: int) -> str:
    """The parameters that show this column one place before."""
    keys = [column.key for column in shown]
    keys[at - 1 : at + 1] = [keys[at], keys[at - 1]]
    return "columns=" + "&amp;columns=".join(keys)


def _box(column: Column, checked: str = "") -> str:
    fixed, always = (" checked disabled", f" ({escape(_('always shown'))})") if column.always else (checked, "")
    box = f'<input type="checkbox" name="columns" value="{column.key}"{fixed}>'
    return f"<label>{box}{escape(str(column.label))}{always}</label>\n"


def _movable(column: Column) -> str:
    name = escape(_("Move %(column)s forward") % {"column": column.label})
    up = f'<a class="btn plain small square" href="{BEFORE}" aria-label="{name}">{icon_markup("up")}</a>'
    return f'<div class="order">{_box(column, " checked").rstrip()}{up}</div>\n'


def link_menu(name: str, label: str | Promise, value: str, links: SafeString) -> SafeString:
    """A filter of one choice: a chip that opens a menu of links. `value`: what is chosen, empty where nothing is."""
    start = f'<div class="menu" id="filter-{name}" data-hx-boost="true" popover>\n'
    return _markup(_chip(name, label, value), start, links, "</div>\n")


def link_choices(label: str | Promise, links: Iterable[Choice], clear_url: str) -> SafeString:
    """What stands in it. `links`: (address, words, whether it is chosen). `clear_url`: empty: nothing to clear."""
    clear = f'<hr>\n<a href="{escape(clear_url)}">{escape(_("Clear"))}</a>\n' if clear_url else ""
    drawn = [_link(url, words, is_current=is_chosen) for url, words, is_chosen in links]
    return _markup(f'<p class="title">{escape(str(label))}</p>\n', *(drawn or [_nothing()]), clear)


def box_menu(name: str, label: str | Promise, value: str, boxes: SafeString) -> SafeString:
    """A filter of many choices: a chip that opens boxes, applied together. `value`: as in `link_menu`."""
    return _markup(_chip(name, label, value), f'<div class="menu" id="filter-{name}" popover>\n', boxes, "</div>\n")


def box_choices(name: str, label: str | Promise, choices: Iterable[Choice], clear_url: str) -> SafeString:
    """What stands in it; a form around it sends it. `clear_url`: as in `link_choices`."""
    start, drawn = f"<fieldset>\n<legend>{escape(str(label))}</legend>\n", [_choice(name, one) for one in choices]
    return _markup(start, *(drawn or [_nothing()]), "</fieldset>\n", _applied(clear_url))


def _nothing() -> str:
    return f'<p class="soft">{escape(_("There is nothing to choose from."))}</p>'


def fetched_menu(name: str, label: str | Promise, value: str, chosen: Iterable[str], url: str) -> SafeString:
    """A filter whose choices are fetched from `url` when its chip is pressed. `value`: as in `link_menu`.

    Until then the menu holds what is `chosen`, so that the filters' form sends it.
    """
    words, held = _("Choose: %(label)s") % {"label": label}, hidden_inputs((name, key) for key in chosen)
    return _markup(_chip(name, label, value), _fetched(f"filter-{name}", url, words, held))


def _fetched(name: str, url: str, words: str, held: str = "", *, css: str = "menu") -> str:
    """A menu that js/lists.js fetches when it is opened; without scripts, `words` lead to its page."""
    link = f'<a href="{escape(url)}" data-fetch>{escape(words)}</a>'
    return f'<div class="{css}" id="{name}" popover>{held}{link}</div>\n'


def day_menu(label: str | Promise, value: str, days: Sequence[tuple[str, date | None]], clear_url: str) -> SafeString:
    """A span of days: a chip that opens two dates. `days`: (parameter, chosen day) of the first and of the last."""
    name, labels = days[0][0], (pgettext("day", "From"), pgettext("day", "To"))
    return _markup(
        _chip(name, label, value),
        f'<div class="menu" id="filter-{name}" popover>\n<fieldset>\n<legend>{escape(str(label))}</legend>\n',
        *(_day(text, key, day) for text, (key, day) in zip(labels, days, strict=True)),
        "</fieldset>\n",
        _applied(clear_url if value else ""),
        "</div>\n",
    )


def _day(words: str, name: str, day: date | None) -> str:
    value = f' value="{day.isoformat()}"' if day else ""
    return f'<label for="{name}">{escape(words)}</label><input type="date" id="{name}" name="{name}"{value}>\n'


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
