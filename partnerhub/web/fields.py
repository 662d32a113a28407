"""The fields of forms: each takes what a person types, says what is wrong with it, and brings it in shape."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from partnerhub.web import field_words as words
from partnerhub.web.folding import SCHEME, email_domain, fold, host_of, readable_host, visible
from partnerhub.web.sorting import country_choices

UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
EARLIEST = date(2000, 1, 1)
LATE = timedelta(days=366)
AHEAD = timedelta(days=10 * 366)
LARGEST_NUMBER = 1_000_000
TICKED = {True, "on", "true", "True", "1", "yes"}
UNTICKED = {False, None, "", "off", "false", "False", "0", "no"}


def plain_text(value: Any, *, lines: bool = False) -> str:
    """Text as it is kept: nothing that cannot be seen, one line unless `lines`. Raises ValidationError for others."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValidationError(words.NOT_TEXT, code="type")
    if UNPRINTABLE.search(value):
        raise ValidationError(words.UNPRINTABLE_WORDS, code="characters")
    text = visible(value)
    if lines:
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(text.split())


class VisibleField(forms.CharField):
    """Words as they were typed, without what cannot be seen. Every field of words and names of ours is one.

    A form that is shown again leaves it out too: a mark of the writing direction would turn what stands beside it.
    """

    def to_python(self, value: Any) -> Any:
        return super().to_python(visible(value) if isinstance(value, str) else value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        shown = super().bound_data(data, initial)
        return visible(shown) if isinstance(shown, str) else shown


class AddressField(forms.EmailField):
    """An email address, without what cannot be seen: pasted addresses bring it along."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(visible(value, address=True) if isinstance(value, str) else value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        shown = super().bound_data(data, initial)
        return visible(shown, address=True) if isinstance(shown, str) else shown


class TextField(VisibleField):
    """Words. What is too long comes back whole with the reason; the browser does not cut it off."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        self.lines = lines
        if lines:
            options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**options)
        self.error_messages["max_length"] = words.TOO_LONG

    def to_python(self, value: Any) -> str:
        return plain_text(value, lines=self.lines)

    def validate(self, value: str) -> None:
        """A required answer has something that can be seen."""
        super().validate(value if fold(value) else "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class WebsiteField(TextField):
    """The address of a public website; `shop.example` will do, and becomes `https://shop.example`."""

    def to_python(self, value: Any) -> str:
        text = visible(super().to_python(value), address=True)
        return website_of(text) if text else ""


def website_of(text: str) -> str:
    """The address with its scheme, scheme and host in lower case. Raises ValidationError for what is none."""
    try:
        host_of(text)
    except ValueError:
        raise _website_problem(text) from None
    parts = urlsplit(text if SCHEME.match(text) else f"//{text}", scheme="https")
    return parts._replace(netloc=parts.netloc.lower()).geturl()


def _website_problem(text: str) -> ValidationError:
    if " " in text:
        return ValidationError(words.WEBSITE_WITH_SPACES, code="spaces")
    if "@" in text and "/" not in text:
        return ValidationError(words.WEBSITE_IS_MAIL, code="mail")
    if re.fullmatch(r"[\w-]{1,63}", text):
        return ValidationError(words.WEBSITE_WITHOUT_ENDING, code="ending", params={"text": text})
    return ValidationError(words.WEBSITE_WRONG, code="website")


class MailField(TextField):
    """An email address. `example` is a domain that the advice may name: the business's own, where it is known."""

    example = words.EXAMPLE_HOST

    def to_python(self, value: Any) -> str:
        text = visible(super().to_python(value), address=True)
        return mail_address_of(text, example=self.example) if text else ""


def mail_address_of(text: str, *, example: str) -> str:
    """The address with its domain in lower case and readable (IDN). Raises ValidationError for what is none."""
    name, at, domain = text.rpartition("@")
    problem = _mail_problem(name, at, domain, text)
    if problem:
        code, message = problem
        raise ValidationError(message, code=code, params={"example": example, "text": text[:60]})
    try:
        host = email_domain(text)
    except ValueError:
        raise ValidationError(words.MAIL_DOMAIN_WRONG, code="domain", params={"example": example}) from None
    try:
        validate_email(f"{name}@{host}")
    except ValidationError:
        raise ValidationError(words.MAIL_NAME_WRONG, code="name") from None
    return f"{name}@{readable_host(host)}"


def _mail_problem(name: str, at: str, domain: str, text: str) -> tuple[str, Any] | None:
    if " " in text:
        return "spaces", words.MAIL_WITH_SPACES
    if not at:
        return "at", words.MAIL_WITHOUT_AT
    if not domain:
        return "domain", words.MAIL_WITHOUT_DOMAIN
    return None if name else ("name", words.MAIL_WITHOUT_NAME)


class NumberField(forms.IntegerField):
    """A count. Typed into a plain field: a number field of a browser drops what it does not like, unseen."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_NUMBER, **options)
        self.error_messages |= {
            "invalid": words.NOT_NUMBER,
            "min_value": words.NOT_NUMBER,
            "max_value": words.TOO_MANY,
        }

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, bool | float) or not isinstance(value, str | int | None):
            raise ValidationError(words.NOT_NUMBER, code="invalid")
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric"}


class DayField(forms.DateField):
    """A day: of the past (`is_past`), or one to come, where a year's delay is allowed."""

    def __init__(self, *, is_past: bool = False, **options: Any) -> None:
        self.is_past = is_past
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)
        self.error_messages["invalid"] = words.NOT_DAY

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str | date | None):
            raise ValidationError(words.NOT_DAY, code="invalid")
        return super().to_python(value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and (why := day_wrong(value, is_past=self.is_past)):
            raise ValidationError(str(why), code="day")


def day_wrong(day: date, *, is_past: bool) -> str | Promise:
    """Why this day can't be meant, in words; nothing where it can."""
    today = localdate()
    if is_past and day > today:
        return words.DAY_TO_COME
    if day < (EARLIEST if is_past else today - LATE):
        return words.DAY_LONG_AGO
    return words.DAY_FAR_OFF if day > today + AHEAD else ""


class TickWidget(forms.CheckboxInput):
    """A box. What was sent goes to the field as it came, so that nonsense does not count as a yes."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class TickField(forms.BooleanField):
    widget = TickWidget

    def to_python(self, value: Any) -> bool:
        if isinstance(value, str | bool | None):
            if value in TICKED:
                return True
            if value in UNTICKED:
                return False
        raise ValidationError(words.NOT_TICK, code="type")


class CountrySelect(forms.Select):
    """All countries by their name in the person's language. Written in one piece: a template per country is slow."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        options = country_options(get_language() or "en", _("Choose a country"))
        if str(value) in countries.countries:
            chosen = f'value="{value}"'
            options = mark_safe(options.replace(chosen, f"{chosen} selected", 1))  # noqa: S308 - a known country's code
        return format_html("<select{}>{}</select>", attributes, options)


@lru_cache(maxsize=16)
def country_options(language: str, nothing: str) -> SafeString:
    """The options of the select, in the language that is active."""
    rows = [format_html('<option value="">{}</option>', nothing)]
    rows += [format_html('<option value="{}">{}</option>', code, name) for code, name in country_choices()]
    return mark_safe("".join(rows))  # noqa: S308 - made of format_html


class CountryField(forms.ChoiceField):
    """A country by its ISO 3166 code."""

    widget = CountrySelect

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[("", "")], **options)
        self.error_messages["invalid_choice"] = words.NOT_IN_LIST

    def to_python(self, value: Any) -> str:
        return value.strip().upper() if isinstance(value, str) else str(value or "")

    def valid_value(self, value: Any) -> bool:
        return value in countries.countries


class WordField(forms.ChoiceField):
    """One of a few words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["invalid_choice"] = words.NOT_IN_LIST
