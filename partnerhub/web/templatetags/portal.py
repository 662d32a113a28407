"""What every page uses: icons, money, dates, form fields. Cheap enough for a row of a list.

Built into every template (settings): icon, money, day, moment, ago, facts, icon_links, field and the filters
initials, number, percent, day_words, size, duration, time_of_day, moment_text, breakable, role_names, undo_url, phone,
brand_version.
Rules for numbers and dates: partnerhub/web/formats.py.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.messages.storage.base import Message
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.forms.boundfield import BoundWidget
from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from partnerhub.roles import Role
from partnerhub.web import formats
from partnerhub.web.colours import brand_version as version_of
from partnerhub.web.icons import ICON_OF_KIND
from partnerhub.web.moments import ago_markup, time_markup
from partnerhub.web.phones import phone_text
from partnerhub.web.requests import Portal

register = Library()

UNDO_TAG = "undo="
TICKS_SHOWN = 12  # ticks that are shown beneath each other; a longer list has the chosen ones first, and scrolls


# Icons


@lru_cache(maxsize=256)
def icon_markup(name: str) -> SafeString:
    """The icon from the one sprite. Hidden from screen readers: a word stands beside it or in the control's label."""
    href = f"{static('icons.svg')}#{ICON_OF_KIND.get(name, name)}"
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


class IconNode(Node):
    """An icon whose name is written in the template, or comes from the context."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        return icon_markup(str(self.name.resolve(context)))


@register.tag
def icon(parser: Parser, token: Token) -> IconNode:
    """`{% icon "plus" %}` or `{% icon status.icon %}`."""
    parts = token.split_contents()
    if len(parts) != 2:
        raise TemplateSyntaxError("icon takes one name")
    return IconNode(parser.compile_filter(parts[1]))


# Numbers, money, dates


@register.simple_tag
def money(minor: int | None, currency: str, cents: bool = False) -> str:
    """`{% money record.value_minor record.currency %}`; `cents=True` on statements. None writes nothing."""
    return "" if minor is None else _money(minor, currency, cents, formats.current_language())


@lru_cache(maxsize=4096)
def _money(minor: int, currency: str, cents: bool, language: str) -> SafeString:
    amount = formats.amount_text(minor, currency, cents=cents, language=language)
    return format_html('<span class="money"><span class="code">{}</span> {}</span>', currency, amount)


@register.simple_tag
def day(value: date | datetime | None, short: bool = False) -> str:
    """`17 Nov 2026`; `short=True` in lists drops the current year."""
    if value is None:
        return ""
    when = formats.local(value).date() if isinstance(value, datetime) else value
    return time_markup(when.isoformat(), formats.day_text(when, short=short))


@register.simple_tag
def moment(value: datetime | None, short: bool = False) -> str:
    """`17 Nov 2026, 15:20`."""
    if value is None:
        return ""
    at = formats.local(value)
    return time_markup(at.isoformat(timespec="minutes"), formats.moment_text(at, short=short))


@register.simple_tag
def ago(value: datetime | None) -> str:
    """`2 h ago`, `yesterday`, then the date; the full time shows on hover and focus. Refreshed by js/times.js."""
    if value is None:
        return ""
    exact = formats.local(value).isoformat(timespec="minutes")
    return ago_markup(exact, formats.ago_text(value), formats.current_language())


@register.filter
def time_of_day(value: datetime) -> str:
    """`15:20` in the person's zone."""
    return formats.time_text(value)


@register.filter
def moment_text(value: datetime) -> str:
    """`17 Nov 2026, 15:20` for plain text, such as a mail."""
    return formats.moment_text(value)


@register.filter
def day_words(value: date) -> str:
    """The day inside a sentence."""
    return formats.day_text(value)


@register.filter
def percent(hundredths: int) -> str:
    """Hundredths of a percent as people write them: 1250 → 12.5 %."""
    return f"{formats.decimal_text(Decimal(hundredths) / 100)}\N{NO-BREAK SPACE}%"


@register.filter
def number(value: int | None) -> str:
    return "" if value is None else formats.number_text(value)


@register.filter
def size(value: int) -> str:
    """Bytes as a person reads them: `184 KB`."""
    return formats.size_text(value)


@register.filter
def duration(value: Any) -> str:
    return formats.duration_text(value)


# Records

# Where a link may lead: a page, ours or another's, a mail or a phone call; a script is no way.
WEB_SCHEME = re.compile(r"https?://(?=[^/])", re.IGNORECASE)
BREAKS = re.compile(r"([@./])(?=\w)")
WAY = re.compile(r"https?://|mailto:|tel:|/(?!/)|[?#]", re.IGNORECASE)


@register.filter
def breakable(address: Any) -> SafeString:
    """An address as people read it: without its scheme, and broken at the end of a line after `@`, `.` or `/` only."""
    shown = WEB_SCHEME.sub("", str(address))
    shown = shown.removesuffix("/") if shown != str(address) else shown
    return mark_safe(BREAKS.sub(r"\1<wbr>", escape(shown)))  # noqa: S308 - escaped


@register.simple_tag
def facts(shown: Iterable[Mapping[str, Any]]) -> SafeString:
    """The inside of `<dl class="facts">`: label and value of each, as templates/components/facts.html takes them."""
    return mark_safe("".join(_fact(fact) for fact in shown if fact["value"] not in (None, "")))  # noqa: S308 - escaped


def _fact(fact: Mapping[str, Any]) -> str:
    value: str = conditional_escape(fact["value"])
    if (url := fact.get("url")) and WAY.match(str(url)):
        value = f'<a href="{escape(url)}" rel="noopener noreferrer">{breakable(fact["value"])}</a>'
    whole, prose = (' class="whole"', ' class="prose"') if fact.get("whole") else ("", "")
    return f"<div{whole}><dt>{conditional_escape(fact['label'])}</dt><dd{prose}>{value}</dd></div>"


@register.simple_tag
def icon_links(records: Iterable[Any]) -> SafeString:
    """Records as items of a list, each with the icon of its kind: [{title, url, kind}]."""
    item = '<li><a href="{}">{}<span>{}</span></a></li>'
    return format_html_join("", item, ((one.url, icon_markup(one.kind), one.title) for one in records))


# People


@register.filter
def initials(name: str) -> str:
    """`Maren Feddersen` → `MF`, `Nordwind` → `NO`; a mail address counts as its part before the @."""
    words = [word for word in name.split("@", maxsplit=1)[0].replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]
    return letters.upper()


@register.filter
def role_names(roles: Iterable[str]) -> str:
    """`account-admin, finance` in words."""
    return ", ".join(str(Role(role).label) for role in roles)


# Forms


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    width: str = "",
    help: str | None = None,
    seen_by: str = "",
    kind: str = "",
    label: str = "",
    **attrs: Any,
) -> dict[str, Any]:
    """A form field with label, required mark, help, who can see it, and its error. See templates/components/field.html.

    `help` and `label` take the place of the form's own words; an empty help draws none. Further keywords become
    attributes of the control; `_` reads as `-`: `data_max_bytes=1000`.
    """
    widget = bound.field.widget
    bound.help_text = help_text = bound.help_text if help is None else help  # else Django names a help not drawn
    described = [f"{bound.auto_id}_helptext"] if help_text else []
    described += [f"{bound.auto_id}_seen"] if seen_by else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    shape = kind or _shape(widget)
    given = {name.replace("_", "-"): value for name, value in attrs.items()}
    if described:
        given["aria-describedby"] = " ".join(described)
    if shape == "switch":
        given["role"] = "switch"
    return {
        "field": bound,
        "label": label or bound.label,
        "width": width,
        "help": help_text,
        "seen_by": seen_by,
        "shape": shape,
        "control": bound if shape == "group" else bound.as_widget(attrs=given),
        "options": _options(bound) if shape == "group" else (),
        "many": TICKS_SHOWN,
        "described": " ".join(described),
        "required": bound.field.required,
    }


def _options(bound: BoundField) -> list[BoundWidget]:
    """The choices of a group; of many, the chosen ones first."""
    options = list(bound)
    return options if len(options) <= TICKS_SHOWN else sorted(options, key=lambda option: not option.data["selected"])


def _shape(widget: Any) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "tick"
    return "textarea" if isinstance(widget, Textarea) else "select" if isinstance(widget, Select) else "input"


register.filter("phone", phone_text)


@register.filter
def brand_version(tenant: Portal | None) -> str:
    """The word by which the address of a tenant's colours changes when they do; a tenant without a brand has none."""
    return version_of(tenant.brand_hue, tenant.brand_chroma) if tenant else ""


# Messages


@register.filter
def undo_url(message: Message) -> str:
    """Where a message's Undo posts to: `messages.success(request, text, extra_tags=f"undo={url}")`."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO_TAG) if tags.startswith(UNDO_TAG) else ""
